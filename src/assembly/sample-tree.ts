/**
 * The samples of one side, laid over each other: which keys occur where, with which kinds of values, and since when.
 */
import { KEYS } from '../contract/members.ts';
import type { Json } from '../json.ts';
import type { Microversion, MicroversionRange } from '../microversion.ts';

export type JsonKind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

export interface VersionedSample {
  /** From its own version up to the next form of the same file. */
  readonly range: MicroversionRange;
  readonly value: Json;
}

/** A place in a body. Members of the objects in an array stand under its items. */
export interface SampleNode {
  /** Keys from the root, arrays not shown, those of a map as `{}`. */
  readonly path: readonly string[];
  /** The microversions of the samples that have a value of the kind here. */
  readonly kinds: Map<JsonKind, MicroversionRange[]>;
  /** The keys of each object that stands here. */
  readonly objects: ShownObject[];
  /** The texts that stand here. */
  readonly texts: Set<string>;
  readonly members: Map<string, SampleNode>;
  items: SampleNode | undefined;
}

export interface ShownObject {
  readonly range: MicroversionRange;
  readonly keys: ReadonlySet<string>;
}

const NEWEST = Number.MAX_SAFE_INTEGER;

/** The microversions of a sample of which only this is known: that it is the newest. */
export function newestOf({ first: { major } }: MicroversionRange): MicroversionRange {
  return { first: { major, minor: NEWEST }, last: undefined };
}

export function isNewest({ minor }: Microversion): boolean {
  return minor === NEWEST;
}

/** Below this depth samples are not read; no API body is as deep. */
const DEEPEST = 40;

/** `documented` are the names of parameters: a key with one of them is never that of a map. */
export function mergeSamples(samples: readonly VersionedSample[], documented: ReadonlySet<string>): SampleNode {
  const root = emptyNode([]);
  for (const { range, value } of samples) add(root, value, { range, documented }, 0);
  return root;
}

/** The node whose members a reader sees at a place: for an array that of its items. */
export function containerOf(node: SampleNode): SampleNode {
  return node.items && node.members.size === 0 ? containerOf(node.items) : node;
}

/** All nodes below the root by their last key, outer before inner, in the order of the samples. */
export function nodesByKey(root: SampleNode): ReadonlyMap<string, readonly SampleNode[]> {
  const index = new Map<string, SampleNode[]>();
  const waiting = [containerOf(root)];
  for (const place of waiting) {
    for (const [key, node] of place.members) {
      index.set(key, [...(index.get(key) ?? []), node]);
      waiting.push(containerOf(node));
    }
  }
  return index;
}

export function kindOf(value: Json): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'boolean' | 'string' | 'object';
}

function emptyNode(path: readonly string[]): SampleNode {
  return { path, kinds: new Map(), objects: [], texts: new Set(), members: new Map(), items: undefined };
}

interface Adding {
  readonly range: MicroversionRange;
  readonly documented: ReadonlySet<string>;
}

function add(node: SampleNode, value: Json, adding: Adding, depth: number): void {
  const kind = kindOf(value);
  node.kinds.set(kind, [...(node.kinds.get(kind) ?? []), adding.range]);
  if (typeof value === 'string') node.texts.add(value);
  if (depth >= DEEPEST || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) addItems(node, value as readonly Json[], adding, depth);
  else addMembers(node, Object.entries(value), adding, depth);
}

function addItems(node: SampleNode, items: readonly Json[], adding: Adding, depth: number): void {
  node.items ??= emptyNode(node.path);
  for (const item of items) add(node.items, item, adding, depth + 1);
}

function addMembers(node: SampleNode, entries: readonly [string, Json][], adding: Adding, depth: number): void {
  const isMap = hasFreeKeys(entries, adding.documented);
  node.objects.push({ range: adding.range, keys: new Set(entries.map(([key]) => key)) });
  for (const [own, member] of entries) {
    const key = isMap ? KEYS : own;
    const known = node.members.get(key) ?? emptyNode([...node.path, key]);
    node.members.set(key, known);
    add(known, member, adding, depth + 1);
  }
}

/** Ids, or names in capitals, as resource classes have them. */
const FREE_KEY = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32}|\d+|[A-Z][A-Z\d]+(?:_[A-Z\d]+)*)$/;

/** Whether the keys are those of a map: each like an id, and none of them documented. */
function hasFreeKeys(entries: readonly [string, Json][], documented: ReadonlySet<string>): boolean {
  return entries.length > 0 && entries.every(([key]) => FREE_KEY.test(key) && !documented.has(key));
}
