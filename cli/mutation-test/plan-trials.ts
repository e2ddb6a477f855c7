/** Which clauses a fault is tried against, and with which of their cases: those that it can affect. */
import type { Clause } from '../../src/clauses/clause.ts';
import type { CaseId } from '../../src/planning/plan-cases.ts';
import type { DerivedFault } from '../../src/mutation/derived-fault.ts';
import type { BaseCase, Trial } from '../../src/mutation/protocol.ts';
import { meets } from '../../src/mutation/tampered.ts';
import type { Behaviour } from '../../targets/simulator/behaviour.ts';
import { changedPaths, type Fault } from '../../targets/simulator/index.ts';

/** A fault of either kind, as a mutation test uses it. */
export interface Mutant {
  readonly id: string;
  /** The names that clauses may use for it. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly equivalent: string | undefined;
  /** Can it change anything that was observed without it? */
  readonly touches: (seen: BaseCase) => boolean;
  /** Only clauses of this operation refer to it by its name; undefined where the name is unique. */
  readonly operation: string | undefined;
  /** Derived from the contract: `touches` is exact. */
  readonly isDerived: boolean;
}

export function simulatorMutant(fault: Fault, correct: Behaviour): Mutant {
  const { id, summary, equivalent } = fault;
  const common = { id, names: [id], summary, equivalent, operation: undefined, isDerived: false };
  if (fault.kind === 'behaviour') {
    let changed: readonly string[] | undefined;
    const touches = ({ rules }: BaseCase): boolean => {
      const paths = (changed ??= changedPaths(correct, fault.change(correct)));
      return rules.some((read) => paths.some((path) => within(read, path)));
    };
    return { ...common, touches };
  }
  const { operations } = fault;
  if (!operations) return { ...common, touches: () => true };
  return {
    ...common,
    touches: ({ exchanges }) =>
      exchanges.some(({ operation }) => operation !== undefined && operations.includes(operation)),
  };
}

/** `neverReturned`: status codes that the cloud never returns, with the reason: `compute/update-volume-attachment 409`. */
export function derivedMutant(fault: DerivedFault, neverReturned: ReadonlyMap<string, string>): Mutant {
  const { id, kind, summary, operation, status } = fault;
  const equivalent = fault.equivalent ?? neverReturned.get(`${operation} ${status ?? ''}`);
  const touches = ({ exchanges }: BaseCase): boolean =>
    exchanges.some(({ call, response }) => {
      if (!call || !meets(fault, call)) return false;
      return Boolean(fault.respond?.(call) ?? (response && fault.change?.(call, response)));
    });
  return { id, names: [kind], summary, equivalent, touches, operation, isDerived: true };
}

/** At most so many cases of a clause that does not name the fault. */
const casesOfOthers = 2;

export function planTrials(
  mutant: Mutant,
  clauses: readonly Clause[],
  base: ReadonlyMap<string, readonly BaseCase[]>,
): readonly Trial[] {
  return clauses.flatMap((clause) => {
    // A case that deviates without a fault proves nothing by deviating under one.
    const seen = (base.get(clause.id) ?? []).filter(({ outcome }) => outcome.verdict === 'pass');
    const touched = seen.filter((one) => mutant.touches(one)).map(({ outcome }) => outcome.case);
    if (!isNamed(mutant, clause)) return trial(clause, ends(touched));
    const all = seen.map(({ outcome }) => outcome.case);
    return trial(clause, touched.length > 0 || mutant.isDerived ? touched : all);
  });
}

export function isNamed({ names, operation }: Mutant, clause: Clause): boolean {
  if (operation !== undefined && operation !== clause.operation) return false;
  return clause.killedBy.some((name) => names.includes(name));
}

function trial(clause: Clause, cases: readonly CaseId[]): readonly Trial[] {
  return cases.length === 0 ? [] : [{ clause: clause.id, cases }];
}

function ends(cases: readonly CaseId[]): readonly CaseId[] {
  return cases.length <= casesOfOthers ? cases : [...cases.slice(0, 1), ...cases.slice(-1)];
}

/** Is the path that was read the changed one, or below it? */
function within(read: string, changed: string): boolean {
  return changed === '' || read === changed || read.startsWith(`${changed}.`);
}
