/** The type of checks of a reference tree, and their input. */
import type { Contract } from '../contract/model.ts';
import type { Report } from '../diagnostic.ts';
import type { Reference } from '../reference/model.ts';
import type { ReferenceTree } from '../reference/tree.ts';

/** The input of a check. */
export interface Linted {
  readonly tree: ReferenceTree;
  readonly reference: Reference;
  /** Assembled from the texts alone, without manifest and errata. */
  readonly contract: Contract;
}

export type Check = (linted: Linted, report: Report) => void;
