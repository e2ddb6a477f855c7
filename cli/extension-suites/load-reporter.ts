/** Loads a reporter of the user: the module that `--reporter ./FILE` names. */
import type { Reporter, ReportFile, RunRecord } from '../../src/report/record.ts';
import { isObject } from '../../src/json.ts';
import { printable } from '../../src/report/printable.ts';
import { UsageError } from '../errors.ts';
import { importModule } from './import-module.ts';

/** Files of a run folder begin with these names. */
const reserved: ReadonlySet<string> = new Set(
  'allure allure-results badge contract debug diff evidence har html journal json junit ledger manifest markdown report sarif statement summary traffic'.split(
    ' ',
  ),
);

export function isModule(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

/** @throws UsageError */
export async function loadReporter(file: string): Promise<Reporter> {
  const value = (await importModule('--reporter', file)).default;
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.render !== 'function')
    throw new UsageError(
      `--reporter ${file} does not export a reporter. Write export default { id, summary, render }.`,
    );
  const { id } = value;
  if (!/^[a-z][a-z0-9-]*$/.test(id) || reserved.has(id))
    throw new UsageError(
      `--reporter ${file} has the id ${JSON.stringify(id)}. Use lower-case letters, digits and dashes, and no name of a file in a run folder.`,
    );
  return isolated(value as unknown as Reporter);
}

/** If it fails, only its own files are missing; they carry its id, so that they replace no others. */
function isolated(reporter: Reporter): Reporter {
  const { id } = reporter;
  const render = (record: RunRecord): readonly ReportFile[] => {
    try {
      return checked(id, reporter.render(record));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The reporter ${id} wrote nothing: ${printable(reason, 500)}\n`);
      return [];
    }
  };
  return { id, summary: String(reporter.summary ?? id), render };
}

/** @throws Error */
function checked(id: string, files: unknown): readonly ReportFile[] {
  if (!Array.isArray(files)) throw new Error('render does not return a list of { path, text }.');
  return files.map((file: unknown) => {
    const { path, text } = isObject(file) ? file : {};
    if (typeof path !== 'string' || typeof text !== 'string')
      throw new Error('render does not return a list of { path, text }.');
    const isOwn = path.startsWith(`${id}.`) || path.startsWith(`${id}-`) || path.startsWith(`${id}/`);
    if (!isOwn || path.includes('\\') || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`${path} is not a valid file name for this reporter. Use ${id}.txt, or ${id}/FILE.`);
    return { path, text };
  });
}
