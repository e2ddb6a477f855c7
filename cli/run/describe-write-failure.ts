/** The last message of a run with write errors: why, what is left on the target, and what to do. */
import { existsSync } from 'node:fs';
import { leftBehind } from '../../src/report/leak.ts';
import { shellWord } from '../../src/report/shell-word.ts';
import { cleanupCommand } from './cleanup-command.ts';
import type { Access } from './client-accesses.ts';
import type { RunFolder } from './run-folder.ts';

export function describeWriteFailure(failure: string, folder: RunFolder, access: Access): string {
  const { leaks, run } = folder.read().report;
  const hasLedger = existsSync(folder.ledgerFile);
  const removed =
    leaks.length === 0 && run.ended !== 'crashed'
      ? 'Everything that the run created was removed.'
      : 'Some of what the run created may not have been removed.';
  const lines = [
    `The run could not be recorded completely. ${failure}`,
    removed,
    ...leaks.map(leftBehind),
    ...(hasLedger
      ? [
          `To check, or to remove what is left: ${cleanupCommand(folder.path, access)}`,
          `To write the reports again: openstack-conformance report ${shellWord(folder.path)}`,
        ]
      : [`${folder.path} no longer has a ledger.ndjson, so that \`cleanup\` cannot use it.`]),
    'Exit code 2: the record of this run is incomplete.',
  ];
  return `${lines.join('\n')}\n`;
}
