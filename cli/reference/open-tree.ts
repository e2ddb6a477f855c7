/** A reference tree that the command line names. */
import { loadTree } from '../../src/reference/load-tree.ts';
import type { ReferenceTree } from '../../src/reference/tree.ts';
import { UsageError } from '../errors.ts';

/** @throws UsageError when there is none. */
export function openTree(place: string): ReferenceTree {
  try {
    return loadTree(place);
  } catch (cause) {
    throw new UsageError(`There is no reference at ${place}.`, { cause });
  }
}
