/** Combines the inventory lines of a journal by run. */
import { groupBy } from '../group-by.ts';
import type { InventoryLine } from '../records/journal.ts';
import type { Inventory } from '../records/report.ts';

/** If a run has two lines for the same moment, the first counts. */
export function foldInventories(lines: readonly InventoryLine[]): readonly Inventory[] {
  return [...groupBy(lines, ({ run }) => run)].map(([run, own]) => {
    const before = own.find(({ when }) => when === 'before');
    const after = own.find((line) => line.when === 'after');
    return {
      run,
      before: before?.lists ?? [],
      after: after?.lists ?? [],
      changes: after?.changes ?? [],
      more: after?.more ?? 0,
    };
  });
}
