/**
 * Where a name could stand, by the samples, and which of several places fits the reading order best.
 */
import { KEYS } from '../contract/members.ts';
import type { SampleNode } from './sample-tree.ts';

export type SampleIndex = ReadonlyMap<string, readonly SampleNode[]>;

/** Places whose last key is the name; else those that end with its dotted parts; else with a plural for a singular. */
export function sampleCandidates(name: string, index: SampleIndex): readonly SampleNode[] {
  const whole = index.get(name);
  if (whole) return whole;
  if (!name.includes('.')) return [...index].flatMap(([key, nodes]) => (sameButNumbers(name, key) ? nodes : []));
  const parts = nameParts(name);
  const last = index.get(parts.at(-1) ?? '') ?? [];
  const exact = last.filter(({ path }) => endsWith(path, parts, (a, b) => a === b));
  return exact.length > 0 ? exact : last.filter(({ path }) => endsWith(path, parts, sameButNumber));
}

/** The keys of a dotted name; a placeholder such as `{consumer_uuid}` stands for any key of a map. */
export function nameParts(name: string): readonly string[] {
  return name.split('.').map((part) => (/^\{[^{}]+\}$/.test(part) ? KEYS : part));
}

/** `attachment` and `attachments`. */
export function sameButNumber(a: string, b: string): boolean {
  return a === b || a === `${b}s` || b === `${a}s`;
}

/** `thing_links` and `things_links`: a word of several may have the other number. */
function sameButNumbers(a: string, b: string): boolean {
  const [ours, theirs] = [a.split('_'), b.split('_')];
  return ours.length === theirs.length && ours.every((word, index) => sameButNumber(word, theirs[index] ?? ''));
}

export function endsWith(
  path: readonly string[],
  parts: readonly string[],
  same: (a: string, b: string) => boolean,
): boolean {
  if (path.length < parts.length) return false;
  const tail = path.slice(path.length - parts.length);
  return tail.every((key, index) => same(key, parts[index] ?? ''));
}

export interface Choice {
  readonly node: SampleNode;
  /** Another candidate fits as well. */
  readonly tied: boolean;
}

/** What is known of the list in front of a name. */
export interface Cursor {
  readonly path: readonly string[];
  /** The members of inner containers have dotted names here, so that a plain name is none of them. */
  readonly isDotted: boolean;
}

/** A child of the last place, else its sibling, else the longest common path, else the shallowest. */
export function choose(candidates: readonly SampleNode[], cursor: Cursor): Choice | undefined {
  const ranked = candidates
    .map((node) => ({ node, rank: rankOf(node.path, cursor) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  const [best, second] = ranked;
  if (!best) return undefined;
  return { node: best.node, tied: second !== undefined && compareRanks(best.rank, second.rank) === 0 };
}

function rankOf(path: readonly string[], { path: cursor, isDotted }: Cursor): readonly number[] {
  const common = commonLength(path, cursor);
  const isChild = path.length === cursor.length + 1 && common === cursor.length;
  const isSibling = path.length === cursor.length && common === cursor.length - 1;
  const isInner = isDotted && cursor.length > 1;
  return [isChild ? (isInner ? 1 : 0) : isSibling ? (isInner ? 0 : 1) : 2, -common, path.length];
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((key, index) => key !== b[index]);
  return differs < 0 ? a.length : differs;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  return a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
