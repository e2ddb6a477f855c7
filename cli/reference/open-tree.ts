/** Opens a reference tree named on the command line. */
import { loadTree } from '../../src/reference/load-tree.ts';
import type { ReferenceTree } from '../../src/reference/tree.ts';
import { UsageError } from '../errors.ts';

/** @throws UsageError when there is none */
export function openTree(path: string): ReferenceTree {
  try {
    return loadTree(path);
  } catch (cause) {
    throw new UsageError(`There is no reference at ${path}.`, { cause });
  }
}
