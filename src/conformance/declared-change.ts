/**
 * Declarations of the requests that change something: what each refers to, and what it creates. They stand in
 * `suites/<service>/changes.ts`; a changing request that none of them describes is not sent.
 */
import type { OperationId } from '../contract/model.ts';
import { HarnessError } from './errors.ts';

/** A place in a request; `*` in a pointer stands for any one key or index. */
export type Place = `path ${string}` | `query ${string}` | `body /${string}`;

/** What the ids of a resource type look like in requests. */
export interface ResourceIds {
  /** As the ledger names it: `server`. */
  readonly type: string;
  /**
   * The form of its ids. Missing: free text or numbers, where any text may be the id of something, so that requests that
   * change something name none but those of the ledger and names of the run.
   */
  readonly ids?: 'uuid';
}

export interface Reference {
  /** What it names: something of this type in the ledger of the run. */
  readonly to: ResourceIds;
  /**
   * What of others may be named here as well, because the request does not change it: a fixture of the target, the
   * project of an identity, or anything.
   */
  readonly or?: 'fixture' | 'project' | 'anything';
}

export interface DeclaredChange {
  /** Method and path: `DELETE /servers/{server_id}`. */
  readonly call: `${string} /${string}`;
  /** The documented operations that it is; missing for a call that no operation has. */
  readonly operations?: readonly OperationId[];
  /** The only member of its body, which tells it apart from others of the same call: `pause`. */
  readonly action?: string;
  readonly refers: Readonly<Partial<Record<Place, Reference>>>;
  /** Places whose scalars name no resource. A place that is in neither list may not be sent. */
  readonly values?: readonly Place[];
  /** What it creates; the ledger has the intent of the name before. */
  readonly creates?: { readonly type: string; readonly name: Place };
}

/** By service type. */
export type Changes = Readonly<Record<string, readonly DeclaredChange[]>>;

/** @throws HarnessError when two of them describe the same call, or one leaves a name of its path out */
export function joinChanges(...parts: readonly Changes[]): Changes {
  const joined: Record<string, DeclaredChange[]> = {};
  for (const part of parts) {
    for (const [service, changes] of Object.entries(part)) (joined[service] ??= []).push(...changes);
  }
  for (const [service, changes] of Object.entries(joined)) {
    const seen = new Set<string>();
    for (const change of changes) {
      const key = [change.call.replace(/\{[^}]*\}/g, '{}'), change.action ?? ''].join(' ').trim();
      if (seen.has(key)) throw new HarnessError(`The change ${key} of ${service} is declared twice.`);
      seen.add(key);
      const missing = namesIn(change.call).find((name) => !isDeclared(change, `path ${name}`));
      if (missing !== undefined) {
        throw new HarnessError(
          `The change ${change.call} of ${service} does not declare what {${missing}} refers to; add 'path ${missing}' to refers or values.`,
        );
      }
    }
  }
  return joined;
}

function isDeclared({ refers, values = [] }: DeclaredChange, place: Place): boolean {
  return refers[place] !== undefined || values.includes(place);
}

export function namesIn(call: string): readonly string[] {
  return [...call.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/** The values of a path as they are sent, by their names in a template; undefined when it is no such path. */
export function matchPath(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = template.split('/');
  const sent = path.split('/');
  if (wanted.length !== sent.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, part] of wanted.entries()) {
    const text = sent[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? text !== part : text === '') return undefined;
    if (name !== undefined) values.set(name, text);
  }
  return values;
}
