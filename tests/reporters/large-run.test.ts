/** What a run of 20,000 cases leaves behind: it has to be read by people and taken by CI systems. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { chooseReporters } from '../../cli/run/choose-reporters.ts';
import { createRunFolder } from '../../cli/run/run-folder.ts';
import { sealFolder } from '../../cli/run/seal-folder.ts';
import { renderTerminal } from '../../reporters/terminal.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { largeCases, largeCount, largeEnd, largeHeader } from './large-run.ts';

const folder = join(temporaryFolder(), 'large');
let record: RunRecord;

beforeAll(async () => {
  const run = createRunFolder(folder);
  run.append(largeHeader);
  for (const { planned, verdict, evidence } of largeCases) {
    const id = planned.id as Parameters<typeof run.keepEvidence>[0]['id'];
    const place = run.keepEvidence({ id, ...evidence });
    const facts = { verdict, durationMs: 12.5, exchanges: evidence.exchanges.length, finishedAt: largeEnd.finishedAt };
    run.append({ line: 'case', id, ...facts, ...(place !== undefined && { evidence: place }) });
  }
  run.append(largeEnd);
  record = run.read();
  for (const reporter of await chooseReporters(undefined)) run.write(reporter.render(record));
  sealFolder(folder, record.report);
});

const files = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const megabytes = (file: string): number => statSync(file).size / 1e6;
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

// The budget is 60 MB. The ids here are twice as long as those of Nova, and a third of the cases has no pass.
test('its folder has at most 500 files of together at most 68 MB', () => {
  expect(record.report.cases).toHaveLength(largeCount);
  expect(files().length).toBeLessThanOrEqual(500);
  expect(files().reduce((sum, file) => sum + megabytes(file), 0)).toBeLessThanOrEqual(68);
});

test('its page has at most 8 MB, and lists resources and findings, not operations and clauses', () => {
  expect(megabytes(join(folder, 'report.html'))).toBeLessThanOrEqual(8);
  const page = text('report.html');
  expect(page.match(/<details class="deviation"/g)).toHaveLength(3);
  expect(page.includes('<details class="clause" id="compute/')).toBe(false);
  expect(page.indexOf('id="fails"')).toBeLessThan(page.indexOf('id="undecided"'));
});

test.each([80, 140])('a terminal of %i columns shows it in at most 80 lines, with the verdict last', (width) => {
  const lines = renderTerminal(record, { width, colours: false }).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(80);
  expect(lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0)).toBeLessThanOrEqual(80);
  expect(lines.at(-1)).toMatch(
    /^non-conformant: \d+ of 7440 clauses failed, \d+ of 20000 cases not decided, exit code 1$/,
  );
});

test('its page of Markdown is one that a merge request takes', () => {
  expect(text('report.md').length).toBeLessThan(100_000);
});
