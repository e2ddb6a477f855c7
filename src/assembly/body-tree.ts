/**
 * The tree of a body while its parameters are being placed: nodes for keys, arrays not shown.
 */
import type { MicroversionRange } from '../microversion.ts';
import type { ParameterUse } from '../reference/model.ts';
import { containerOf, type SampleNode } from './sample-tree.ts';

/** A line of a parameter list, with the microversions in which it holds. */
export interface UseInRange {
  readonly use: ParameterUse;
  readonly range: MicroversionRange;
}

export interface PlacedNode {
  readonly name: string;
  readonly path: readonly string[];
  readonly parent: PlacedNode | undefined;
  /** What samples show here; undefined when none does. */
  readonly sample: SampleNode | undefined;
  readonly children: Map<string, PlacedNode>;
  /** Empty for a container that only its members show; several when microversions differ. */
  readonly uses: UseInRange[];
  /** How it was placed when no sample shows it: by its dotted name, or by the names around it. */
  inferred: 'name' | 'order' | undefined;
  /** Another place would have done as well. */
  tied: boolean;
  /** It may belong in another container: its place is one of several that the names around it allow. */
  doubtful: boolean;
  /** Some name may belong in here; the reference does not decide it. */
  undecided: boolean;
  /** The text names some of its members, and samples show none: there may be others. */
  incomplete: boolean;
  /** Of the values of a map: the forms that its documented keys have; none where any key will do. */
  readonly patterns: RegExp[];
  /** Its keys are not fixed: a placeholder such as `key` stands for them. */
  freeForm: boolean;
}

export interface BodyTree {
  readonly root: PlacedNode;
  /** By path, as `pathKey` writes it. */
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  /** The node at a path; it and the containers above it are made where they are missing. */
  readonly reach: (path: readonly string[]) => PlacedNode;
}

export function bodyTree(samples: SampleNode): BodyTree {
  const root = emptyNode([], undefined, samples);
  const nodes = new Map([['', root]]);
  const reach = (path: readonly string[]): PlacedNode => {
    const known = nodes.get(pathKey(path));
    if (known) return known;
    const parent = reach(path.slice(0, -1));
    const name = path.at(-1) ?? '';
    const sample = parent.sample && containerOf(parent.sample).members.get(name);
    const node = emptyNode(path, parent, sample);
    parent.children.set(name, node);
    nodes.set(pathKey(path), node);
    return node;
  };
  return { root, nodes, reach };
}

export function pathKey(path: readonly string[]): string {
  return path.join('\u0000');
}

/** The node and all above it, nearest first, the root last. */
export function chainOf(node: PlacedNode): readonly PlacedNode[] {
  return node.parent ? [node, ...chainOf(node.parent)] : [node];
}

function emptyNode(
  path: readonly string[],
  parent: PlacedNode | undefined,
  sample: SampleNode | undefined,
): PlacedNode {
  const name = path.at(-1) ?? '';
  const state = {
    inferred: undefined,
    tied: false,
    doubtful: false,
    undecided: false,
    incomplete: false,
    freeForm: false,
  };
  return { name, path, parent, sample, children: new Map(), uses: [], patterns: [], ...state };
}
