/**
 * Places a name that no sample shows: a placeholder for the keys of a map, by its dotted prefix, or by the names
 * around it. What remains uncertain is marked on the containers in which the name might stand.
 */
import { chainOf, type BodyTree, type PlacedNode, type UseInRange } from './body-tree.ts';
import { KEYS } from '../contract/members.ts';
import { endsWith, nameParts, sameButNumber } from './candidates.ts';
import { saysMap, saysTopLevel } from './said-of-place.ts';
import { containerOf, type SampleNode } from './sample-tree.ts';
import { documentedType } from './documented-type.ts';

/** Words that stand for any key, or any value, of a map. */
const placeholders: ReadonlySet<string> = new Set(['key', 'value', 'network_label']);

/** `next` is the place of the first name behind it that samples show. */
export function placeWithoutSample(
  use: UseInRange,
  cursor: PlacedNode,
  tree: BodyTree,
  next: readonly string[] | undefined,
): PlacedNode {
  const parts = nameParts(use.use.name);
  const last = parts.at(-1) ?? '';
  const prefix = parts.slice(0, -1);
  const { container, isExact } =
    prefix.length > 0 ? containerNamed(prefix, cursor, tree) : { container: nearestContainer(cursor), isExact: false };
  const pattern = keyPattern(last);
  if (pattern) {
    const values = record(tree.reach([...container.path, KEYS]), use, undefined);
    values.patterns.push(pattern);
    return values;
  }
  if (placeholders.has(last) && mayBeMap(container)) {
    container.freeForm = true;
    return container;
  }
  if (saysTopLevel(use.use)) return record(tree.reach([last]), use, undefined);
  if (prefix.length > 0) return record(tree.reach([...container.path, last]), use, isExact ? undefined : 'name');
  return placeByOrder(use, cursor, tree, next);
}

/** For a name with a placeholder, such as `volumes_{volume_type}`, the keys that it stands for. */
function keyPattern(name: string): RegExp | undefined {
  const [before, after] = /^([^{}]*)\{[^{}]+\}([^{}]*)$/.exec(name)?.slice(1) ?? [];
  if (before === undefined || after === undefined || before + after === '') return undefined;
  return new RegExp(`^${escaped(before)}.+${escaped(after)}$`);
}

/** The nearest node that the prefix names; where there is none it is made beside the last place. */
function containerNamed(prefix: readonly string[], cursor: PlacedNode, tree: BodyTree): NamedContainer {
  const placed = [...tree.nodes.values()].reverse();
  const near = [...chainOf(cursor), ...placed];
  const exact = near.find(({ path }) => endsWith(path, prefix, (a, b) => a === b));
  if (exact) return { container: exact, isExact: true };
  const alike = near.find(({ path }) => endsWith(path, prefix, sameButNumber));
  if (alike) return { container: alike, isExact: false };
  const made = tree.reach([...nearestContainer(cursor).path, ...prefix]);
  made.inferred = 'order';
  return { container: made, isExact: false };
}

interface NamedContainer {
  readonly container: PlacedNode;
  readonly isExact: boolean;
}

function placeByOrder(
  use: UseInRange,
  cursor: PlacedNode,
  tree: BodyTree,
  next: readonly string[] | undefined,
): PlacedNode {
  const last = undotted(cursor);
  const mayHold = last === cursor && !last.uses.some(({ use }) => saysMap(use));
  const home = mayHold && isEmptyContainer(last) ? last : (last.parent ?? last);
  const possible = upTo(next, possibleContainers(mayHold ? last : home, tree));
  if (possible.length > 1) for (const container of possible) container.undecided = true;
  const isFirst = cursor === tree.root && cursor.children.size === 0 && !cursor.sample?.kinds.size;
  const node = tree.reach([...home.path, use.use.name]);
  node.doubtful = possible.length > 1;
  if (node.uses.length > 0) node.tied = true;
  return record(node, use, isFirst ? undefined : 'order');
}

/** Members with dotted names end where a name has no dots: the place is then that of their container. */
function undotted(cursor: PlacedNode): PlacedNode {
  const [first] = cursor.uses;
  return first?.use.name.includes('.') && cursor.parent?.parent ? undotted(cursor.parent) : cursor;
}

/** In a depth-first list a name stands in the container before it or in one of those around; rarely beside the root. */
function possibleContainers(last: PlacedNode, tree: BodyTree): readonly PlacedNode[] {
  const containers = chainOf(last).filter((node) => node === tree.root || (isContainer(node) && !isForeign(node)));
  return isWrapped(tree) && containers.length > 1 ? containers.slice(0, -1) : containers;
}

/** Samples show members, and the list none of them: what it lists next is none either. */
function isForeign({ children, sample }: PlacedNode): boolean {
  return children.size === 0 && sample !== undefined && containerOf(sample).members.size > 0;
}

/** A container that ends does not go on later: where the next name stands in one of them, so does this one, or deeper. */
function upTo(next: readonly string[] | undefined, containers: readonly PlacedNode[]): readonly PlacedNode[] {
  const end = next ? containers.findIndex(({ path }) => path.every((key, index) => key === next[index])) : -1;
  return end < 0 ? containers : containers.slice(0, end + 1);
}

/** True when everything stands under one key, in the list as in the samples. */
function isWrapped({ root }: BodyTree): boolean {
  const [only, ...others] = root.children.values();
  const shown = root.sample ? containerOf(root.sample).members.size : 0;
  return only !== undefined && others.length === 0 && shown <= 1 && isContainer(only);
}

function nearestContainer(cursor: PlacedNode): PlacedNode {
  return isContainer(cursor) ? cursor : (cursor.parent ?? cursor);
}

function isContainer(node: PlacedNode): boolean {
  if (node.children.size > 0 || !node.parent) return true;
  if (node.sample && showsNoMembers(node.sample)) return false;
  if (node.sample && (node.sample.kinds.has('object') || node.sample.kinds.has('array'))) return true;
  return node.uses.some(({ use }) => isContainerType(use.definition?.type ?? ''));
}

/** An array of texts or numbers, or a text where an object is documented: nothing can stand in it. */
function showsNoMembers(sample: SampleNode): boolean {
  const { kinds, items } = containerOf(sample);
  return (
    !items &&
    kinds.size > 0 &&
    ![...kinds.keys()].some((kind) => kind === 'object' || kind === 'array' || kind === 'null')
  );
}

function isEmptyContainer(node: PlacedNode): boolean {
  if (node.children.size > 0) return false;
  if (!node.parent) return true;
  const told = (node.sample?.members.size ?? 0) > 0 || (node.sample?.items?.members.size ?? 0) > 0;
  return !told && isContainer(node);
}

function isContainerType(type: string): boolean {
  return ['object', 'array'].includes(documentedType(type));
}

/** A container none of whose shown keys is documented. */
function mayBeMap(container: PlacedNode): boolean {
  return [...container.children.values()].every(({ uses }) => uses.length === 0);
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

function record(node: PlacedNode, use: UseInRange, inferred: PlacedNode['inferred']): PlacedNode {
  if (node.uses.length === 0) node.inferred = inferred;
  node.uses.push(use);
  return node;
}
