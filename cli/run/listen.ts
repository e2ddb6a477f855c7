/** Writes what the suites tell into the run folder, and shows it. */
import type { Progress } from '../../reporters/progress.ts';
import type { BridgeEvents } from '../../reporters/vitest-bridge.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import type { RunEnding } from '../../src/conformance/run-ending.ts';
import { emptyTranscript } from '../../src/conformance/transcript.ts';
import type { CaseReport } from '../../src/report/record.ts';
import { cleanupCommand } from './cleanup-command.ts';
import type { Performance } from './perform.ts';
import type { RunFolder } from './run-folder.ts';
import type { Stops } from './stops.ts';
import type { WriteGuard } from './write-guard.ts';

/** What the suites have told so far. */
export interface Heard {
  readonly told: Set<string>;
  isLost: boolean;
  ending: RunEnding | undefined;
}

export function listen(
  { folder, clouds, settings, writes }: Performance,
  progress: Progress,
  stops: Stops,
  heard: Heard,
): BridgeEvents {
  // A run that is told to stop tells some of its results twice.
  const tellOnce = (result: CaseResult): void => {
    if (heard.told.has(result.id)) return;
    heard.told.add(result.id);
    progress.caseDone(record(folder, writes, result));
  };
  return {
    caseDone: tellOnce,
    caseLost: (id, reason) => {
      if (!stops.signal.aborted) tellOnce(lostCase(id, reason));
    },
    lost: (reason) => {
      if (!heard.isLost) progress.note(`${reason} ${removal}: ${cleanupCommand(folder.path, clouds)}`);
      heard.isLost = true;
    },
    unwritable: (reason) => writes.fail(reason),
    counted: (lists) =>
      writes.attempt(() => folder.append({ line: 'census', run: settings.runName, when: 'before', lists })),
    ended: (ending) => (heard.ending = ending),
    broke: (reason) => progress.note(`The suites broke: ${reason}`),
  };
}

const removal = 'No case is begun any more; what the run cannot remove in a last try is removed later by';

/** What cannot be written is shown all the same. */
function record(folder: RunFolder, writes: WriteGuard, result: CaseResult): CaseReport {
  const evidence = writes.attempt(() => folder.keepEvidence(result));
  const { id, verdict, durationMs, exchanges } = result;
  const line = {
    id,
    verdict,
    durationMs,
    exchanges: exchanges.length,
    ...(evidence === undefined ? {} : { evidence }),
  };
  writes.attempt(() => folder.append({ line: 'case', ...line, finishedAt: new Date().toISOString() }));
  const [clause = '', microversion = ''] = id.split('@');
  const operation = clause.split('#')[0] as CaseReport['operation'];
  return { ...line, clause, operation, microversion, identities: [] };
}

function lostCase(id: string, reason: string): CaseResult {
  return {
    id: id as CaseResult['id'],
    verdict: { is: 'error', reason },
    durationMs: 0,
    exchanges: [],
    transcript: emptyTranscript,
  };
}
