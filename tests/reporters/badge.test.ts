import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { badgeColours, badgeReporter } from '../../reporters/badge.ts';
import type { RunReport } from '../../src/records/report.ts';
import { countVerdicts } from '../../src/report/tally.ts';
import { fixedRecord } from './fixed-record.ts';

function badge(more: Partial<RunReport> = {}): string {
  return badgeReporter.render({ ...fixedRecord, report: { ...fixedRecord.report, ...more } })[0]?.text ?? '';
}

function titleOf(svg: string): string {
  let title = '';
  let open = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => (open = name));
  parser.on('text', (text) => void (open === 'title' && (title += text)));
  parser.on('closetag', () => (open = ''));
  parser.write(svg).close();
  return title;
}

it.each<readonly [string, Partial<RunReport>]>([
  ['OpenStack API: non-conformant, 4 failed, 3 passed, 1 waived, 1 not decided', {}],
  ['OpenStack API: conformant, 2 passed', { verdict: 'conformant', counts: counts('pass', 'warn') }],
  ['OpenStack API: passed, 1 passed, 1 waived', { verdict: 'passed', counts: counts('pass', 'waived') }],
  ['OpenStack API: passed, 499 of 538 clauses, 1 passed', { ...passed(499, 1483) }],
  ['OpenStack API: passed, 600 of 1483 cases, 1 passed', { ...passed(538, 600) }],
  [
    'OpenStack API: partial, vacuous, 1 not decided',
    { verdict: 'partial', vacuous: 'Nothing.', counts: counts('error') },
  ],
])('says %s', (title, more) => {
  expect(titleOf(badge(more))).toBe(title);
});

it('draws nothing from elsewhere and runs nothing', () => {
  expect(badge()).not.toMatch(/<script|href|url\(|@import|\son\w+=/);
});

it.each(Object.entries(badgeColours))('%s has a contrast of at least 4.5 to white', (_, colour) => {
  expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5);
});

function passed(clauses: number, cases: number): Partial<RunReport> {
  const { scope } = fixedRecord.report;
  if (!scope) throw new Error('The fixed record has no scope');
  const shares = { clauses: { selected: clauses, total: 538 }, cases: { selected: cases, total: 1483 } };
  return { verdict: 'passed', counts: counts('pass'), scope: { ...scope, ...shares, complete: false } };
}

function counts(...kinds: Parameters<typeof countVerdicts>[0]): RunReport['counts'] {
  return { clauses: countVerdicts(kinds), cases: countVerdicts(kinds) };
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
