/** A run that goes on from an earlier one: all cases, every attempt, the last one counts. */
import { expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { formatJournalLine } from '../../src/report/journal.ts';
import type { EarlierLine } from '../../src/records/journal.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import { endLine, runLine } from '../reporters/fixed-record.ts';
import { publishedSchema } from '../records/published-schema.ts';
import { noServer, pass, sketchedJournal, status } from './run-diff/two-runs.ts';

const journal = sketchedJournal({ act: { '2.1': pass, '2.60': pass }, rest: { '2.1': status(500, 'x3') } });
const parts = [{ name: 'osc-aaaaaa', startedAt: '2026-02-01T10:00:00.000Z' }];
const header = { ...journal.header, run: { ...runLine.run, name: 'osc-bbbbbb', parts } };

function earlier(word: string, verdict: EarlierLine['verdict'], run = 'osc-aaaaaa'): EarlierLine {
  const id = `compute/attach-volume#${word}`;
  const finishedAt = '2026-02-01T10:00:00.000Z';
  return {
    line: 'earlier',
    run,
    id,
    verdict,
    finishedAt,
    durationMs: 5,
    exchanges: 1,
    evidence: `evidence/compute/a.ndjson:${run.length}`,
  };
}

const before = [
  earlier('act@2.1', noServer, 'osc-000000'),
  earlier('act@2.1', status(500)),
  earlier('act@2.60', pass),
  earlier('rest@2.1', status(409)),
];
const results = journal.results.filter(({ id }) => !id.endsWith('@2.60') && !id.includes('#rest'));
const text = [header, ...before, ...results, endLine].map(formatJournalLine).join('');

it('contains all cases, with every attempt and its run; the last one counts', () => {
  const parsed = parseJournal(text);
  expect(parsed.diagnostics).toEqual([]);
  if (!parsed.journal) throw new Error('no journal');
  const report = buildReport(parsed.journal);
  const told = report.cases.map(({ id, verdict, attempts }) => [
    id.split('#')[1],
    verdict.is,
    ...(attempts ?? []).map((attempt) => `${attempt.run} ${attempt.verdict.is}`),
  ]);
  expect(told).toEqual([
    ['act@2.1', 'pass', 'osc-000000 inconclusive', 'osc-aaaaaa fail', 'osc-bbbbbb pass'],
    ['act@2.60', 'pass', 'osc-aaaaaa pass'],
    ['rest@2.1', 'fail', 'osc-aaaaaa fail'],
  ]);
  expect(report.run.parts).toEqual(parts);
  const validate = publishedSchema('report');
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors).toBeNull();
});

it('keeps the earlier result of a case that was not reached again', () => {
  const cut = text.slice(0, text.indexOf('{"line":"case"'));
  const { journal: broken } = parseJournal(cut);
  if (!broken) throw new Error('no journal');
  const report = buildReport(broken);
  expect(report.run.ended).toBe('crashed');
  expect(report.cases.map(({ verdict }) => verdict.is)).toEqual(['fail', 'pass', 'fail']);
});

it('names the folder of the run where it says what to do next', () => {
  const rows = [
    [['run'], 'runs/osc-7f3a91'],
    [['run', '--output', '/tmp/a b'], "'/tmp/a b'"],
    [['run', '--output=here'], 'here'],
  ] as const;
  for (const [command, folder] of rows) {
    const run = { ...runLine.run, command };
    const [one] = buildReport({ header: { ...journal.header, run }, results: [], lostLines: 0 }).cases;
    expect(one?.verdict).toMatchObject({ remedy: `Run again with --failed-in ${folder}.` });
  }
});
