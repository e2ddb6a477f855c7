/**
 * The difference of two runs as data, as `diff --json` prints it. Its schema is `src/report/diff.schema.json`.
 */
import type { Level, VerdictKind } from '../../clauses/verdict.ts';
import type { OperationId } from '../../contract/model.ts';
import type { RunFacts, RunReport } from '../../records/report.ts';
import type { RunVerdict } from '../../records/shared.ts';

/**
 * The change of a case or a clause, most severe first; a clause has the most severe change of its cases.
 *
 * - `regressed`: it passed and no longer does, a warning or a waived failure became a failure, or it was decided and no
 *   longer is
 * - `changed`: it fails with another finding, is waived now, or was undecided in the earlier run
 * - `fixed`: it failed and passes now, or a failure became a warning
 * - `added`, `removed`: tried in only one of the runs
 * - `reworded`: the statement of the clause differs, so its cases cannot be compared
 * - `unchanged`: the same, or tried in neither run
 */
export const changes = ['regressed', 'changed', 'fixed', 'added', 'removed', 'reworded', 'unchanged'] as const;
export type Change = (typeof changes)[number];

export type ChangeCounts = Readonly<Record<Change, number>>;

export interface RunDiff {
  readonly format: 'openstack-conformance/diff';
  readonly formatVersion: 1;
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** Other differences between the two runs, which may explain the changes. */
  readonly differences: readonly FactDifference[];
  readonly counts: { readonly clauses: ChangeCounts; readonly cases: ChangeCounts };
  /** Changed clauses in the order of the report; unchanged ones are only counted. */
  readonly clauses: readonly ClauseChange[];
}

export interface DiffSide {
  readonly name: string;
  readonly startedAt: string;
  readonly target: string;
  readonly verdict: RunVerdict;
  readonly ended: RunFacts['ended'];
  readonly vacuous?: string;
  readonly tool: RunReport['tool'];
}

export interface FactDifference {
  /** `microversions`, `reader`, `capability multiattach` … */
  readonly fact: string;
  readonly before: string;
  readonly after: string;
}

export interface ClauseChange {
  readonly id: string;
  readonly operation: OperationId;
  readonly level: Level;
  readonly statement: string;
  readonly change: Exclude<Change, 'unchanged'>;
  /** The verdict on the clause; null where the run did not plan it. */
  readonly before: VerdictKind | null;
  readonly after: VerdictKind | null;
  /** The earlier statement of a reworded clause; missing otherwise. */
  readonly statementBefore?: string;
  /** Changed cases by microversion; empty for a reworded clause. */
  readonly cases: readonly CaseChange[];
}

export interface CaseChange {
  readonly id: string;
  readonly microversion: string;
  readonly change: Exclude<Change, 'unchanged' | 'reworded'>;
  readonly before: CaseState;
  readonly after: CaseState;
}

export interface CaseState {
  /** `absent`: the run did not plan the case. */
  readonly is: VerdictKind | 'absent';
  /** Full sentences: the findings, or why there is no verdict. */
  readonly because: readonly string[];
}
