/** Are the cases of a journal such as a plan of its clauses makes them, and is what was settled without trying settled so? */
import { isDeepStrictEqual } from 'node:util';
import type { Clause } from '../../src/conformance/clause.ts';
import { planCases } from '../../src/conformance/plan-cases.ts';
import { everything, type Mode } from '../../src/conformance/selection.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import { parseMicroversion } from '../../src/microversion.ts';
import type { PlannedCase, RunLine } from '../../src/report/journal.ts';
import { printable } from '../../src/report/printable.ts';
import { caseLine } from '../run/run-line.ts';
import type { KnownContract } from './known-contract.ts';

/** A sentence when not. The clauses have to be known. */
export function checkPlanned(header: RunLine, known: KnownContract, target: Target): string | undefined {
  const selected = new Set(header.clauses.map(({ id }) => id));
  const clauses = new Map<string, Clause>(
    [...known.clauses, ...known.guests].filter(({ id }) => selected.has(id)).map((clause) => [clause.id, clause]),
  );
  // That a run only reads is a part of its scope, which every report states.
  const mode: Mode = header.scope?.missing.some(({ kind }) => kind === 'read-only') ? 'read-only' : 'full';
  const seen = new Set<string>();
  const used = new Set<string>();
  for (const told of header.cases) {
    const name = printable(told.id);
    if (seen.has(told.id)) return `The journal plans ${name} twice.`;
    seen.add(told.id);
    used.add(told.clause);
    const clause = clauses.get(told.clause);
    if (!clause) return `The journal plans ${name} of a clause that it does not list.`;
    const wrong = checkCase(told, clause, known, { target, mode });
    if (wrong !== undefined) return `The journal plans ${name} ${wrong}.`;
  }
  const idle = header.clauses.find(({ id }) => !used.has(id));
  return idle && `The journal lists the clause ${idle.id} and plans no case of it.`;
}

/** The rest of the sentence. */
function checkCase(
  told: PlannedCase,
  clause: Clause,
  { contract }: KnownContract,
  { target, mode }: { readonly target: Target; readonly mode: Mode },
): string | undefined {
  const version = parseMicroversion(told.microversion);
  if (!version || told.id !== `${told.clause}@${told.microversion}`)
    return 'under another name than that of its clause and microversion';
  const only = [{ first: version, last: version }];
  const [plan] = planCases([clause], contract, target, { ...everything, mode, microversions: only });
  if (plan?.id !== told.id) return 'at a microversion at which its clause does not bind this target';
  const { operation, identities } = caseLine(clause, plan);
  if (operation !== told.operation || identities.join() !== told.identities.join())
    return 'with another operation or other identities than those of its clause';
  return checkVerdict(told.verdict, plan.decided);
}

/** Who is missing says why in words of his own; what does not apply follows from contract and target alone. */
function checkVerdict(told: Verdict | undefined, decided: Verdict | undefined): string | undefined {
  if (told && told.is !== 'not-applicable' && told.is !== 'not-attempted') return `as ${told.is} before it was tried`;
  const [said, found] = [told, decided].map((verdict) => verdict?.is ?? 'to be tried');
  if (said !== found) return `as ${said}, and with what it says of the target the case is ${found}`;
  if (told?.is !== 'not-applicable' || isDeepStrictEqual(told, decided)) return undefined;
  return 'as not-applicable for another reason than contract and target give';
}
