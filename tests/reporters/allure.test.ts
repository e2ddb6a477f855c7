import { Stage, type Attachment, type StepResult, type TestResult } from 'allure-js-commons';
import type { Category } from 'allure-js-commons/sdk';
import { parseEnvInfo } from 'allure-js-commons/sdk/reporter';
import { describe, expect, it, vi } from 'vitest';
import { allureReporter } from '../../reporters/allure.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';

const files = filesOf(fixedRecord);
const results = resultsIn(files);

function filesOf(record: RunRecord): ReadonlyMap<string, string> {
  return new Map(allureReporter.render(record).map(({ path, text }) => [path.replace('allure-results/', ''), text]));
}

function resultsIn(all: ReadonlyMap<string, string>): readonly TestResult[] {
  return [...all].flatMap(([name, text]) => (name.endsWith('-result.json') ? [JSON.parse(text) as TestResult] : []));
}

function resultOf(id: string): TestResult | undefined {
  return results.find(({ fullName }) => fullName === id);
}

function attachmentsOf({ attachments, steps }: StepResult | TestResult): readonly Attachment[] {
  return [...attachments, ...steps.flatMap(attachmentsOf)];
}

describe('allure-results', () => {
  it('have every case once, each in its own file', () => {
    expect(results.map(({ fullName }) => fullName)).toEqual(fixedRecord.report.cases.map(({ id }) => id));
    for (const { uuid } of results) expect(files.has(`${uuid}-result.json`)).toBe(true);
  });

  it('give each result what Allure needs to show it', () => {
    for (const result of results) {
      expect(result).toMatchObject({
        uuid: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as unknown,
        historyId: expect.stringMatching(/^[\da-f]{32}$/) as unknown,
        testCaseId: expect.stringMatching(/^[\da-f]{32}$/) as unknown,
        name: expect.stringMatching(/\[\d+\.\d+\]$/) as unknown,
        stage: Stage.FINISHED,
      });
      expect(result.stop).toBeGreaterThanOrEqual(result.start ?? Infinity);
    }
  });

  it.each([
    ['pass', 'passed', undefined],
    ['warn', 'passed', 'Warnings: a SHOULD was violated'],
    ['fail', 'failed', 'Failed'],
    ['error', 'broken', 'Errors of the harness or the network'],
    ['unstable', 'broken', 'Unstable: failed, and passed when run again alone'],
    ['inconclusive', 'broken', 'Inconclusive: the precondition could not be reached'],
    ['waived', 'skipped', 'Waived: known failures'],
    ['not-attempted', 'skipped', 'Not attempted'],
    ['not-applicable', 'skipped', 'Not applicable'],
  ])('report %s as %s, in the category %s', (kind, status, category) => {
    const categories = JSON.parse(files.get('categories.json') ?? '') as readonly Category[];
    const cases = fixedRecord.report.cases.filter(({ verdict }) => verdict.is === kind);
    expect(cases.length).toBeGreaterThan(0);
    for (const { id } of cases) {
      const result = resultOf(id);
      expect(result?.status).toBe(status);
      const fitting = categories.filter(
        ({ messageRegex, matchedStatuses }) =>
          matchedStatuses?.some((one) => one === result?.status) &&
          new RegExp(`^(?:${String(messageRegex)})$`).test(result?.statusDetails.message ?? ''),
      );
      expect(fitting.map(({ name }) => name)).toEqual(category === undefined ? [] : [category]);
    }
  });

  it('keep the reason of what was not run', () => {
    expect(resultOf('compute/update-volume-attachment#refuses-reader@2.85')?.statusDetails.message).toBe(
      'not-attempted: The clause needs the identity reader, which was not given. Give --os-reader-cloud.',
    );
  });

  it('group by service, operation and clause, and weigh by level', () => {
    const labels = resultOf('compute/list-volume-attachments#limits@2.104')?.labels ?? [];
    const named = (name: string): readonly string[] =>
      labels.filter((one) => one.name === name).map(({ value }) => value);
    expect(named('epic')).toEqual(['compute']);
    expect(named('feature')).toEqual(['compute/list-volume-attachments']);
    expect(named('story')).toEqual(['compute/list-volume-attachments#limits']);
    expect(named('severity')).toEqual(['normal']);
    expect(named('tag')).toEqual(['devstack', '2.104', 'member', 'warn']);
    expect(named('framework')).toEqual(['vitest']);
  });

  it('have the exchanges as steps, attached for cases that did not pass', () => {
    const result = resultOf('compute/attach-volume#becomes-in-use@2.1');
    expect(result?.steps.map(({ name = '' }) => name.split(' ').slice(0, 2).join(' '))).toEqual(['x4 POST', 'x6 GET']);
    expect(result && attachmentsOf(result)).toHaveLength(2);
  });

  it('have every file that an attachment names, and no other', () => {
    const named = new Set(results.flatMap(attachmentsOf).map(({ source }) => source));
    expect([...files.keys()].filter((name) => name.endsWith('-attachment.json')).sort()).toEqual([...named].sort());
  });

  it('keep the history of a case from run to run, under another id', () => {
    const { header } = fixedJournal;
    const later = resultsIn(
      filesOf(recordOf({ ...fixedJournal, header: { ...header, run: { ...header.run, name: 'osc-other' } } })),
    );
    expect(later.map(({ historyId }) => historyId)).toEqual(results.map(({ historyId }) => historyId));
    expect(new Set([...later, ...results].map(({ uuid }) => uuid)).size).toBe(2 * results.length);
  });

  it('keep the cases of two targets apart, in history and labels', () => {
    const { header } = fixedJournal;
    const target = { ...header.target, name: 'another cloud' };
    const other = resultsIn(filesOf(recordOf({ ...fixedJournal, header: { ...header, target } })));
    expect(other.map(({ testCaseId }) => testCaseId)).toEqual(results.map(({ testCaseId }) => testCaseId));
    const histories = [...other, ...results].map(({ historyId }) => historyId);
    expect(new Set(histories).size).toBe(2 * results.length);
    expect(other[0]?.labels).toContainEqual({ name: 'host', value: 'another cloud' });
    expect(other[0]?.parameters).toContainEqual(expect.objectContaining({ name: 'target', value: 'another cloud' }));
  });

  it('take nothing from clock, chance, folder or environment', () => {
    vi.stubEnv('ALLURE_LABEL_epic', 'elsewhere');
    vi.stubEnv('ALLURE_HOST_NAME', 'elsewhere');
    vi.useFakeTimers({ now: 0 });
    const again = filesOf(fixedRecord);
    vi.useRealTimers();
    vi.unstubAllEnvs();
    expect(again).toEqual(files);
  });

  it('say where the run was', () => {
    expect(parseEnvInfo(files.get('environment.properties') ?? '')).toMatchObject({
      run: 'osc-7f3a91',
      target: 'devstack',
      microversions: '2.1-2.104',
      verdict: 'non-conformant',
    });
  });
});
