/** Checks of a reference tree, and what they look at. */
import type { Contract } from '../contract/model.ts';
import type { Report } from '../diagnostic.ts';
import type { Reference } from '../reference/model.ts';
import type { ReferenceTree } from '../reference/tree.ts';

/** What a check looks at. */
export interface Linted {
  readonly tree: ReferenceTree;
  readonly reference: Reference;
  /** As the texts alone give it: no manifest, no errata. */
  readonly contract: Contract;
}

export type Check = (linted: Linted, report: Report) => void;
