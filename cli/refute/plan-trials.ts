/** Which clauses a fault goes against, and by which of their cases: those that it can touch. */
import type { Clause } from '../../src/conformance/clause.ts';
import type { CaseId } from '../../src/conformance/plan-cases.ts';
import type { DerivedFault } from '../../src/refutation/derived-fault.ts';
import type { BaseCase, Trial } from '../../src/refutation/protocol.ts';
import { meets, type Recognise } from '../../src/refutation/tampered.ts';
import type { Behaviour } from '../../targets/simulator/behaviour.ts';
import { changedPaths, type Fault } from '../../targets/simulator/index.ts';

/** A fault of either sort, as a refutation deals with it. */
export interface Suspect {
  readonly id: string;
  /** The names by which clauses may call it. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly equivalent: string | undefined;
  /** Whether it can change anything of what was seen without it. */
  readonly touches: (seen: BaseCase) => boolean;
  /** Clauses of other operations that name it do not mean it; undefined for a fault with a name of its own. */
  readonly operation: string | undefined;
  /** Made from the contract: `touches` is exact. */
  readonly isDerived: boolean;
}

export function simulatorSuspect(fault: Fault, correct: Behaviour): Suspect {
  const { id, summary, equivalent } = fault;
  const common = { id, names: [id], summary, equivalent, operation: undefined, isDerived: false };
  if (fault.kind === 'behaviour') {
    let changed: readonly string[] | undefined;
    const touches = ({ rules }: BaseCase): boolean => {
      const places = (changed ??= changedPaths(correct, fault.change(correct)));
      return rules.some((read) => places.some((place) => within(read, place)));
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

/** `unanswered`: codes of operations that no service gives, with the reason: `compute/update-volume-attachment 409`. */
export function derivedSuspect(
  fault: DerivedFault,
  recognise: Recognise,
  unanswered: ReadonlyMap<string, string>,
): Suspect {
  const { id, kind, summary, operation, status } = fault;
  const equivalent = fault.equivalent ?? unanswered.get(`${operation} ${status ?? ''}`);
  const touches = ({ exchanges }: BaseCase): boolean =>
    exchanges.some(({ request, response }) => {
      const asked = recognise(request);
      if (!asked || !meets(fault, asked)) return false;
      return Boolean(fault.answer?.(asked) ?? (response && fault.change?.(asked, response)));
    });
  return { id, names: [kind], summary, equivalent, touches, operation, isDerived: true };
}

/** The clauses that name a fault, or those that do not. */
export type Whom = 'named' | 'others';

/** Enough of the cases of a clause that does not name the fault. */
const casesOfOthers = 2;

export function planTrials(
  suspect: Suspect,
  clauses: readonly Clause[],
  base: ReadonlyMap<string, readonly BaseCase[]>,
  whom: Whom,
): readonly Trial[] {
  return clauses.flatMap((clause) => {
    // A case that departs without any fault proves nothing by departing under one.
    const seen = (base.get(clause.id) ?? []).filter(({ outcome }) => outcome.verdict === 'pass');
    const touched = seen.filter((one) => suspect.touches(one)).map(({ outcome }) => outcome.case);
    if (isNamed(suspect, clause)) {
      if (whom === 'others') return [];
      const all = seen.map(({ outcome }) => outcome.case);
      return trial(clause, touched.length > 0 || suspect.isDerived ? touched : all);
    }
    return whom === 'named' ? [] : trial(clause, ends(touched));
  });
}

export function isNamed({ names, operation }: Suspect, clause: Clause): boolean {
  if (operation !== undefined && operation !== clause.operation) return false;
  return clause.refutedBy.some((name) => names.includes(name));
}

function trial(clause: Clause, cases: readonly CaseId[]): readonly Trial[] {
  return cases.length === 0 ? [] : [{ clause: clause.id, cases }];
}

function ends(cases: readonly CaseId[]): readonly CaseId[] {
  return cases.length <= casesOfOthers ? cases : [...cases.slice(0, 1), ...cases.slice(-1)];
}

/** What was read is what has changed, or a part of it. */
function within(read: string, changed: string): boolean {
  return changed === '' || read === changed || read.startsWith(`${changed}.`);
}
