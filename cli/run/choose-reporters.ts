/** The chosen reporters, by id or as modules; by default all of ours that do not write a file per case. */
import { reporters } from '../../reporters/index.ts';
import type { Reporter } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';
import { isModule, loadReporter } from '../extension-suites/load-reporter.ts';

/** Modules of the user come last. @throws UsageError for an unknown id */
export async function chooseReporters(names: readonly string[] | undefined): Promise<readonly Reporter[]> {
  if (names === undefined) return reporters.filter(({ folder }) => folder === undefined);
  const own = names.filter((name) => !isModule(name)).map(reporterOf);
  const loaded: Reporter[] = [];
  for (const file of names.filter(isModule)) loaded.push(await loadReporter(file));
  return [...own, ...loaded];
}

function reporterOf(id: string): Reporter {
  const known = reporters.find((reporter) => reporter.id === id);
  if (known) return known;
  throw new UsageError(
    `--reporter ${id} is unknown. Pass a module, or one of ${reporters.map((reporter) => reporter.id).join(', ')}.`,
  );
}
