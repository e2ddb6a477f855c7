/**
 * Finds where the names of a flat parameter list stand in a body.
 *
 * The list is depth-first, but it does not say where a container ends; the samples do. A name that no sample shows is
 * placed by its dotted prefix, else beside the name before it.
 */
import { intersect } from '../microversion.ts';
import { bodyTree, pathKey, type BodyTree, type PlacedNode, type UseInRange } from './body-tree.ts';
import { choose, sampleCandidates, type SampleIndex } from './candidates.ts';
import { placeWithoutSample } from './place-without-sample.ts';
import { nodesByKey, type SampleNode } from './sample-tree.ts';

export function placeAll(uses: readonly UseInRange[], samples: SampleNode): BodyTree {
  const tree = bodyTree(samples);
  const index = nodesByKey(samples);
  const names = new Set(uses.map(({ use }) => use.name));
  const list: List = { tree, index, isDotted: [...names].some((name) => names.has(containerName(name))) };
  let cursor = tree.root;
  for (const use of uses) cursor = placeOne(use, cursor, list);
  return tree;
}

interface List {
  readonly tree: BodyTree;
  readonly index: SampleIndex;
  /** Some name is that of a container in the list with a dot and a name behind it. */
  readonly isDotted: boolean;
}

function containerName(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('.'), 0));
}

/** Returns the place from which the next name is looked for. */
function placeOne(use: UseInRange, cursor: PlacedNode, { tree, index, isDotted }: List): PlacedNode {
  const earlier = alternativeOf(use, cursor);
  if (earlier) {
    earlier.uses.push(use);
    return earlier;
  }
  const free = sampleCandidates(use.use.name, index).filter((node) => isFree(tree, node));
  const choice = choose(free, { path: cursor.path, isDotted: isDotted && !use.use.name.includes('.') });
  if (!choice) return placeWithoutSample(use, cursor, tree);
  const node = tree.reach(choice.node.path);
  node.tied = choice.tied;
  node.uses.push(use);
  return node;
}

/** The node before, when this line speaks of it again for other microversions. */
function alternativeOf({ use, range }: UseInRange, cursor: PlacedNode): PlacedNode | undefined {
  const same = cursor.uses.length > 0 && cursor.uses.every((earlier) => earlier.use.name === use.name);
  return same && cursor.uses.every((earlier) => !intersect(earlier.range, range)) ? cursor : undefined;
}

function isFree(tree: BodyTree, { path }: SampleNode): boolean {
  return (tree.nodes.get(pathKey(path))?.uses.length ?? 0) === 0;
}
