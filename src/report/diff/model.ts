/**
 * The difference of two runs, as data: what `diff --json` prints. Its schema is `src/report/diff.schema.json`.
 */
import type { Level, VerdictKind } from '../../conformance/verdict.ts';
import type { OperationId } from '../../contract/model.ts';
import type { RunFacts, RunReport, RunVerdict } from '../record.ts';

/**
 * What became of a case or a clause, from the weightiest on; a clause is told by the weightiest of its cases.
 *
 * - `regressed`: it passed and does not any more, a warning or a waived failure became a failure, or it was decided and is
 *   not any more
 * - `changed`: it departs as before but shows something else, is waived now, or was undecided in the earlier run
 * - `mended`: it did not hold and does now, or a failure became a warning
 * - `new`, `gone`: tried in one of the runs only
 * - `reworded`: the clause does not say the same in both, so that its cases cannot be compared
 * - `unchanged`: the same, or tried in neither
 */
export const changes = ['regressed', 'changed', 'mended', 'new', 'gone', 'reworded', 'unchanged'] as const;
export type Change = (typeof changes)[number];

export type ChangeCounts = Readonly<Record<Change, number>>;

export interface RunDiff {
  readonly format: 'openstack-conformance/diff';
  readonly formatVersion: 1;
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** What else is not the same in the two runs, and may explain the rest. */
  readonly differences: readonly FactDifference[];
  readonly counts: { readonly clauses: ChangeCounts; readonly cases: ChangeCounts };
  /** In the order of the report; those that are unchanged are only counted. */
  readonly clauses: readonly ClauseChange[];
}

export interface DiffSide {
  readonly name: string;
  readonly startedAt: string;
  readonly target: string;
  readonly verdict: RunVerdict;
  readonly ended: RunFacts['ended'];
  readonly hollow?: string;
  readonly tool: RunReport['tool'];
}

export interface FactDifference {
  /** `microversions`, `reader`, `capability multiattach` and so on. */
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
  /** What the clause said before; only of a reworded one. */
  readonly statementBefore?: string;
  /** Those that are not unchanged, by microversion; none of a reworded one. */
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
