import { expect, it } from 'vitest';
import { jsonReporter } from '../../reporters/json.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { RunReport } from '../../src/records/report.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import { publishedSchema } from '../records/published-schema.ts';

function rendered(report: RunReport): string {
  return jsonReporter.render({ report, evidence: () => [] })[0]?.text ?? '';
}

/** The same value with every object's keys the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(
    entries.map(([key, member]) => [
      key,
      key === 'seen' || key === 'expected' ? (member as unknown) : reversed(member),
    ]),
  );
}

it('is valid under the schema that ships with the package', () => {
  const validate = publishedSchema('report');
  const { header, results } = fixedJournal;
  const killed = buildReport({ header, results: results.slice(0, 3), lostLines: 1 });
  const conformant = buildReport({
    ...fixedJournal,
    inventories: [],
    header: { ...header, clauses: header.clauses.slice(0, 2), cases: header.cases.slice(0, 3) },
    footer: {
      ...(fixedJournal.footer ?? { line: 'end', finishedAt: '', durationMs: 0, cost: killed.cost }),
      ended: 'completed',
      leaks: [],
    },
  });
  expect([fixedRecord.report.verdict, killed.verdict, conformant.verdict]).toEqual([
    'non-conformant',
    'partial',
    'conformant',
  ]);
  for (const report of [fixedRecord.report, killed, conformant]) {
    validate(JSON.parse(rendered(report)));
    expect(validate.errors).toBeNull();
  }
});

it('has the whole record', () => {
  expect(JSON.parse(rendered(fixedRecord.report))).toEqual(JSON.parse(JSON.stringify(fixedRecord.report)));
});

it('has its keys in one order, whatever the order in memory', () => {
  expect(rendered(reversed(fixedRecord.report) as RunReport)).toBe(rendered(fixedRecord.report));
});

it('ends with a newline', () => {
  expect(rendered(recordOf(fixedJournal).report)).toMatch(/\}\n$/);
});
