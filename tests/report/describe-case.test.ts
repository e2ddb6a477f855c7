/** The command lines that show a departure again. */
import { expect, test } from 'vitest';
import { htmlReporter } from '../../reporters/html.ts';
import { markdownReporter } from '../../reporters/markdown.ts';
import { renderTerminal } from '../../reporters/terminal.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { describeCase } from '../../src/report/describe-case.ts';
import { fixedRecord } from '../reporters/fixed-record.ts';

const tail = 'the-end-of-it';
const record: RunRecord = {
  ...fixedRecord,
  evidence: (id) =>
    fixedRecord
      .evidence(id)
      .map((one) => ({ ...one, request: { ...one.request, body: `"${'x'.repeat(5_000)}${tail}"` } })),
};
const failed = record.report.cases.filter(({ verdict: { is } }) => is === 'fail');

test('a long command line is whole, and short where lines have to be', () => {
  const repeats = failed.flatMap((one) => describeCase(record, one).repeats);
  expect(repeats.length).toBeGreaterThan(0);
  for (const { curl, shortCurl } of repeats) {
    expect(curl).toContain(tail);
    expect(shortCurl).toMatch(/… \(\d+ more characters\), in full in report\.html$/);
    expect(shortCurl.length).toBeLessThan(700);
  }
});

test('a short one is the same in both', () => {
  const repeats = failed
    .flatMap((one) => describeCase(fixedRecord, one).repeats)
    .filter(({ curl }) => curl.length < 600);
  expect(repeats.length).toBeGreaterThan(0);
  for (const { curl, shortCurl } of repeats) expect(shortCurl).toBe(curl);
});

test('Markdown and terminal have it short, the page whole', () => {
  const page = htmlReporter.render(record)[0]?.text;
  expect(page).toContain(tail);
  for (const text of [
    markdownReporter.render(record)[0]?.text,
    renderTerminal(record, { width: 120, colours: false }),
  ]) {
    expect(text).not.toContain(tail);
    expect(text).toContain('in full in report.html');
  }
});
