/** A journal with further attempts of its cases: what the report says of them. */
import { expect, it } from 'vitest';
import type { Verdict } from '../../src/clauses/verdict.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { formatJournalLine } from '../../src/report/journal.ts';
import type { ConfirmationLine, JournalLine } from '../../src/records/journal.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import type { RunReport } from '../../src/records/report.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { describeConfirmed } from '../../src/report/describe-confirmed.ts';
import { describeRetried } from '../../src/report/describe-parts.ts';
import { endLine } from '../reporters/fixed-record.ts';
import { publishedSchema } from '../records/published-schema.ts';
import { pass, sketchedJournal, status } from './run-diff/two-runs.ts';

const first = sketchedJournal({
  act: { '2.1': status(500), '2.60': status(500), '2.70': status(409) },
  rest: { '2.1': status(500), '2.60': pass },
});

function again(id: string, verdict: Verdict): ConfirmationLine {
  const finishedAt = '2026-02-01T10:00:00.000Z';
  const evidence = `evidence/${id}.attempt-2.json`;
  return {
    ...{ line: 'confirmation', id: `compute/attach-volume#${id}`, verdict, finishedAt },
    ...{ durationMs: 7, exchanges: 2, evidence },
  };
}

function reportOf(lines: readonly JournalLine[], end: readonly JournalLine[] = [endLine]): RunReport {
  const text = [first.header, ...first.results, ...lines, ...end].map(formatJournalLine).join('');
  const { journal, diagnostics } = parseJournal(text);
  expect(diagnostics).toEqual([]);
  if (!journal) throw new Error('no journal');
  const report = buildReport(journal);
  const validate = publishedSchema('report');
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors).toBeNull();
  return report;
}

function shown(report: RunReport): readonly unknown[] {
  return report.cases.map(({ id, verdict, unconfirmed = '' }) =>
    `${id.split('#')[1]} ${verdict.is} ${unconfirmed}`.trim(),
  );
}

it('counts as unstable what passed on the second attempt, keeps both attempts, and is partial', () => {
  const report = reportOf([
    again('act@2.1', pass),
    again('act@2.60', pass),
    again('act@2.70', pass),
    again('rest@2.1', pass),
  ]);
  expect(shown(report)).toEqual([
    'act@2.1 unstable',
    'act@2.60 unstable',
    'act@2.70 unstable',
    'rest@2.1 unstable',
    'rest@2.60 pass',
  ]);
  const [one] = report.cases;
  expect(one?.attempts?.map(({ verdict, alone }) => [verdict.is, alone ?? false])).toEqual([
    ['fail', false],
    ['pass', true],
  ]);
  expect(one?.evidence).not.toBe(one?.attempts?.[1]?.evidence);
  expect([report.verdict, exitCode(report)]).toEqual(['partial', 2]);
  expect(describeRetried(report)).toHaveLength(2);
});

it('shows a confirmed failure by its second attempt', () => {
  const report = reportOf([again('act@2.1', status(503))]);
  const [one] = report.cases;
  expect(one).toMatchObject({ verdict: status(503), evidence: 'evidence/act@2.1.attempt-2.json', durationMs: 7 });
  expect(describeRetried(report)).toEqual([]);
  expect(exitCode(report)).toBe(1);
});

it('says of each failure that was seen once why it was not run again', () => {
  const server: Verdict = { is: 'inconclusive', reason: 'The server is in ERROR', cause: 'server ACTIVE' };
  const report = reportOf([again('act@2.1', status(500)), again('rest@2.1', server)]);
  expect(shown(report)).toEqual([
    'act@2.1 fail',
    'act@2.60 fail Not run again: the same finding of this clause was confirmed at 2.1.',
    'act@2.70 fail Not run again: the run had used up its further attempts.',
    'rest@2.1 fail Run again alone, the verdict was inconclusive: The server is in ERROR.',
    'rest@2.60 pass',
  ]);
  expect(describeConfirmed(report, 'fail')).toEqual([
    'Of 4 cases, 1 was confirmed: run again alone on fresh fixtures, with the same verdict.',
    '1 not confirmed. Not run again: the same finding of this clause was confirmed at another microversion.',
    '1 not confirmed. Not run again: the run had used up its further attempts.',
    '1 not confirmed. Run again alone, the verdict was inconclusive.',
  ]);
});

it('keeps a failure that a run which ended before its time could not confirm', () => {
  const report = reportOf([again('act@2.1', status(500))], []);
  expect(shown(report)[2]).toBe('act@2.70 fail Not run again: the run ended first.');
  expect(exitCode(report)).toBe(1);
});

it('takes a further attempt without a first one for damage', () => {
  const lines = [first.header, again('act@2.1', pass), ...first.results, endLine];
  const { diagnostics } = parseJournal(lines.map(formatJournalLine).join(''));
  expect(diagnostics.map(({ code }) => code)).toEqual(['stray-confirmation']);
});
