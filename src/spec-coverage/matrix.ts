/**
 * Tabulates what a run decided of one kind of condition: each operation with each role of its callers, or with each state
 * of the resource that it names.
 *
 * The clauses of a cell are those about the condition. What they require there, and at which microversions, is an outcome;
 * one that no case with an exchange decided has the reason.
 */
import type { Clause } from '../clauses/clause.ts';
import type { Contracts } from '../contract/contracts.ts';
import { serviceOf } from '../contract/contracts.ts';
import type { OperationId } from '../contract/model.ts';
import { findOperation } from '../contract/questions.ts';
import { groupBy } from '../group-by.ts';
import { formatRange } from '../microversion.ts';
import type { Cell, Matrix, MatrixRow, Outcome } from '../records/coverage.ts';
import type { CaseReport, RunReport } from '../records/report.ts';
import { isDecided, reasonsOf } from './decided-table.ts';
import { requiredStatuses } from './required-statuses.ts';

export type Condition = 'role' | 'state';

/** Of the operations that the run selected, in the order of the clauses. */
export function matrixOf(
  condition: Condition,
  contracts: Contracts,
  clauses: readonly Clause[],
  { cases, clauses: selected }: Pick<RunReport, 'cases' | 'clauses'>,
): Matrix {
  const operations = new Set(selected.map(({ operation }) => operation));
  const named = clauses.flatMap((clause) =>
    operations.has(clause.operation) ? conditionsOf(condition, clause).map((name) => ({ name, clause })) : [],
  );
  const columns = [...new Set(named.map(({ name }) => name))];
  const casesOf = groupBy(cases, ({ clause }) => clause);
  const rows = [...groupBy(named, ({ clause }) => clause.operation)].map(([operation, own]): MatrixRow => {
    const range = rangeOf(contracts, operation);
    return {
      operation,
      cells: columns.map((column) =>
        own
          .filter(({ name }) => name === column)
          .map(({ clause }) => outcomeOf(clause, range, casesOf.get(clause.id) ?? [])),
      ),
    };
  });
  return { columns, rows };
}

function conditionsOf(condition: Condition, { about }: Clause): readonly string[] {
  const prefix = `${condition} `;
  return about.flatMap((topic) => (topic.startsWith(prefix) ? [topic.slice(prefix.length)] : []));
}

function rangeOf(contracts: Contracts, id: OperationId): string {
  const contract = contracts.find(({ service }) => service === serviceOf(id));
  const operation = contract && findOperation(contract, id);
  return operation ? formatRange(operation.range) : '';
}

function outcomeOf({ id, statement, ranges }: Clause, whole: string, cases: readonly CaseReport[]): Outcome {
  const range = ranges.map(formatRange).join(', ');
  return {
    clause: id,
    refusals: requiredStatuses(statement).filter((status) => status >= 400),
    ...(range !== whole && { range }),
    cell: cellOf(cases),
  };
}

function cellOf(cases: readonly CaseReport[]): Cell {
  const decided = cases.filter(isDecided).map(({ id }) => id);
  if (decided.length > 0) return { is: 'decided', cases: decided };
  return { is: 'open', reason: cases.flatMap(reasonsOf)[0] ?? 'The run has no case of the clause.' };
}
