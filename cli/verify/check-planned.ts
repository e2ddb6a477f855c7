/**
 * Checks that the cases of a journal, and verdicts decided without running, are those that a plan of its clauses gives.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clause } from '../../src/clauses/clause.ts';
import { planCases } from '../../src/planning/plan-cases.ts';
import { everything, type Mode } from '../../src/planning/selection.ts';
import type { Target } from '../../src/planning/target.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import { parseMicroversion } from '../../src/microversion.ts';
import type { PlannedCase, RunLine } from '../../src/records/journal.ts';
import { printable } from '../../src/report/printable.ts';
import { caseLine } from '../run/run-line.ts';
import type { KnownContracts } from './known-contracts.ts';

/** Returns a sentence if they are not. The clauses must be known. */
export function checkPlanned(header: RunLine, known: KnownContracts, target: Target): string | undefined {
  const selected = new Set(header.clauses.map(({ id }) => id));
  const clauses = new Map<string, Clause>(
    [...known.clauses, ...known.extensionClauses]
      .filter(({ id }) => selected.has(id))
      .map((clause) => [clause.id, clause]),
  );
  // The read-only mode of a run is part of its scope, which every report states.
  const mode: Mode = header.scope?.missing.some(({ kind }) => kind === 'read-only') ? 'read-only' : 'full';
  const seen = new Set<string>();
  const used = new Set<string>();
  for (const recorded of header.cases) {
    const name = printable(recorded.id);
    if (seen.has(recorded.id)) return `The journal plans ${name} twice.`;
    seen.add(recorded.id);
    used.add(recorded.clause);
    const clause = clauses.get(recorded.clause);
    if (!clause) return `The journal plans ${name}, whose clause it does not list.`;
    const wrong = checkCase(recorded, clause, known, { target, mode });
    if (wrong !== undefined) return `The journal plans ${name} ${wrong}.`;
  }
  const unused = header.clauses.find(({ id }) => !used.has(id));
  return unused && `The journal lists the clause ${unused.id}, but plans no case of it.`;
}

/** Returns the rest of the sentence. */
function checkCase(
  recorded: PlannedCase,
  clause: Clause,
  { contracts }: KnownContracts,
  { target, mode }: { readonly target: Target; readonly mode: Mode },
): string | undefined {
  const version = parseMicroversion(recorded.microversion);
  if (!version || recorded.id !== `${recorded.clause}@${recorded.microversion}`)
    return 'under an id that differs from its clause and microversion';
  const only = [{ first: version, last: version }];
  const [plan] = planCases([clause], contracts, target, { ...everything, mode, microversions: only });
  if (plan?.id !== recorded.id) return 'at a microversion at which its clause does not apply to this target';
  const { operation, identities } = caseLine(clause, plan);
  if (operation !== recorded.operation || identities.join() !== recorded.identities.join())
    return 'with an operation or identities that differ from those of its clause';
  return checkVerdict(recorded.verdict, plan.decided);
}

/** The reason of not-attempted may be worded differently; that of not-applicable follows from contract and target. */
function checkVerdict(recorded: Verdict | undefined, decided: Verdict | undefined): string | undefined {
  if (recorded && recorded.is !== 'not-applicable' && recorded.is !== 'not-attempted')
    return `as ${recorded.is} before it was run`;
  const [said, found] = [recorded, decided].map((verdict) => verdict?.is ?? 'to be run');
  if (said !== found) return `as ${said}, but for the target that it describes the case is ${found}`;
  if (recorded?.is !== 'not-applicable' || isDeepStrictEqual(recorded, decided)) return undefined;
  return 'as not-applicable for a reason that differs from contract and target';
}
