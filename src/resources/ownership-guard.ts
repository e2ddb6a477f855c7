/**
 * Protects resources that the run does not own. A changing request is sent only if it is declared, names only resources
 * in the ledger, and creates only what the ledger has an intent for.
 */
import type { Purpose } from '../client/exchange.ts';
import { type Json } from '../json.ts';
import { actionOf, looselyNamed, ownPrefix, readBody, wrongBody } from './check-body.ts';
import {
  matchPath,
  namesCreated,
  type Changes,
  type DeclaredChange,
  type Place,
  type Reference,
} from './declared-change.ts';
import { isSince, type Microversion } from '../microversion.ts';
import { HarnessError } from '../execution/errors.ts';
import { fullyDecoded } from './fully-decoded.ts';
import { createIdMemory, type IdMemory } from './id-memory.ts';
import { isPlainId, isUuidLike } from './id-spelling.ts';
import { sentAs, type Ledger } from './ledger.ts';

export interface Change {
  readonly service: string;
  readonly method: string;
  /** Without the endpoint. */
  readonly path: string;
  /** Replaces the version in the endpoint. */
  readonly version?: string;
  /** Without the question mark. */
  readonly query?: string;
  readonly purpose: Purpose;
  /** As it is sent. */
  readonly body?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Guard extends Pick<IdMemory, 'draw' | 'see'> {
  /** @throws HarnessError for a request that may not be sent */
  readonly check: (change: Change) => void;
}

export interface GuardOptions {
  readonly ledger: Ledger;
  /** The prefix of everything that the run creates. */
  readonly runName: string;
  readonly changes: Changes;
  /** Ids of what the run uses of its target without changing it. */
  readonly fixtures?: () => readonly string[];
  /** The ids of the projects of the identities. */
  readonly projects?: () => readonly string[];
  /** The newest microversion of a service of the target; undefined where it has none. */
  readonly newest?: (service: string) => Microversion | undefined;
  /** The documented call of a request that is not declared, for the message. */
  readonly findCall?: (service: string, method: string, path: string, body?: string) => DocumentedCall | undefined;
}

export interface DocumentedCall {
  readonly operation: string;
  readonly call: string;
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export function isReading(method: string): boolean {
  return reading.has(method.toUpperCase());
}

/** The guard of read-only runs. @throws HarnessError for a changing request, which is not sent */
export function guardReading({ method, path }: Pick<Change, 'method' | 'path'>): void {
  if (isReading(method)) return;
  throw new HarnessError(`${method} ${path} was not sent: this run is read-only.`);
}

/** A guard for run contexts that send nothing. */
export const openGuard: Guard = { check: () => undefined, draw: () => undefined, see: () => undefined };

export function ownershipGuard(options: GuardOptions): Guard {
  const memory = createIdMemory(options.ledger);
  return {
    draw: memory.draw,
    see: memory.see,
    check: (change) => {
      const wrong =
        wrongHeader(change) ?? (isReading(change.method) ? undefined : wrongChange(options, memory, change));
      if (wrong === undefined) return;
      const what = `${change.method} ${change.path}`.slice(0, longestRequest);
      throw new HarnessError(`${what} was not sent: ${wrong}.`);
    },
  };
}

const longestRequest = 300;

/** Headers by which a proxy or server may turn this request into another one. */
const rerouting = /method|override|original|rewrit|forward|^host$|^x-http|^content-encoding$|^transfer-encoding$/;

function wrongHeader({ method, headers = {} }: Change): string | undefined {
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const found = sent.map(([name]) => name).find((name) => rerouting.test(name));
  if (found !== undefined) return `the header ${found} can turn it into another request`;
  if (isReading(method)) return undefined;
  const types = sent.filter(([name]) => name === 'content-type').map(([, value]) => value);
  const charset = types
    .flatMap((type) => [...type.matchAll(/charset\s*=\s*"?([^\s;"]+)/gi)].map(([, name = '']) => name))
    .find((name) => !/^utf-?8$/i.test(name));
  return charset && `its body would be read as ${charset}`;
}

function wrongChange(options: GuardOptions, memory: IdMemory, change: Change): string | undefined {
  const { service, method, path, body = '', version } = change;
  if (version === 'root') return 'outside of a version of the API the harness sends only read requests';
  if (!isPlainPath(path)) return 'its path is not in plain form';
  const calls = (options.changes[service] ?? []).flatMap((declared) => {
    const values = methodOf(declared) === method.toUpperCase() && matchPath(templateOf(declared), path);
    return values ? [{ declared, values }] : [];
  });
  const action = calls.some(({ declared }) => declared.action !== undefined) ? actionOf(body) : undefined;
  const judged = change.purpose === 'act' || change.purpose === 'observation';
  const exact = calls.filter(({ declared }) => declared.action === action);
  const [found = judged ? withoutAction(calls, action, body) : undefined, ...more] = exact;
  if (!found) return undeclared(options, change, calls.length > 0 ? 'with such a body' : undefined);
  if (more.length > 0) return 'it matches more than one declared change';
  const { declared, values } = found;
  if (!isRemoved(options, service, declared)) return 'a release of the target may still have the operation';
  const wrongReference = (place: Place, value: string, reference: Reference): string | undefined =>
    mayName(options, memory, { value, reference, judged })
      ? undefined
      : `its ${place} is ${value.slice(0, 100)}, and the ledger of this run has no ${reference.to.type} of that id`;
  for (const [name, value] of values) {
    const place: Place = `path ${name}`;
    const reference = declared.refers[place];
    const decoded = fullyDecoded(value);
    if (stepsOf(decoded).some((step) => step === '.' || step === '..')) return `its ${place} changes the path`;
    const wrong = reference && wrongReference(place, decoded, reference);
    if (wrong !== undefined) return wrong;
  }
  return (
    wrongQuery(declared, change.query, wrongReference, memory) ??
    wrongBody(declared, body, { wrongReference, isHarmless: memory.isHarmless, judged }) ??
    wrongCreation(options.ledger, declared, body)
  );
}

/** True for an operation that was never removed. */
function isRemoved({ newest }: GuardOptions, service: string, { removed }: DeclaredChange): boolean {
  if (removed === undefined) return true;
  const last = newest?.(service);
  return last !== undefined && isSince(last, removed);
}

interface MatchedCall {
  readonly declared: DeclaredChange;
  readonly values: ReadonlyMap<string, string>;
}

/** The declaration that applies to a body that is not one of an action; where it names no action, one without a body. */
function withoutAction(
  calls: readonly MatchedCall[],
  action: string | undefined,
  text: string,
): MatchedCall | undefined {
  const [first] = calls;
  if (!first || (action !== undefined && !ownPrefix.test(action))) return undefined;
  const [named, ...others] = looselyNamed(
    calls.map(({ declared }) => declared),
    text,
  );
  if (named) return others.length > 0 ? undefined : calls.find(({ declared }) => declared === named);
  const inPath = Object.entries(first.declared.refers).filter(([place]) => place.startsWith('path '));
  return { declared: { call: first.declared.call, refers: Object.fromEntries(inPath) }, values: first.values };
}

function methodOf({ call }: DeclaredChange): string {
  return call.slice(0, call.indexOf(' '));
}

function templateOf({ call }: DeclaredChange): string {
  return call.slice(call.indexOf(' ') + 1);
}

/** Unambiguous: nothing that a server or proxy reads as the end of the path or as an empty segment. */
function isPlainPath(path: string): boolean {
  return /^(?:\/[^/?#\\\s]+)+$/.test(path);
}

/** Everything that a server or proxy may read as a segment of a path. */
function stepsOf(text: string): readonly string[] {
  return text.split(/[/\\?#;&]/);
}

interface Naming {
  readonly value: string;
  readonly reference: Reference;
  readonly judged: boolean;
}

function mayName({ ledger, runName, ...options }: GuardOptions, memory: IdMemory, naming: Naming): boolean {
  const { value, reference, judged } = naming;
  const { to, or } = reference;
  if (ledger.knowsAs(to.type, value) || (to.ids === 'uuid' && isUuidLike(value) && ledger.knows(value))) return true;
  if (or === 'anything' && isPlainId(value)) return true;
  if (or === 'fixture' && options.fixtures?.().includes(value)) return true;
  if (or === 'project' && options.projects?.().includes(value)) return true;
  if (!judged) return false;
  // Where ids are UUIDs, another text identifies nothing; elsewhere only a name of the run is safe.
  if (to.ids !== 'uuid') return isPlainId(value) && value.startsWith(`${runName}-`);
  return [value, ...stepsOf(value)].every(memory.isHarmless);
}

type WrongReference = (place: Place, value: string, reference: Reference) => string | undefined;

function wrongQuery(
  { refers, values = [] }: DeclaredChange,
  query: string | undefined,
  wrongReference: WrongReference,
  { isHarmless }: IdMemory,
): string | undefined {
  if (query !== undefined && /[#\s]/.test(query)) return 'its query is not in plain form';
  for (const part of (query ?? '').split(/[&;]/).filter((one) => one !== '')) {
    const [name = '', ...rest] = part.split('=').map(fullyDecoded);
    const value = rest.join('=');
    const place: Place = `query ${name}`;
    const reference = refers[place];
    const wrong = reference && wrongReference(place, value, reference);
    if (wrong !== undefined) return wrong;
    if (reference || values.includes(place)) continue;
    if (!ownPrefix.test(name) || !isHarmless(value)) return `its ${place.slice(0, 100)} is not declared`;
  }
  return undefined;
}

function wrongCreation(ledger: Ledger, { creates }: DeclaredChange, text: string): string | undefined {
  if (!creates) return undefined;
  const body: Json = readBody(text) ?? null;
  const isIntended = (name: Json): boolean =>
    ledger.unsettled().some((intent) => {
      const isName = intent.sentAs === undefined ? intent.name === name : intent.sentAs === sentAs(name);
      return intent.type === creates.type && isName;
    });
  const name = namesCreated(creates, body).find((one) => !isIntended(one));
  if (name === undefined) return undefined;
  const called = typeof name === 'string' ? name.slice(0, 100) : 'something without a name';
  return `the ledger of this run has no intent to create ${called}`;
}

function undeclared(options: GuardOptions, { service, method, path, body }: Change, more?: string): string {
  const found = options.findCall?.(service, method.toUpperCase(), path, body);
  const call = found?.call ?? `${method.toUpperCase()} ${path}`;
  const names = [...call.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const refers = names
    .map((name) => `'path ${name}': { to: { type: '${name.replace(/_?id$/, '') || 'thing'}' } }`)
    .join(', ');
  return [
    `${found?.operation ?? `this request to ${service}`} changes something, and no declaration`,
    ...(more === undefined ? [] : [more]),
    `says which resources it refers to. Declare them as in { call: '${call}', refers: { ${refers} } } (docs/adding-a-resource.md)`,
  ].join(' ');
}
