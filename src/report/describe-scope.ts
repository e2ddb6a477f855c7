/** Words the scope of a run, in the same way for every report. */
import type { RunReport, ScopeReport } from '../records/report.ts';

const unknown = 'The journal does not record the scope of the run.';

/** `39 of 538 clauses excluded; 6 of 251 operations selected`. */
export function describeScope({ scope }: Pick<RunReport, 'scope'>): string {
  return scope?.summary ?? 'not recorded';
}

/** Why the run is not conformant although nothing failed: one sentence per part that was left out. */
export function describeLeftOut(scope: ScopeReport | undefined): readonly string[] {
  if (!scope) return [unknown];
  if (scope.leftOut.length === 0) return [`The contract has no clause of ${scope.resources.join(', ')}.`];
  return scope.leftOut.map(({ text }) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}
