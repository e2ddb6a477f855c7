/**
 * Finds members of a response that repeat an identifier of the request: those with the name of a path parameter, and
 * those that the contract declares.
 */
import { atPointer, parseJson, type Json } from '../json.ts';
import { kebab } from './clause-names.ts';
import { ITEMS, memberIndex, type PlacedMember } from './members.ts';
import type { Operation, RepeatedFrom, Revision, Shape } from './model.ts';

export interface RepeatedMember {
  readonly path: readonly string[];
  readonly from: RepeatedFrom;
  /** Without letters, which could be in the other case. */
  readonly isNumber: boolean;
}

export function repeatedMembers({ path }: Operation, { responses }: Revision): readonly RepeatedMember[] {
  const { body } = responses[0];
  if (body.kind !== 'json') return [];
  const names = namesIn(path);
  return [...memberIndex(body.shape).byPath.values()].flatMap((placed) => {
    const from = placed.member.repeats ?? pathParameter(placed, names);
    return from ? [{ path: placed.path, from, isNumber: placed.member.shape.type === 'integer' }] : [];
  });
}

/** As text: `server_id`, or `/volumeAttachment/volumeId`. */
export function describeFrom(from: RepeatedFrom): string {
  return from.in === 'path' ? from.name : from.pointer;
}

/** The value in the request; undefined without one. */
export function requestValue(
  { path }: Operation,
  { url, body }: { readonly url: string; readonly body?: string },
  from: RepeatedFrom,
): Json | undefined {
  if (from.in === 'body') return atPointer(parseJson(body ?? ''), from.pointer);
  const names = namesIn(path);
  const pattern = path.split(/\{[^}]+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(`${pattern.join('([^/]+)')}$`).exec(new URL(url).pathname);
  const found = match?.[names.indexOf(from.name) + 1];
  return found === undefined ? undefined : decodeURIComponent(found);
}

/** Compares exactly; a number is compared by its digits. */
export function isRepeated(shown: Json, asked: Json): boolean {
  return typeof shown === 'number' ? JSON.stringify(shown) === asked : shown === asked;
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/**
 * `serverId` of an attachment is the `server_id` of the path, and so is `id` of a server. Deeper members are ignored:
 * they may identify another resource of the same kind.
 */
function pathParameter({ path, member }: PlacedMember, names: readonly string[]): RepeatedFrom | undefined {
  const [container = '', ...inner] = path;
  const isShallow = inner.length <= 1 || (inner.length === 2 && inner[0] === ITEMS);
  if (!isShallow || !isIdentifier(member.shape)) return undefined;
  const own = kebab(member.name);
  const words = inner.length === 1 ? [own, `${kebab(container)}-${own}`] : [own];
  const name = names.find((one) => one !== 'id' && words.includes(kebab(one)));
  return name === undefined ? undefined : { in: 'path', name };
}

function isIdentifier({ type }: Shape): boolean {
  return type === 'string' || type === 'integer';
}
