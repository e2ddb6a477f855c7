/** Are the suites of others that a run held its target to at hand? Without them their cases cannot be judged again. */
import type { Suite } from '../../src/conformance/suite.ts';
import type { RunLine } from '../../src/report/journal.ts';
import { printable } from '../../src/report/printable.ts';

/** A sentence when not. */
export function checkSuites({ clauses }: RunLine, suites: readonly Suite[]): string | undefined {
  const held = new Set(suites.map(({ name }) => name));
  const missing = clauses.find(({ suite }) => suite !== undefined && !held.has(suite))?.suite;
  if (missing === undefined) return undefined;
  return `The run has clauses of the suite ${printable(missing)}, which this package does not have and cannot judge again; add --suite FILE, the module of that suite.`;
}
