/** What a run that could not be written to its end says last: why, what is left in the target, and how to go on. */
import { existsSync } from 'node:fs';
import { leftBehind } from '../../src/report/leak.ts';
import { shellWord } from '../../src/report/shell-word.ts';
import { cleanupCommand, type Access } from './cleanup-command.ts';
import type { RunFolder } from './run-folder.ts';

export function wordWriteFailure(failure: string, folder: RunFolder, access: Access): string {
  const { leaks, run } = folder.read().report;
  const isThere = existsSync(folder.ledgerFile);
  const removed =
    leaks.length === 0 && run.ended !== 'crashed'
      ? 'Everything that the run created was removed.'
      : 'What the run created may not all be removed.';
  const lines = [
    `The run could not be recorded completely. ${failure}`,
    removed,
    ...leaks.map(leftBehind),
    ...(isThere
      ? [
          `To check, or to remove what is left: ${cleanupCommand(folder.path, access)}`,
          `To write the reports again: openstack-conformance report ${shellWord(folder.path)}`,
        ]
      : [`${folder.path} has no ledger.ndjson any more, so \`cleanup\` cannot work with it.`]),
    'Exit code 2: the record of this run is incomplete.',
  ];
  return `${lines.join('\n')}\n`;
}
