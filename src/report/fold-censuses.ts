/** Census lines of a journal, put together run by run. */
import { groupBy } from '../group-by.ts';
import type { CensusLine } from './journal.ts';
import type { Census } from './record.ts';

/** Of two lines of one run about the same moment the first counts. */
export function foldCensuses(lines: readonly CensusLine[]): readonly Census[] {
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
