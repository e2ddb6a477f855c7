/** Small runs for comparisons: clauses by word, each with its cases; `limit` is a SHOULD, all else a MUST. */
import type { Verdict } from '../../../src/clauses/verdict.ts';
import type { Journal } from '../../../src/report/journal.ts';
import type { PlannedCase, PlannedClause, RunLine } from '../../../src/records/journal.ts';
import type { RunRecord } from '../../../src/report/record.ts';
import { endLine, recordOf, runLine } from '../../reporters/fixed-record.ts';

export type Sketch = Readonly<Record<string, Readonly<Record<string, Verdict>>>>;

const operation = 'compute/attach-volume';

export function sketchedJournal(sketch: Sketch, header: Partial<RunLine> = {}): Journal {
  const words = Object.keys(sketch);
  const clauses = words.map((word): PlannedClause => {
    const source = { file: 'a.inc', section: 'A', line: 1 };
    const id = `${operation}#${word}`;
    const level = word === 'limit' ? 'SHOULD' : 'MUST';
    return {
      id,
      operation,
      statement: `It ${level} ${word}.`,
      level,
      kind: 'derived',
      source,
      range: '2.1-',
      errata: [],
    };
  });
  const planned = words.flatMap((word) =>
    Object.entries(sketch[word] ?? {}).map(
      ([microversion, came]): { readonly plan: PlannedCase; readonly came: Verdict } => {
        const clause = `${operation}#${word}`;
        return {
          plan: { id: `${clause}@${microversion}`, clause, operation, microversion, identities: ['member'] },
          came,
        };
      },
    ),
  );
  return {
    header: { ...runLine, clauses, cases: planned.map(({ plan }) => plan), ...header },
    results: planned.map(({ plan: { id }, came }) => ({
      line: 'case',
      id,
      verdict: came,
      finishedAt: endLine.finishedAt,
      durationMs: 1,
      exchanges: 'reason' in came ? 0 : 1,
    })),
    footer: { ...endLine, leaks: [] },
    lostLines: 0,
  };
}

export function sketched(sketch: Sketch, header: Partial<RunLine> = {}): RunRecord {
  return recordOf(sketchedJournal(sketch, header));
}

export const pass: Verdict = { is: 'pass' };
export const status = (seen: number, exchange = 'x1'): Verdict => ({
  is: 'fail',
  findings: [{ kind: 'status', exchange, expected: [200], seen }],
});
export const warn: Verdict = { is: 'warn', findings: [{ kind: 'status', exchange: 'x1', expected: [200], seen: 500 }] };
export const waived: Verdict = {
  is: 'waived',
  findings: [{ kind: 'status', exchange: 'x1', expected: [200], seen: 500 }],
  waiver: 'known',
};
export const noServer: Verdict = {
  is: 'inconclusive',
  reason: 'No server osc-aaaaaa-server-1.',
  cause: 'server ACTIVE',
};
export const noAdmin: Verdict = {
  is: 'not-attempted',
  reason: 'No admin identity was given.',
  remedy: 'Add --admin CLOUD.',
};
export const tooOld: Verdict = { is: 'not-applicable', reason: 'The target supports 2.1-2.60.' };
export const broken: Verdict = { is: 'error', reason: 'The network broke.' };
