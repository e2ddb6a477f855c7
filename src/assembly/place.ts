/**
 * Finds where the names of a flat parameter list stand in a body.
 *
 * The list is depth-first, but it does not say where a container ends; the samples do. A name that no sample shows is
 * placed by its dotted prefix, else beside the name before it.
 */
import { intersect, type MicroversionRange } from '../microversion.ts';
import type { ParameterUse } from '../reference/model.ts';
import { bodyTree, pathKey, type BodyTree, type PlacedNode, type UseInRange } from './body-tree.ts';
import { choose, sampleCandidates, type SampleIndex } from './candidates.ts';
import { documentedType } from './documented-type.ts';
import { placeWithoutSample } from './place-without-sample.ts';
import { nodesByKey, type SampleNode } from './sample-tree.ts';

export function placeAll(uses: readonly UseInRange[], samples: SampleNode): BodyTree {
  const tree = bodyTree(samples);
  const index = nodesByKey(samples);
  const names = new Set(uses.map(({ use }) => use.name));
  const isDotted = [...names].some((name) => names.has(containerName(name)));
  let cursor = tree.root;
  for (const [at, use] of uses.entries()) {
    cursor = placeOne(use, cursor, { tree, index, names, isDotted, rest: uses.slice(at + 1) });
  }
  return tree;
}

interface List {
  readonly tree: BodyTree;
  readonly index: SampleIndex;
  /** All that the list has. */
  readonly names: ReadonlySet<string>;
  /** What comes after the name. */
  readonly rest: readonly UseInRange[];
  /** Some name is that of a container in the list with a dot and a name behind it. */
  readonly isDotted: boolean;
}

function containerName(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('.'), 0));
}

/** Returns the place from which the next name is looked for. */
function placeOne(use: UseInRange, cursor: PlacedNode, list: List): PlacedNode {
  const { tree, isDotted } = list;
  const earlier = alternativeOf(use, cursor);
  if (earlier) {
    earlier.uses.push(use);
    return earlier;
  }
  const choice = choose(freePlaces(use, list), {
    path: cursor.path,
    isDotted: isDotted && !use.use.name.includes('.'),
  });
  if (!choice) return placeWithoutSample(use, cursor, tree, placeAfter(use, cursor, list));
  const node = tree.reach(choice.node.path);
  node.tied = choice.tied;
  node.uses.push(use);
  return node;
}

/** Where samples show the name; what is spelt a little otherwise counts where the list has no such name, and the form fits. */
function freePlaces({ use, range }: UseInRange, { tree, index, names }: List): readonly SampleNode[] {
  return sampleCandidates(use.name, index).filter((node) => {
    const key = node.path.at(-1) ?? '';
    const isOther = !use.name.includes('.') && key !== use.name;
    return isFree(tree, node, range) && !(isOther && (names.has(key) || !holdsAlike(use, node)));
  });
}

/** Both contain others, or neither does. */
function holdsAlike({ definition }: ParameterUse, { kinds }: SampleNode): boolean {
  const isHolder = ['object', 'array'].includes(documentedType(definition?.type ?? ''));
  return isHolder === (kinds.has('object') || kinds.has('array'));
}

/** The place of the next name of the list that is not one of its own members and that samples show. */
function placeAfter({ use }: UseInRange, cursor: PlacedNode, list: List): readonly string[] | undefined {
  const own = `${use.name}.`;
  for (const later of list.rest) {
    if (later.use.name.startsWith(own) || later.use.name === use.name) continue;
    const place = choose(freePlaces(later, list), { path: cursor.path, isDotted: list.isDotted });
    if (place && !place.tied) return place.node.path;
  }
  return undefined;
}

/** The node before, when this line speaks of it again for other microversions. */
function alternativeOf({ use, range }: UseInRange, cursor: PlacedNode): PlacedNode | undefined {
  const same = cursor.uses.length > 0 && cursor.uses.every((earlier) => earlier.use.name === use.name);
  return same && cursor.uses.every((earlier) => !intersect(earlier.range, range)) ? cursor : undefined;
}

/** What a list for other microversions placed there does not matter. */
function isFree(tree: BodyTree, { path }: SampleNode, range: MicroversionRange): boolean {
  return (tree.nodes.get(pathKey(path))?.uses ?? []).every((earlier) => !intersect(earlier.range, range));
}
