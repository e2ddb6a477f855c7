/** Loads a reporter of the operator's own: the module that `--reporter ./FILE` names. */
import type { Reporter, ReportFile, RunRecord } from '../../src/report/record.ts';
import { isObject } from '../../src/report/guards.ts';
import { printable } from '../../src/report/printable.ts';
import { UsageError } from '../errors.ts';
import { importModule } from './import-module.ts';

/** What run folders have already begins like these. */
const taken: ReadonlySet<string> = new Set(
  'allure allure-results badge contract debug diff evidence har html journal json junit ledger manifest markdown report sarif statement summary traffic'.split(
    ' ',
  ),
);

export function isModule(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

/** @throws UsageError, in one sentence */
export async function loadReporter(file: string): Promise<Reporter> {
  const value = (await importModule('--reporter', file)).default;
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.render !== 'function')
    throw new UsageError(`--reporter ${file} exports no reporter; write export default { id, summary, render }.`);
  const { id } = value;
  if (!/^[a-z][a-z0-9-]*$/.test(id) || taken.has(id))
    throw new UsageError(
      `--reporter ${file} calls itself ${JSON.stringify(id)}; write lower-case letters, digits and dashes, and no name that a run folder has already.`,
    );
  return careful(value as unknown as Reporter);
}

/** It may break, and nothing but its own file is lost then; its files carry its name, so that they replace no other. */
function careful(reporter: Reporter): Reporter {
  const { id } = reporter;
  const render = (record: RunRecord): readonly ReportFile[] => {
    try {
      return checked(id, reporter.render(record));
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The reporter ${id} wrote nothing: ${printable(told, 500)}\n`);
      return [];
    }
  };
  return { id, summary: String(reporter.summary ?? id), render };
}

/** @throws Error */
function checked(id: string, files: unknown): readonly ReportFile[] {
  if (!Array.isArray(files)) throw new Error('render returns no list of { path, text }.');
  return files.map((file: unknown) => {
    const { path, text } = isObject(file) ? file : {};
    if (typeof path !== 'string' || typeof text !== 'string')
      throw new Error('render returns no list of { path, text }.');
    const isOwn = path.startsWith(`${id}.`) || path.startsWith(`${id}-`) || path.startsWith(`${id}/`);
    if (!isOwn || path.includes('\\') || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`${path} is no name for a file of its own; write ${id}.txt, or ${id}/FILE.`);
    return { path, text };
  });
}
