/** Writes what the suites tell into the run folder, and shows it. */
import type { Progress } from '../../reporters/progress.ts';
import type { BridgeEvents } from '../../reporters/vitest-bridge.ts';
import { settle } from '../../src/conformance/attempts.ts';
import type { CaseResult } from '../../src/conformance/run-case.ts';
import type { RunEnding } from '../../src/conformance/run-ending.ts';
import { emptyTranscript } from '../../src/conformance/transcript.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import type { NonEmpty } from '../../src/json.ts';
import type { CaseReport } from '../../src/report/record.ts';
import { cleanupCommand } from './cleanup-command.ts';
import type { Performance } from './performance.ts';
import type { RunFolder } from './run-folder.ts';
import type { Stops } from './stops.ts';
import type { WriteGuard } from './write-guard.ts';

/** What the suites have told so far. */
export interface Heard {
  /** What each case came to, by its id. */
  readonly attempts: Map<string, NonEmpty<Verdict>>;
  isLost: boolean;
  ending: RunEnding | undefined;
}

export function listen(
  { folder, access, settings, writes }: Performance,
  progress: Progress,
  stops: Stops,
  heard: Heard,
): BridgeEvents {
  // A run that is told to stop tells some of its results twice.
  const tellOnce = (result: CaseResult): void => {
    if (heard.attempts.has(result.id)) return;
    heard.attempts.set(result.id, [result.verdict]);
    progress.caseDone(record(folder, writes, result, 1));
  };
  const confirmed = new Set<number>();
  const confirm = (result: CaseResult, count: number): void => {
    const before = heard.attempts.get(result.id);
    if (!before || confirmed.has(count)) return;
    confirmed.add(count);
    const attempts: NonEmpty<Verdict> = [...before, result.verdict];
    heard.attempts.set(result.id, attempts);
    const told = record(folder, writes, result, attempts.length);
    progress.caseDone({ ...told, verdict: settle(attempts).verdict });
  };
  return {
    caseDone: tellOnce,
    caseConfirmed: confirm,
    caseLost: (id, reason) => {
      if (!stops.signal.aborted) tellOnce(lostCase(id, reason));
    },
    lost: (reason) => {
      if (!heard.isLost) progress.note(`${reason} ${removal}: ${cleanupCommand(folder.path, access)}`);
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
