import { describe, expect, it } from 'vitest';
import type { BoundWaiver } from '../../src/records/run-facts.ts';
import type { RunReport } from '../../src/records/report.ts';
import type { Finding, Verdict, VerdictKind } from '../../src/clauses/verdict.ts';
import { readWaivers } from '../../src/planning/waivers/read-waivers.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import { formatJournalLine, type Journal } from '../../src/report/journal.ts';
import type { PlannedCase } from '../../src/records/journal.ts';
import { proposeWaivers } from '../../src/report/propose-waivers.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { reporters } from '../../reporters/index.ts';
import { renderTerminal } from '../../reporters/terminal.ts';
import { endLine, fixedRecord, runLine } from '../reporters/fixed-record.ts';

const id = 'compute/attach-volume#echoes-tag';
const finding: Finding = { kind: 'status', exchange: 'x1', expected: [200], seen: 500 };

const verdicts: Partial<Readonly<Record<VerdictKind, Verdict>>> = {
  pass: { is: 'pass' },
  fail: { is: 'fail', findings: [finding] },
  error: { is: 'error', reason: 'The network broke.' },
};

const waiver: BoundWaiver = {
  waives: id,
  target: 'dev*',
  reason: 'The proxy drops the tag',
  link: 'https://bugs.example/42',
  owner: 'Ada Lovelace',
  expires: '2026-03-01',
  listedAt: 'w.yaml:3',
  cases: [`${id}@2.70`, `${id}@2.79`],
};

/** Two cases of one clause, and one of another that passes; the run started on 2026-03-01. */
function journal(kinds: readonly VerdictKind[], more: Partial<BoundWaiver> = {}): Journal {
  const other = 'compute/detach-volume#answers-202';
  const ids = [...kinds.map((_, index) => `${id}@${['2.70', '2.79'][index]}`), `${other}@2.1`];
  const cases = ids.map((caseId): PlannedCase => {
    const [clause = '', microversion = ''] = caseId.split('@');
    return {
      id: caseId,
      clause,
      operation: clause.split('#')[0] as PlannedCase['operation'],
      microversion,
      identities: [],
    };
  });
  const clauses = runLine.clauses.filter((clause) => [id, other].includes(clause.id));
  return {
    header: { ...runLine, clauses, cases, waivers: [{ ...waiver, ...more }] },
    results: cases.map((one, index) => {
      const verdict = verdicts[kinds[index] ?? 'pass'] ?? { is: 'pass' };
      return { line: 'case', id: one.id, verdict, finishedAt: endLine.finishedAt, durationMs: 1, exchanges: 1 };
    }),
    footer: { ...endLine, leaks: [] },
    lostLines: 0,
  };
}

function told(report: RunReport): unknown {
  const kinds = report.cases.filter(({ clause }) => clause === id).map(({ verdict }) => verdict.is);
  return { kinds, state: report.waivers[0]?.state, exit: exitCode(report) };
}

describe('a waiver', () => {
  it.each<readonly [string, readonly VerdictKind[], Partial<BoundWaiver>, unknown]>([
    [
      'waives a clause of which every case fails',
      ['fail', 'fail'],
      {},
      { kinds: ['waived', 'waived'], state: 'used', exit: 0 },
    ],
    [
      'of a clause lets some cases of it pass',
      ['pass', 'fail'],
      {},
      { kinds: ['pass', 'waived'], state: 'used', exit: 0 },
    ],
    ['is a failure when nothing failed', ['pass', 'pass'], {}, { kinds: ['fail', 'fail'], state: 'unneeded', exit: 1 }],
    [
      'is a failure after its last day',
      ['fail', 'pass'],
      { expires: '2026-02-28' },
      { kinds: ['fail', 'pass'], state: 'expired', exit: 1 },
    ],
    [
      'that is not needed is a failure also after its last day',
      ['pass', 'pass'],
      { expires: '2026-02-28' },
      { kinds: ['fail', 'fail'], state: 'unneeded', exit: 1 },
    ],
    [
      'is not judged while a case is not decided',
      ['pass', 'error'],
      {},
      { kinds: ['pass', 'error'], state: 'open', exit: 2 },
    ],
    ['is not judged while a case was not selected', ['pass'], {}, { kinds: ['pass'], state: 'open', exit: 0 }],
    [
      'of a case covers no other',
      ['fail', 'fail'],
      { waives: `${id}@2.70`, cases: [`${id}@2.70`] },
      { kinds: ['waived', 'fail'], state: 'used', exit: 1 },
    ],
    [
      'of a case is a failure when that passes',
      ['pass', 'fail'],
      { waives: `${id}@2.70`, cases: [`${id}@2.70`] },
      { kinds: ['fail', 'fail'], state: 'unneeded', exit: 1 },
    ],
  ])('%s', (_, kinds, more, expected) => {
    expect(told(buildReport(journal(kinds, more)))).toEqual(expected);
  });

  it.each<readonly [string, readonly VerdictKind[], string]>([
    ['is not needed', ['pass', 'pass'], 'did not fail, so the waiver is no longer needed'],
    ['has expired', ['fail', 'fail'], 'failed, and the waiver has expired'],
  ])('that %s is a reason of its own', (_, kinds, sentence) => {
    const { reasons } = buildReport(journal(kinds, { expires: '2026-02-28' }));
    expect(reasons.find((reason) => reason.startsWith(`Waiver ${id}`))).toContain(sentence);
  });

  it('is shown in full by every report for people and CI', () => {
    const record = { ...fixedRecord, report: buildReport(journal(['fail', 'fail'])) };
    const texts = reporters
      .filter(({ id: reporter }) => ['json', 'junit', 'markdown', 'sarif', 'summary'].includes(reporter))
      .flatMap(({ render }) => render(record).map(({ text }) => text));
    const terminal = renderTerminal(record, { width: 400, colours: false });
    for (const text of [...texts, terminal]) {
      for (const part of [waiver.reason, waiver.owner, waiver.expires, waiver.link]) expect(text).toContain(part);
    }
  });

  it('is parsed from the journal as it was written', () => {
    const { header, results, footer, lostLines } = journal(['fail', 'fail']);
    const lines = [header, ...results, ...(footer ? [footer] : [])];
    const read = parseJournal(lines.map(formatJournalLine).join(''));
    expect(read.diagnostics).toEqual([]);
    expect(read.journal).toEqual({ header, results, footer, lostLines });
  });
});

describe('the waivers proposed', () => {
  const text = proposeWaivers(fixedRecord);

  it('are one for each clause that failed', () => {
    const failed = fixedRecord.report.clauses.filter(({ verdict }) => verdict === 'fail').map((clause) => clause.id);
    expect(Array.from(text.matchAll(/^- clause: (.*)$/gm), ([, clause]) => clause)).toEqual(failed);
  });

  it('are refused until each field is filled in', () => {
    const { waivers, diagnostics } = readWaivers(text, 'w.yaml');
    expect(waivers).toEqual([]);
    expect(new Set(diagnostics.map(({ message }) => message))).toEqual(
      new Set(['reason is empty', 'link is empty', 'owner is empty', 'expires is empty']),
    );
  });

  it('are accepted then', () => {
    const filled = text
      .replaceAll('reason: ""', 'reason: Known')
      .replaceAll('link: ""', 'link: https://bugs.example/1')
      .replaceAll('owner: ""', 'owner: Ada')
      .replaceAll('expires: ""', 'expires: 2027-01-31');
    const { waivers, diagnostics } = readWaivers(filled, 'w.yaml');
    expect(diagnostics).toEqual([]);
    expect(new Set(waivers.map(({ target }) => target))).toEqual(new Set(['devstack']));
  });

  it('are an empty list when nothing failed', () => {
    const record = { ...fixedRecord, report: { ...fixedRecord.report, cases: [] } };
    expect(readWaivers(proposeWaivers(record), 'w.yaml')).toEqual({ waivers: [], diagnostics: [] });
  });
});
