/**
 * What keeps a run from touching anything that is not its own: looked at before every request that changes something.
 *
 * Preparation and clean-up name by id only what the ledger has, and create only what it has the intent of. An act under
 * judgement may also name an id that nobody has; an id that the target told of something else is somebody's.
 */
import type { Purpose } from '../client/exchange.ts';
import { isJsonObject, type Json } from '../json.ts';
import { HarnessError } from './errors.ts';
import type { Ledger } from './ledger.ts';

export interface Change {
  readonly method: string;
  /** Without the endpoint. */
  readonly path: string;
  readonly purpose: Purpose;
  readonly body?: Json;
  readonly rawBody?: string;
}

const looking: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** For runs that only read. @throws HarnessError: nothing was sent then. */
export function guardReading({ method, path }: Change): void {
  if (looking.has(method.toUpperCase())) return;
  throw new HarnessError(`${method} ${path} was not sent: this run only reads.`);
}

/** @throws HarnessError: nothing was sent then. */
export function guardChange(ledger: Ledger, change: Change): void {
  const { method, path, purpose } = change;
  if (looking.has(method.toUpperCase())) return;
  const judged = purpose === 'act' || purpose === 'observation';
  const foreign = idsIn(change).find((id) => !ledger.knows(id) && !(judged && isNobodys(ledger, id)));
  if (foreign !== undefined) {
    throw new HarnessError(
      `${method} ${path} was not sent: the ledger of this run has nothing with the id ${foreign}.`,
    );
  }
  const name = judged ? undefined : createdName(change);
  if (name !== undefined && !ledger.unsettled().some((intent) => intent.name === name)) {
    throw new HarnessError(`${method} ${path} was not sent: the ledger of this run has no intent to create ${name}.`);
  }
}

/** The ids in a text from the target; those of what is not ours are out of bounds from now on. */
export function noteTold(
  ledger: Ledger,
  body: string,
  request: { readonly url: string; readonly body?: string },
): void {
  const told = toldBy(ledger);
  const asked = `${request.url} ${request.body ?? ''}`.toLowerCase();
  for (const [, id = ''] of body.matchAll(idMembers)) {
    // What only repeats the question tells nothing.
    if (told.size < mostTold && !ledger.knows(id) && !asked.includes(id.toLowerCase())) told.add(id.toLowerCase());
  }
}

const idMembers = /"(?:id|uuid|server_?id|volume_?id|instance_uuid)"\s*:\s*"([^"\\]{1,100})"/gi;

/** A target that tells more than this has made the guard blind, and nothing unknown is named any more. */
const mostTold = 200_000;

const toldByLedger = new WeakMap<Ledger, Set<string>>();

function toldBy(ledger: Ledger): Set<string> {
  const told = toldByLedger.get(ledger) ?? new Set<string>();
  toldByLedger.set(ledger, told);
  return told;
}

function isNobodys(ledger: Ledger, id: string): boolean {
  const told = toldBy(ledger);
  return told.size < mostTold && !told.has(id.toLowerCase());
}

/** Collections in which a request can change one thing. */
const collections = /\/(?:servers|volumes|images|os-volume_attachments|users|projects)\/([^/?]+)/g;

/** A role in a project changes what its user may do: the user must be the run's own, the project may be the operator's. */
const grant = /^\/projects\/[^/?]+(\/users\/[^/?]+\/roles\/[^/?]+)$/;

function idsIn({ path, purpose, body, rawBody }: Change): readonly string[] {
  const named = grant.exec(path)?.[1] ?? path;
  const inPath = [...named.matchAll(collections)].map(([, id = '']) => decoded(id)).filter((id) => id !== 'detail');
  const inBody = purpose === 'act' ? textIdsIn(rawBody) : [];
  return [...inPath, ...volumesIn(body), ...inBody];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Volumes that a body names: to be attached, swapped in, or booted from. */
function volumesIn(body: Json | undefined): readonly string[] {
  if (Array.isArray(body)) return (body as readonly Json[]).flatMap(volumesIn);
  if (!isJsonObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const names = name === 'volumeId' || name === 'volume_id' || (name === 'uuid' && body.source_type === 'volume');
    return names && typeof value === 'string' ? [value] : volumesIn(value);
  });
}

function textIdsIn(rawBody: string | undefined): readonly string[] {
  return [...(rawBody ?? '').matchAll(/"volume_?id"\s*:\s*"([^"\\]+)"/gi)].map(([, id = '']) => id);
}

/** What a creation calls the thing; undefined for other requests. */
function createdName({ path, body }: Change): string | undefined {
  const key = { '/servers': 'server', '/volumes': 'volume', '/users': 'user', '/projects': 'project' }[path];
  const thing = key === undefined || !isJsonObject(body) ? undefined : body[key];
  if (key === undefined) return undefined;
  return isJsonObject(thing) && typeof thing.name === 'string' ? thing.name : 'something without a name';
}
