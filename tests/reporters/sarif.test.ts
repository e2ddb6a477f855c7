import type { Log, Result } from 'sarif';
import { describe, expect, it, test } from 'vitest';
import { sarifReporter } from '../../reporters/sarif.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { hostileRecord } from './hostile-journal.ts';
import { uriOf } from '../../reporters/sarif/uri.ts';
import { sarifDeviations } from './sarif-form.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';

function read(record: RunRecord): Log {
  return JSON.parse(sarifReporter.render(record)[0]?.text ?? '') as Log;
}

const [run] = read(fixedRecord).runs;
const results = run?.results ?? [];

function resultOf(clause: string, level?: Result['level']): Result | undefined {
  return results.find(({ ruleId, level: own }) => ruleId === clause && (level === undefined || own === level));
}

test.each([
  ['a b/ü.inc', 'a%20b/%C3%BC.inc'],
  ['whole \u{1F600}', 'whole%20%F0%9F%98%80'],
  ['half \ud83d', 'half%20%EF%BF%BD'],
])('the path %j has the URI %s', (path, uri) => {
  expect(uriOf(path)).toBe(uri);
});

describe('report.sarif', () => {
  it('is one run of SARIF 2.1.0 by this tool', () => {
    const log = read(fixedRecord);
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/^https:/) as unknown });
    expect(log.runs).toHaveLength(1);
    expect(run?.tool.driver).toMatchObject({ name: 'openstack-conformance', version: '0.1.0' });
  });

  it.each([
    ['the fixed run', fixedRecord],
    ['a run in which every string is hostile', hostileRecord()],
  ])('has for %s all members that SARIF asks for, with values that it allows, and no others', (_, record) => {
    expect(sarifDeviations(read(record))).toEqual([]);
  });

  it.each<readonly [string, unknown, string]>([
    ['another version', { version: '2.0.0', runs: [] }, '/version: 2.0.0 is none of 2.1.0'],
    [
      'a tool without a name',
      { version: '2.1.0', runs: [{ tool: { driver: {} } }] },
      '/runs/0/tool/driver: name is missing',
    ],
    [
      'a result without a message',
      { version: '2.1.0', runs: [{ tool: { driver: { name: 'a' } }, results: [{ ruleId: 'b' }] }] },
      '/runs/0/results/0: message is missing',
    ],
  ])('is checked against a form that refuses %s', (_, log, deviation) => {
    expect(sarifDeviations(log)).toEqual([deviation]);
  });

  it('describes every clause once, with its statement, level and help', () => {
    const { rules = [] } = run?.tool.driver ?? {};
    const deviating = new Set((run?.results ?? []).map(({ ruleId }) => ruleId));
    expect(rules.map(({ id }) => id)).toEqual(
      fixedRecord.report.clauses.map(({ id }) => id).filter((id) => deviating.has(id)),
    );
    for (const { shortDescription, help, defaultConfiguration, properties } of rules) {
      expect(shortDescription?.text).toMatch(/\.$/);
      expect(help?.text).toContain('os-volume-attachments.inc');
      const binding = String(properties?.level).startsWith('MUST');
      expect(defaultConfiguration?.level).toBe(binding ? 'error' : 'warning');
    }
  });

  it('has a result for each clause that failed, warned, was waived or was unstable, and no other', () => {
    const deviating = fixedRecord.report.clauses.flatMap(({ id }) =>
      ['fail', 'warn', 'waived', 'unstable']
        .filter((kind) => fixedRecord.report.cases.some(({ clause, verdict }) => clause === id && verdict.is === kind))
        .map(() => id),
    );
    expect(results.map(({ ruleId }) => ruleId)).toEqual(deviating);
    for (const { ruleId, ruleIndex } of results) {
      expect(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
    }
  });

  it.each([
    ['compute/attach-volume#echoes-tag', 'error', 0],
    ['compute/list-volume-attachments#limits', 'warning', 0],
    ['compute/update-volume-attachment#no-body', 'error', 1],
  ] as const)('reports %s as %s with %i suppressions', (clause, level, suppressions) => {
    const found = resultOf(clause);
    expect(found?.level).toBe(level);
    expect(found?.suppressions ?? []).toHaveLength(suppressions);
  });

  it('asks for a review of what was unstable, which is no failure', () => {
    const [unstable] = results.filter(({ kind }) => kind === 'review');
    expect(unstable).toMatchObject({ ruleId: 'compute/update-volume-attachment#negotiates', level: 'none' });
    expect(unstable?.message.text).toContain('passed when it was run again alone');
  });

  it('points at a line of the specs, relative to the package', () => {
    const { artifactLocation, region } = resultOf('compute/attach-volume#body')?.locations?.[0]?.physicalLocation ?? {};
    expect(artifactLocation).toEqual({ uri: 'compute/os-volume-attachments.inc', uriBaseId: 'SPECS' });
    expect(region).toEqual({ startLine: 53 });
    expect(run?.originalUriBaseIds?.SPECS).toMatchObject({ uri: 'specs/', uriBaseId: 'PACKAGE' });
    expect(Object.keys(run?.originalUriBaseIds ?? {})).toContain('PACKAGE');
  });

  it('keeps the fingerprint of a deviation between runs, and has another one for another target', () => {
    const { header } = fixedJournal;
    const marks = (record: RunRecord): readonly unknown[] =>
      (read(record).runs[0]?.results ?? []).map(({ partialFingerprints }) => partialFingerprints);
    const later = recordOf({ ...fixedJournal, header: { ...header, run: { ...header.run, name: 'osc-other' } } });
    const elsewhere = recordOf({ ...fixedJournal, header: { ...header, target: { ...header.target, name: 'b' } } });
    expect(marks(later)).toEqual(marks(fixedRecord));
    expect(marks(elsewhere)).not.toEqual(marks(fixedRecord));
    expect(new Set(marks(fixedRecord).map((mark) => JSON.stringify(mark))).size).toBe(results.length);
  });

  it('says when the run was, how it was called and how it ended', () => {
    expect(run?.invocations).toEqual([
      {
        executionSuccessful: true,
        startTimeUtc: '2026-03-01T10:00:00.000Z',
        endTimeUtc: '2026-03-01T10:01:32.000Z',
        arguments: ['run', '--target', 'devstack'],
      },
    ]);
  });

  it('says that a killed run was not successful', () => {
    const { header, results: lines, lostLines } = fixedJournal;
    const [killed] = read(recordOf({ header, results: lines, lostLines })).runs;
    expect(killed?.invocations?.[0]?.executionSuccessful).toBe(false);
  });
});
