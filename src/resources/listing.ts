/** Reads the lists of the target: resources of a kind in a project, by name or all of them, page by page. */
import type { Exchange } from '../client/exchange.ts';
import { jsonList, jsonObject, jsonText, type Json } from '../json.ts';
import type { Identity } from '../clauses/identity.ts';
import { respondedWith, bodyOf } from '../clauses/checked.ts';
import { isPlainId } from './id-spelling.ts';
import { sendRequest } from '../execution/send-request.ts';
import type { CleanupContext } from '../execution/run-context.ts';

/** Where resources of a kind are listed, and under which key. */
export interface ListPath {
  readonly service: string;
  readonly path: string;
  readonly key: string;
  /** The path of the same list in full; `path` itself when missing. */
  readonly full?: string;
  /** The member and query parameter that has the name; `name` when missing. */
  readonly named?: string;
  /** The query parameter that limits the list to a project, where it shows more. */
  readonly owner?: string;
  /** How the next page is requested. */
  readonly pages: 'marker' | 'offset';
  /** The member of an entry that has its attachments, and the member of an attachment that has the other id. */
  readonly attachments?: { readonly under: string; readonly id: string };
}

/** An entry of a list. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Sorted ids: the volumes of a server, the servers of a volume. */
  readonly attachments: readonly string[];
}

export type Listing =
  | { readonly is: 'listed'; readonly things: readonly Listed[] }
  /** `reason`: part of a sentence, such as `the response was 500`. */
  | { readonly is: 'failed'; readonly reason: string };

/** The ids of resources with exactly this name; the filter of the target may match more. */
export async function idsByName(
  run: CleanupContext,
  { service, path, key, named = 'name', owner }: Pick<ListPath, 'service' | 'path' | 'key' | 'named' | 'owner'>,
  name: string,
  as: Identity,
): Promise<readonly string[]> {
  const query = `${named}=${encodeURIComponent(name)}${ofProject(run, owner, as)}`;
  const page = await sendRequest(run, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
  return (thingsIn(page, key) ?? [])
    .map(jsonObject)
    .flatMap((thing) => (thing[named] === name ? idOf(run, thing) : []));
}

function ofProject({ sessions }: CleanupContext, owner: string | undefined, as: Identity): string {
  const project = sessions.get(as)?.projectId;
  return owner === undefined || project === undefined ? '' : `&${owner}=${encodeURIComponent(project)}`;
}

/** A whole list. It fails when one page fails, so that a part is not taken for the whole. */
export async function listAll(run: CleanupContext, from: ListPath, as: Identity): Promise<Listing> {
  try {
    return await followPages(run, from, as);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

const pageSize = 200;

/** A longer list is not limited to the project, or never ends. */
const mostPages = 50;

async function followPages(run: CleanupContext, from: ListPath, as: Identity): Promise<Listing> {
  const { service, key, full: path = from.path } = from;
  const all = new Map<string, Listed>();
  let last: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const next = from.pages === 'offset' ? `&offset=${all.size}` : `&marker=${encodeURIComponent(last ?? '')}`;
    const query = `limit=${pageSize}${ofProject(run, from.owner, as)}${last === undefined ? '' : next}`;
    const page = await sendRequest(run, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
    const things = thingsIn(page, key);
    if (!things) return failed(reasonOf(page, key));
    const before = all.size;
    for (const thing of things) {
      for (const id of idOf(run, thing)) all.set(id, listedFrom(run, id, thing, from));
    }
    last = things.flatMap((thing) => idOf(run, thing)).at(-1);
    // Targets may use another page size, so only a page without new entries is known to be the last.
    if (all.size === before) return { is: 'listed', things: [...all.values()] };
  }
  return failed(`it has more than ${mostPages} pages`);
}

function failed(reason: string): Listing {
  return { is: 'failed', reason: clipped(reason) };
}

function reasonOf({ response, failure }: Exchange, key: string): string {
  if (!response) return `there was no response: ${failure?.code ?? 'unknown'}`;
  if (response.status !== 200) return `the response was ${response.status}`;
  return `the response was 200 without a list of ${key}`;
}

function thingsIn(page: Exchange, key: string): readonly Json[] | undefined {
  const list = respondedWith(page, 200);
  const things = list && jsonObject(bodyOf(list))[key];
  return Array.isArray(things) ? jsonList(things) : undefined;
}

/** The ledger and the URLs of the evidence have the id as it is. */
function idOf({ recorder: { redactor } }: CleanupContext, thing: Json): readonly string[] {
  const id = jsonText(jsonObject(thing).id);
  return id !== undefined && isPlainId(id) && redactor.text(id) === id ? [id] : [];
}

/** What is kept is cut after its secrets are taken out, so that none is cut in half and missed. */
function listedFrom(
  { recorder: { redactor } }: CleanupContext,
  id: string,
  thing: Json,
  { named = 'name', attachments }: Pick<ListPath, 'named' | 'attachments'>,
): Listed {
  const kept = (text: string): string => clipped(redactor.text(text));
  const { [named]: name, status, ...rest } = jsonObject(thing);
  const attached = attachments ? jsonList(rest[attachments.under]) : [];
  const others = attached.flatMap((one) => jsonText(jsonObject(one)[attachments?.id ?? 'id']) ?? []);
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
