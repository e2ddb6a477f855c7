/** Compares two run folders and prints the difference. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDiffPage } from '../../reporters/run-diff/markdown.ts';
import { renderDiff } from '../../reporters/run-diff/terminal.ts';
import { notComparable } from '../../src/report/run-diff/comparable.ts';
import { compareRuns } from '../../src/report/run-diff/compare-runs.ts';
import type { RunDiff } from '../../src/records/diff.ts';
import { parseJournal } from '../../src/report/parse-journal.ts';
import { UsageError } from '../errors.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { terminalStyle } from '../terminal-style.ts';

/** @throws UsageError when they cannot be compared */
export function compareFolders(before: string, after: string): RunDiff {
  for (const folder of [before, after]) refuseDamaged(folder);
  const [was, is] = [openRunFolder(before).read(), openRunFolder(after).read()];
  const refusal = notComparable({ from: before, report: was.report }, { from: after, report: is.report });
  if (refusal !== undefined) throw new UsageError(refusal);
  return compareRuns(was, is);
}

/** A journal that a kill cut short is usable; one with unreadable lines may lack results. @throws UsageError */
export function refuseDamaged(folder: string): void {
  const file = join(folder, 'journal.ndjson');
  if (!existsSync(file)) throw new UsageError(`${folder} is not a run folder: it has no journal.ndjson.`);
  const { diagnostics } = parseJournal(readFileSync(file, 'utf8'), file);
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  if (!first) return;
  throw new UsageError(
    `${file} is damaged, so that results may be missing: line ${first.at.line}: ${first.message}. Restore the file, or run again.`,
  );
}

export type DiffFormat = 'text' | 'json' | 'markdown';

export function formatRunDiff(diff: RunDiff, format: DiffFormat): string {
  if (format === 'json') return diffJson(diff);
  if (format === 'markdown') return renderDiffPage(diff);
  return renderDiff(diff, terminalStyle());
}

export function diffJson(diff: RunDiff): string {
  return `${JSON.stringify(diff, undefined, 2)}\n`;
}
