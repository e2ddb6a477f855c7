import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { junitReporter } from '../../reporters/junit.ts';
import { countVerdicts } from '../../src/report/tally.ts';
import { fixedRecord, recordOf, fixedJournal } from './fixed-record.ts';
import { hostile } from './hostile.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict XML 1.0 parser; it throws at the first character that is not well-formed. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
}

const xml = junitReporter.render(fixedRecord)[0]?.text ?? '';
const root = parse(xml);
const suites = root.children;
const testcases = suites.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));

function outcomeOf(id: string): Element | undefined {
  const found = testcases.find(({ attributes }) => attributes.name === id);
  return found?.children.find(({ name }) => name !== 'properties');
}

/** What the XSD of Jenkins and those before it agree on. */
const allowed: Readonly<
  Record<string, { attributes: readonly string[]; required: readonly string[]; children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], required: [], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'id', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname'],
    required: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname'],
    children: ['properties', 'testcase'],
  },
  testcase: {
    attributes: ['name', 'classname', 'time'],
    required: ['name', 'classname', 'time'],
    children: ['properties', 'skipped', 'error', 'failure', 'system-out'],
  },
  properties: { attributes: [], required: [], children: ['property'] },
  property: { attributes: ['name', 'value'], required: ['name', 'value'], children: [] },
  failure: { attributes: ['message', 'type'], required: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], required: ['message', 'type'], children: [] },
  skipped: { attributes: ['message'], required: ['message'], children: [] },
  'system-out': { attributes: [], required: [], children: [] },
};

function expectAllowed({ name, attributes, children, text }: Element): void {
  const rules = allowed[name];
  expect(rules, name).toBeDefined();
  const names = Object.keys(attributes);
  expect(names.filter((key) => !rules?.attributes.includes(key))).toEqual([]);
  expect(rules?.required.filter((key) => !names.includes(key))).toEqual([]);
  expect(children.filter((child) => !rules?.children.includes(child.name))).toEqual([]);
  if (children.length > 0) expect(text.trim()).toBe('');
  for (const key of ['tests', 'failures', 'errors', 'skipped', 'id']) expect(attributes[key] ?? '0').toMatch(/^\d+$/);
  expect(attributes.time ?? '0.000').toMatch(/^\d+\.\d{3}$/);
  expect(attributes.timestamp ?? '2026-01-01T00:00:00').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  children.forEach(expectAllowed);
}

describe('junit.xml', () => {
  it('has the elements and attributes that CI systems read, and no others', () => {
    expect(root.name).toBe('testsuites');
    expectAllowed(root);
  });

  it('counts what it holds', () => {
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

  it('holds every case once, in a suite of its operation', () => {
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
    ['inconclusive', 'skipped'],
    ['waived', 'skipped'],
    ['not-attempted', 'skipped'],
    ['not-applicable', 'skipped'],
    ['warn', 'system-out'],
    ['pass', undefined],
  ])('tells %s as %s', (kind, element) => {
    const cases = fixedRecord.report.cases.filter(({ verdict }) => verdict.is === kind);
    expect(cases.length).toBeGreaterThan(0);
    for (const { id } of cases) expect(outcomeOf(id)?.name).toBe(element);
  });

  it('keeps the reason of a skipped case as message and as text', () => {
    const skipped = outcomeOf('compute/update-volume-attachment#refuses-reader@2.85');
    const reason = 'not attempted: The clause needs the identity reader, which was not given. Give --os-reader-cloud.';
    expect(skipped?.attributes.message).toBe(reason);
    expect(skipped?.text).toBe(reason);
  });

  it('tells clause, source and place of a case as properties', () => {
    const found = testcases.find(({ attributes }) => attributes.name?.endsWith('#echoes-tag@2.70'));
    const properties = found?.children.find(({ name }) => name === 'properties')?.children ?? [];
    expect(Object.fromEntries(properties.map(({ attributes }) => [attributes.name, attributes.value]))).toEqual({
      clause: 'compute/attach-volume#echoes-tag',
      statement: 'The answer MUST repeat the tag sent in the request.',
      level: 'MUST',
      source: 'os-volume-attachments.inc:53',
      microversion: '2.70',
      identities: 'member',
      verdict: 'fail',
      evidence: 'evidence/compute_attach-volume#echoes-tag@2.70.json',
    });
  });

  it('gives each failure a command line', () => {
    const failures = testcases.flatMap(({ children }) => children.filter(({ name }) => name === 'failure'));
    for (const { text } of failures) expect(text).toMatch(/^As \w+: curl -sS -i .*"x-auth-token: \$OS_TOKEN"/m);
  });

  it('stays well-formed with any text in any place', () => {
    for (const text of Object.values(hostile)) {
      const journal = JSON.parse(JSON.stringify(fixedJournal).replaceAll('devstack', '@')) as typeof fixedJournal;
      const { header } = journal;
      const clauses = header.clauses.map((clause) => ({
        ...clause,
        statement: text,
        source: { ...clause.source, file: text },
      }));
      const record = recordOf({ ...journal, header: { ...header, target: { ...header.target, name: text }, clauses } });
      expect(() => parse(junitReporter.render(record)[0]?.text ?? '')).not.toThrow();
    }
  });

  it('orders GitLab to fetch no file', () => {
    expect(xml).not.toContain('[[ATTACHMENT');
  });

  it('counts as many of each verdict as the report', () => {
    const kinds = countVerdicts(fixedRecord.report.cases.map(({ verdict }) => verdict.is));
    expect(fixedRecord.report.counts.cases).toEqual(kinds);
  });
});
