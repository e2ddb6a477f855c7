/**
 * Declarations of requests that change something: what each refers to, and what it creates. They are in
 * `suites/<service>/changes.ts`; a changing request without a declaration is not sent.
 */
import type { OperationId } from '../contract/model.ts';
import { HarnessError } from '../execution/errors.ts';
import { atPointer, type Json } from '../json.ts';

/** A place in a request; `*` in a pointer matches any single key or index. */
export type Place = `path ${string}` | `query ${string}` | `body /${string}`;

/** The form of the ids of a resource type. */
export interface ResourceIds {
  /** As the ledger names it: `server`. */
  readonly type: string;
  /**
   * Missing for free text or numbers, where any text may be an existing id: then changing requests may only name ids
   * of the ledger and names of the run.
   */
  readonly ids?: 'uuid';
}

export interface Reference {
  /** The type of the resource that it names, which is in the ledger of the run. */
  readonly to: ResourceIds;
  /**
   * Resources of others that may be named here as well, because the request does not change them: a fixture of the
   * target, the project of an identity, or anything.
   */
  readonly or?: 'fixture' | 'project' | 'anything';
}

export interface DeclaredChange {
  /** Method and path: `DELETE /servers/{server_id}`. */
  readonly call: `${string} /${string}`;
  /** The documented operations with this call; missing for an undocumented call. */
  readonly operations?: readonly OperationId[];
  /** The only top-level member of its body, which distinguishes actions with the same call: `pause`. */
  readonly action?: string;
  /** The newest microversion of the first release without the operation, as text: it is sent to no release before. */
  readonly removed?: string;
  readonly refers: Readonly<Partial<Record<Place, Reference>>>;
  /** Places whose scalars name no resource. A place in neither list may not be sent. */
  readonly values?: readonly Place[];
  /**
   * What it creates, the place of its name in the request, and the pointer to its id in the response. Without a pointer
   * it is found by its name. The ledger must have the intent of the name before. `counts`: pointers to how many it creates;
   * several have the name with `-1`, `-2` and so on.
   */
  readonly creates?: {
    readonly type: string;
    readonly name: Place;
    readonly id?: `/${string}`;
    readonly counts?: readonly `/${string}`[];
  };
}

/** Whether a request has the method and path of a declared change. */
export function isOfCall({ call }: Pick<DeclaredChange, 'call'>, method: string, path: string): boolean {
  const space = call.indexOf(' ');
  return call.slice(0, space) === method.toUpperCase() && matchPath(call.slice(space + 1), path) !== undefined;
}

/**
 * The names of what a request creates, as its body gives them; null where it gives none. Of several each has its number,
 * as far as the body says a number.
 *
 * @throws HarnessError when there are more than a case may create
 */
export function namesCreated(
  { name, counts = [] }: NonNullable<DeclaredChange['creates']>,
  body: Json,
): readonly Json[] {
  const given = atPointer(body, name.replace(/^body /, '')) ?? null;
  const numbers = counts.map((pointer) => Number(atPointer(body, pointer) ?? 1)).filter(Number.isInteger);
  const count = Math.max(1, ...numbers);
  if (typeof given !== 'string' || count === 1) return [given];
  if (count > mostAtOnce)
    throw new HarnessError(`A request under test may create ${mostAtOnce} resources at once, and not ${count}.`);
  return Array.from({ length: count }, (_, at) => `${given}-${at + 1}`);
}

const mostAtOnce = 3;

/** By service type. */
export type Changes = Readonly<Record<string, readonly DeclaredChange[]>>;

/** @throws HarnessError when two of them declare the same call, or one omits a path parameter */
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
          `The change ${change.call} of ${service} does not declare what {${missing}} refers to. Add 'path ${missing}' to refers or values.`,
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

/** The path parameters as sent, by their names in a template; undefined when the path does not match. */
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
