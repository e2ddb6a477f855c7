/**
 * Tabulates what a run decided: each call with each code that its reference documents, at the given microversions.
 *
 * Operations that share method and path are one call here, and all success codes are one row, as in counts made from
 * the reference. A cell is decided if an exchange decided a case at exactly that microversion whose clause requires the
 * code.
 */
import type { Contracts } from '../contract/contracts.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { formatMicroversion, includes, type Microversion } from '../microversion.ts';
import type { Cell, Coverage, DecidedRow } from '../records/coverage.ts';
import type { CaseReport, RunReport } from '../records/report.ts';
import { requiredStatuses } from './required-statuses.ts';
import type { Untested } from './untested.ts';

export function decidedTable(
  contracts: Contracts,
  report: RunReport,
  microversions: readonly Microversion[],
  untested: readonly Untested[],
): Pick<Coverage, 'microversions' | 'rows'> {
  const rows = contracts.flatMap((contract) =>
    callsIn(contract).flatMap(({ call, operations }) =>
      statusGroups(operations, contract).map((statuses): DecidedRow => ({
        call,
        operations: operations.map(({ id }) => id),
        statuses,
        cells: microversions.map((at) => cellOf({ operations, statuses, at }, report, untested)),
      })),
    ),
  );
  return { microversions: microversions.map(formatMicroversion), rows };
}

interface Call {
  readonly call: string;
  readonly operations: readonly Operation[];
}

function callsIn({ operations }: Contract): readonly Call[] {
  const calls = new Map<string, Operation[]>();
  for (const operation of operations) {
    const call = `${operation.method} ${operation.path}`;
    calls.set(call, [...(calls.get(call) ?? []), operation]);
  }
  return [...calls].map(([call, own]) => ({ call, operations: own }));
}

/** The codes of success together, then each error that the reference itself documents. */
function statusGroups(operations: readonly Operation[], { errata }: Contract): readonly (readonly number[])[] {
  const ids = new Set(errata.map(({ id }) => id));
  const revisions = operations.flatMap((operation) => operation.revisions);
  const success = revisions.flatMap(({ responses }) => responses.filter(({ assumed }) => !assumed));
  const errors = revisions.flatMap(({ errors: own }) => own.filter(({ source }) => !ids.has(source.section)));
  const once = (codes: readonly { readonly status: number }[]): readonly number[] =>
    [...new Set(codes.map(({ status }) => status))].sort((a, b) => a - b);
  return [...(success.length > 0 ? [once(success)] : []), ...once(errors).map((status) => [status])];
}

interface Place {
  readonly operations: readonly Operation[];
  readonly statuses: readonly number[];
  readonly at: Microversion;
}

function cellOf(place: Place, report: RunReport, untested: readonly Untested[]): Cell {
  const { operations, statuses, at } = place;
  const ids = new Set<string>(operations.map(({ id }) => id));
  const clauses = report.clauses.filter(
    ({ operation, statement }) =>
      ids.has(operation) && requiredStatuses(statement).some((status) => statuses.includes(status)),
  );
  const named = new Set(clauses.map(({ id }) => id));
  const cases = report.cases.filter(({ clause }) => named.has(clause));
  const here = cases.filter(({ microversion }) => microversion === formatMicroversion(at));
  const decided = here.filter(isDecided).map(({ id }) => id);
  if (decided.length > 0) return { is: 'decided', cases: decided };
  return { is: 'open', reason: openReason(place, here, cases, untested) };
}

/** By an exchange. */
export function isDecided({ verdict, exchanges }: CaseReport): boolean {
  return exchanges > 0 && (verdict.is === 'pass' || verdict.is === 'fail' || verdict.is === 'warn');
}

function openReason(
  { operations, statuses, at }: Place,
  here: readonly CaseReport[],
  elsewhere: readonly CaseReport[],
  untested: readonly Untested[],
): string {
  if (!operations.some(({ range }) => includes(range, at))) return 'The operation does not exist at this microversion.';
  const reason = here.flatMap(reasonsOf)[0] ?? elsewhere.flatMap(reasonsOf)[0];
  if (reason !== undefined) return reason;
  const names = operations.flatMap(({ id }) => statuses.map((status) => `${id} ${status}`));
  const entry = untested.find(({ kind, name }) => kind === 'code' && names.includes(name));
  if (entry) return entry.why;
  return elsewhere.length > 0
    ? 'No case was planned at this microversion.'
    : 'No clause of the run requires this code.';
}

/** Why it was not decided. */
export function reasonsOf({ verdict }: CaseReport): readonly string[] {
  return 'reason' in verdict ? [`${verdict.is}: ${verdict.reason}`] : [];
}
