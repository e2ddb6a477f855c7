/** What a project has of a kind, as the target's own lists tell it: by name, and all of it, page by page. */
import type { Exchange } from '../client/exchange.ts';
import { jsonList, jsonObject, jsonText, type Json } from '../json.ts';
import type { Identity } from './identity.ts';
import { answered, bodyOf } from './checked.ts';
import { isPlainId } from './id-spelling.ts';
import { sendRequest } from './send.ts';
import type { Ground } from './world.ts';

/** Where things of a kind are listed, and under which key. */
export interface ListPath {
  readonly service: string;
  /** With `/detail` appended, the same list in full. */
  readonly path: string;
  readonly key: string;
  /** Which member of a thing in the full list holds its attachments, and which of theirs the other thing's id. */
  readonly attachments: { readonly under: string; readonly id: string };
}

/** A thing in a list. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Ids, sorted: of a server's volumes, of a volume's servers. */
  readonly attachments: readonly string[];
}

export type Listing =
  | { readonly is: 'listed'; readonly things: readonly Listed[] }
  /** `reason`: half a sentence, such as `the reply was 500`. */
  | { readonly is: 'failed'; readonly reason: string };

/** The ids of what has exactly this name; the target's own filter may let more pass. */
export async function idsByName(
  world: Ground,
  { service, path, key }: Omit<ListPath, 'attachments'>,
  name: string,
  as: Identity,
): Promise<readonly string[]> {
  const query = `name=${encodeURIComponent(name)}`;
  const page = await sendRequest(world, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
  return (thingsIn(page, key) ?? [])
    .map(jsonObject)
    .flatMap((thing) => (thing.name === name ? idOf(world, thing) : []));
}

/** All of a list. It fails as a whole when one page does: a part would pass for all. */
export async function listAll(world: Ground, from: ListPath, as: Identity): Promise<Listing> {
  try {
    return await followPages(world, from, as);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

const pageSize = 200;

/** Longer lists are not a project's, or have no end. */
const mostPages = 50;

async function followPages(world: Ground, from: ListPath, as: Identity): Promise<Listing> {
  const { service, key, attachments } = from;
  const path = `${from.path}/detail`;
  const all = new Map<string, Listed>();
  let last: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const query = `limit=${pageSize}${last === undefined ? '' : `&marker=${encodeURIComponent(last)}`}`;
    const page = await sendRequest(world, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
    const things = thingsIn(page, key);
    if (!things) return failed(reasonOf(page, key));
    const before = all.size;
    for (const thing of things) {
      for (const id of idOf(world, thing)) all.set(id, listedFrom(world, id, thing, attachments));
    }
    last = things.flatMap((thing) => idOf(world, thing)).at(-1);
    // Targets may have pages of their own size, so that only one with nothing new is known to be the last.
    if (all.size === before) return { is: 'listed', things: [...all.values()] };
  }
  return failed(`it has more than ${mostPages} pages`);
}

function failed(reason: string): Listing {
  return { is: 'failed', reason: clipped(reason) };
}

function reasonOf({ response, failure }: Exchange, key: string): string {
  if (!response) return `no reply came: ${failure?.code ?? 'unknown'}`;
  if (response.status !== 200) return `the reply was ${response.status}`;
  return `the reply was 200 without a list of ${key}`;
}

function thingsIn(page: Exchange, key: string): readonly Json[] | undefined {
  const list = answered(page, 200);
  const things = list && jsonObject(bodyOf(list))[key];
  return Array.isArray(things) ? jsonList(things) : undefined;
}

/** The ledger and the URLs of the evidence have the id as it is. */
function idOf({ recorder: { redactor } }: Ground, thing: Json): readonly string[] {
  const id = jsonText(jsonObject(thing).id);
  return id !== undefined && isPlainId(id) && redactor.text(id) === id ? [id] : [];
}

/** What is kept is cut after its secrets are taken out, so that none is cut in half and missed. */
function listedFrom(
  { recorder: { redactor } }: Ground,
  id: string,
  thing: Json,
  attachments: ListPath['attachments'],
): Listed {
  const kept = (text: string): string => clipped(redactor.text(text));
  const { name, status, [attachments.under]: attached } = jsonObject(thing);
  const others = jsonList(attached).flatMap((one) => jsonText(jsonObject(one)[attachments.id]) ?? []);
  return {
    id,
    name: kept(jsonText(name) ?? ''),
    status: kept(jsonText(status) ?? ''),
    attachments: others.map(kept).sort(),
  };
}

/** Names of OpenStack have at most 255 characters. */
function clipped(text: string): string {
  return text.slice(0, 300);
}
