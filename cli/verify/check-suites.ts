/** Checks that the extension suites of a run are available: without them their cases cannot be evaluated again. */
import type { Suite } from '../../src/clauses/extension-suite.ts';
import type { RunLine } from '../../src/records/journal.ts';
import { printable } from '../../src/report/printable.ts';

/** Returns a sentence if one is not. */
export function checkSuites({ clauses }: RunLine, suites: readonly Suite[]): string | undefined {
  const available = new Set(suites.map(({ name }) => name));
  const missing = clauses.find(({ suite }) => suite !== undefined && !available.has(suite))?.suite;
  if (missing === undefined) return undefined;
  return `The run has clauses of the suite ${printable(missing)}, which this package cannot evaluate. Pass the module of that suite by --suite FILE.`;
}
