/** Records the events of the suites in the run folder, and shows them. */
import type { Progress } from '../../reporters/progress.ts';
import type { BridgeEvents } from '../../runner/vitest-bridge.ts';
import { summariseAttempts } from '../../src/execution/attempts.ts';
import type { CaseResult } from '../../src/execution/run-case.ts';
import type { RunEnding } from '../../src/execution/run-ending.ts';
import { emptyTranscript } from '../../src/execution/transcript.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import type { NonEmpty } from '../../src/json.ts';
import type { CaseReport } from '../../src/records/report.ts';
import { cleanupCommand } from './cleanup-command.ts';
import type { RunParts } from './run-parts.ts';
import type { RunFolder } from './run-folder.ts';
import type { Stops } from './stops.ts';
import type { WriteGuard } from './write-guard.ts';

/** The results of the suites so far. */
export interface SuiteResults {
  /** The verdicts of each case, by its id. */
  readonly attempts: Map<string, NonEmpty<Verdict>>;
  isLost: boolean;
  ending: RunEnding | undefined;
}

export function listen(
  { folder, access, settings, writes }: RunParts,
  progress: Progress,
  stops: Stops,
  results: SuiteResults,
): BridgeEvents {
  // A run that is stopped reports some of its results twice.
  const reportOnce = (result: CaseResult): void => {
    if (results.attempts.has(result.id)) return;
    results.attempts.set(result.id, [result.verdict]);
    progress.caseDone(record(folder, writes, result, 1));
  };
  const confirmed = new Set<number>();
  const confirm = (result: CaseResult, count: number): void => {
    const before = results.attempts.get(result.id);
    if (!before || confirmed.has(count)) return;
    confirmed.add(count);
    const attempts: NonEmpty<Verdict> = [...before, result.verdict];
    results.attempts.set(result.id, attempts);
    const recorded = record(folder, writes, result, attempts.length);
    progress.caseDone({ ...recorded, verdict: summariseAttempts(attempts).verdict });
  };
  return {
    caseDone: reportOnce,
    caseConfirmed: confirm,
    caseLost: (id, reason) => {
      if (!stops.signal.aborted) reportOnce(lostCase(id, reason));
    },
    lost: (reason) => {
      if (!results.isLost) progress.note(`${reason} ${removal}: ${cleanupCommand(folder.path, access)}`);
      results.isLost = true;
    },
    unwritable: (reason) => writes.fail(reason),
    counted: (lists) =>
      writes.attempt(() => folder.append({ line: 'inventory', run: settings.runName, when: 'before', lists })),
    ended: (ending) => (results.ending = ending),
    broke: (reason) => progress.note(`The suites failed: ${reason}`),
  };
}

const removal = 'No further case starts. What cannot be removed now is removed later by';

/** A result that cannot be written is still shown. */
function record(folder: RunFolder, writes: WriteGuard, result: CaseResult, attempt: number): CaseReport {
  const evidence = writes.attempt(() => folder.keepEvidence(result));
  const { id, verdict, durationMs, exchanges } = result;
  const line = {
    id,
    verdict,
    durationMs,
    exchanges: exchanges.length,
    ...(evidence === undefined ? {} : { evidence }),
  };
  const kind = attempt === 1 ? 'case' : 'confirmation';
  writes.attempt(() => folder.append({ line: kind, ...line, finishedAt: new Date().toISOString() }));
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
