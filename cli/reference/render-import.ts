/** Renders the result of an import as lines for a terminal. */
import type { Imported } from '../../src/import/plan-import.ts';
import type { ChangedOperation } from '../../src/records/reference-import.ts';
import type { Drift } from '../file-drift.ts';

export interface ImportState {
  /** Nothing was written. */
  readonly check: boolean;
  /** Mistakes of the reference. */
  readonly errors: number;
}

export function renderImport(
  imported: Imported,
  { missing, changed, stale }: Drift,
  { check, errors }: ImportState,
): string {
  const { files, added, removed, own, differing } = imported;
  const operations = files.reduce((sum, file) => sum + file.operations.length, 0);
  const drift = missing.length + changed.length + stale.length;
  const state = drift === 0 ? 'nothing to change' : `${drift} files ${check ? 'differ' : 'written or removed'}`;
  return [
    ...added.map((id) => `added    ${id}`),
    ...imported.changed.flatMap((change) => changeLines('changed ', change)),
    ...removed.map(
      ({ id, perhaps }) =>
        `removed  ${id}: change its entry in service.yaml to the new title${perhaps.length > 0 ? ` (possibly that of ${perhaps.join(', ')})` : ''}, or add \`retired: WHY\``,
    ),
    ...differing.flatMap((change) => changeLines('own text', change)),
    `${operations} operations in ${files.length} files: ${added.length} added, ${imported.changed.length} changed, ${removed.length} removed; ${state}`,
    `${own} more are described by our own texts; ${differing.length === 0 ? 'the reference agrees with them' : `the reference differs on ${differing.length}`}`,
    ...(errors > 0 ? [`${errors} errors of the reference are listed above; what they concern was left out`] : []),
    ...(check && drift > 0 ? ['Run `reference import` without --check and review the difference.'] : []),
    '',
  ].join('\n');
}

function changeLines(word: string, { id, removed, added }: ChangedOperation): readonly string[] {
  return [`${word} ${id}`, ...removed.map((line) => `  - ${line}`), ...added.map((line) => `  + ${line}`)];
}
