/** The reporters that the operator named, by id or as modules; without a name all of ours that do not write a file for each case. */
import { reporters } from '../../reporters/index.ts';
import type { Reporter } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';
import { isModule, loadReporter } from '../suite/load-reporter.ts';

/** Those of the operator come last. @throws UsageError for what is none */
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
  throw new UsageError(`--reporter ${id} is none of ${reporters.map((reporter) => reporter.id).join(', ')}.`);
}
