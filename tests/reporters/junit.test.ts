import { describe, expect, it } from 'vitest';
import { junitReporter } from '../../reporters/junit.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { countVerdicts } from '../../src/report/tally.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';
import { hostile } from './hostile.ts';
import { deviationsOf, parseXml, type Element } from './junit-form.ts';

const xml = junitReporter.render(fixedRecord)[0]?.text ?? '';
const root = parseXml(xml);
const suites = root.children;
const testcases = suites.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));

function outcomeOf(id: string): Element | undefined {
  const found = testcases.find(({ attributes }) => attributes.name === id);
  return found?.children.find(({ name }) => name !== 'system-out');
}

function outputOf(id: string): readonly string[] {
  const found = testcases.find(({ attributes }) => attributes.name === id);
  return found?.children.find(({ name }) => name === 'system-out')?.text.split('\n') ?? [];
}

/** The fixed run with the same text wherever a target, a profile or a reference may have put it. */
function filledWith(text: string): RunRecord {
  const { header } = fixedJournal;
  const clauses = header.clauses.map((clause) => ({
    ...clause,
    statement: text,
    source: { ...clause.source, file: text, section: text },
  }));
  return recordOf({ ...fixedJournal, header: { ...header, target: { ...header.target, name: text }, clauses } });
}

describe('junit.xml', () => {
  it('has the elements and attributes that CI systems read, and no others', () => {
    expect(root.name).toBe('testsuites');
    expect(deviationsOf(root)).toEqual([]);
  });

  it.each<readonly [string, (xml: string) => string, string]>([
    ['an attribute too much', (text) => text.replace('<testcase ', '<testcase file="a" '), '<testcase> has file'],
    [
      'a missing attribute',
      (text) => text.replace(/(<testsuite [^>]*?) failures="\d+"/, '$1'),
      '<testsuite> has no failures',
    ],
    [
      'an element too much',
      (text) => text.replace('<system-out>', '<properties/>$&'),
      '<testcase> contains <properties>',
    ],
    [
      'another order',
      (text) => text.replace(/(<skipped[^>]*\/>)(\s*)(<system-out>[^]*?<\/system-out>)/, '$3$1'),
      '<testcase> is out of order',
    ],
    ['a time in words', (text) => text.replace(/time="[\d.]+"/, 'time="1 s"'), '<testsuites> has time="1 s"'],
  ])('would be found out with %s', (_, change, deviation) => {
    const changed = change(xml);
    expect(changed).not.toBe(xml);
    expect(deviationsOf(parseXml(changed))).toContain(deviation);
  });

  it('counts its cases, failures and errors', () => {
    const count = (elements: readonly Element[], name: string): number =>
      elements.filter(({ children }) => children.some((child) => child.name === name)).length;
    for (const { attributes, children } of suites) {
      const cases = children.filter(({ name }) => name === 'testcase');
      expect(attributes).toMatchObject({
        tests: String(cases.length),
        failures: String(count(cases, 'failure')),
        errors: String(count(cases, 'error')),
        skipped: String(count(cases, 'skipped')),
      });
    }
    expect(root.attributes).toMatchObject({ tests: String(testcases.length), failures: '5', errors: '1' });
  });

  it('has every case once, in the suite of its operation', () => {
    expect(testcases.map(({ attributes }) => attributes.name)).toEqual(fixedRecord.report.cases.map(({ id }) => id));
    for (const { attributes, children } of suites) {
      for (const { attributes: own } of children.filter(({ name }) => name === 'testcase')) {
        expect(own.classname).toBe(attributes.name);
      }
    }
  });

  it.each([
    ['fail', 'failure'],
    ['error', 'error'],
    ['unstable', 'skipped'],
    ['inconclusive', 'skipped'],
    ['waived', 'skipped'],
    ['not-attempted', 'skipped'],
    ['not-applicable', 'skipped'],
    ['warn', undefined],
    ['pass', undefined],
  ])('reports %s as %s', (kind, element) => {
    const cases = fixedRecord.report.cases.filter(({ verdict }) => verdict.is === kind);
    expect(cases.length).toBeGreaterThan(0);
    for (const { id } of cases) expect(outcomeOf(id)?.name).toBe(element);
  });

  it('has the reason of a skipped case as message only: a text would repeat it thousands of times', () => {
    const skipped = outcomeOf('compute/update-volume-attachment#refuses-reader@2.85');
    const reason = 'not attempted: The clause needs the identity reader, which was not given. Give --os-reader-cloud.';
    expect(skipped?.attributes.message).toBe(reason);
    expect(skipped?.text).toBe('');
  });

  it('lists the facts of a case in its output', () => {
    expect(outputOf('compute/attach-volume#echoes-tag@2.70').slice(0, -1)).toEqual([
      'statement=The answer MUST repeat the tag sent in the request.',
      'source=specs/compute/os-volume-attachments.inc:53',
      'identities=member',
      'verdict=fail',
      'unconfirmed=Not run again.',
      expect.stringMatching(/^evidence=evidence\/compute\/attach-volume\.ndjson:\d+$/),
    ]);
  });

  it('names the text of the reference that a suite is about', () => {
    for (const { attributes } of suites) expect(attributes.file).toBe('specs/compute/os-volume-attachments.inc');
  });

  it('has warnings, and a command for each deviation, in the output of the case', () => {
    const kinds = ['fail', 'warn', 'waived'];
    const deviating = fixedRecord.report.cases.filter(({ verdict }) => kinds.includes(verdict.is));
    for (const { id } of deviating) {
      expect(outputOf(id).join('\n')).toMatch(/^As \w+: curl -sS -i .*"x-auth-token: \$OS_TOKEN"/m);
    }
    expect(outputOf('compute/list-volume-attachments#limits@2.104').join('\n')).toContain('returned 500 where the');
  });

  it.each(Object.entries(hostile))('stays well-formed and in form with %s in any place', (_, text) => {
    const rendered = junitReporter.render(filledWith(text))[0]?.text ?? '';
    expect(deviationsOf(parseXml(rendered))).toEqual([]);
    expect(rendered).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  });

  it('contains no instruction for GitLab to attach a file', () => {
    expect(xml).not.toContain('[[ATTACHMENT');
  });

  it('counts as many of each verdict as the report', () => {
    const kinds = countVerdicts(fixedRecord.report.cases.map(({ verdict }) => verdict.is));
    expect(fixedRecord.report.counts.cases).toEqual(kinds);
  });
});
