/**
 * Does the run line of a journal say of clauses, errata, outline and waivers what this package says? A report tells them
 * in the words of that line, and nobody could see there that they were changed.
 */
import { isDeepStrictEqual } from 'node:util';
import { outlineOf } from '../../src/accounting/outline.ts';
import { groupOf, levelOf, type Clause } from '../../src/conformance/clause.ts';
import { bindWaivers } from '../../src/conformance/waivers/bind-waivers.ts';
import type { BoundWaiver } from '../../src/conformance/waivers/waiver.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { RunLine } from '../../src/report/journal.ts';
import { printable } from '../../src/report/printable.ts';
import { clauseLine, plainErratum } from '../run/run-line.ts';
import { toolVersion } from '../tool-version.ts';
import type { KnownContract } from './known-contract.ts';
import { selectedIn } from './selected-in.ts';

/** A sentence when not. */
export function checkHeader(header: RunLine, known: KnownContract, target: Target): string | undefined {
  return (
    checkClauses(header, [...known.clauses, ...known.guests]) ??
    checkErrata(header, known) ??
    checkOutline(header, known) ??
    checkWaivers(header.waivers ?? [], known, target)
  );
}

function checkClauses({ tool, clauses }: RunLine, known: readonly Clause[]): string | undefined {
  const byId = new Map<string, Clause>(known.map((clause) => [clause.id, clause]));
  const seen = new Set<string>();
  for (const line of clauses) {
    const clause = byId.get(line.id);
    if (!clause) return `The journal has a clause ${printable(line.id)} that this package does not know.`;
    if (seen.has(line.id)) return `The journal has the clause ${line.id} twice.`;
    seen.add(line.id);
    // Another version may have found the clause at another line.
    const isSame = tool.version === toolVersion ? isLike(line, clauseLine(clause)) : hasSameWords(line, clause);
    if (!isSame) return `The journal states ${line.id} in other words than this package does.`;
  }
  return undefined;
}

/** In the order of the clauses, after those of the contract. */
function guestGroups(clauses: RunLine['clauses']): readonly string[] {
  return [...new Set(clauses.flatMap(({ suite, operation }) => (suite === undefined ? [] : [operation])))];
}

function hasSameWords({ statement, level, operation }: RunLine['clauses'][number], clause: Clause): boolean {
  return statement === clause.statement && level === levelOf(clause.statement) && operation === groupOf(clause);
}

function checkErrata({ tool, contract: told, operations, clauses, errata }: RunLine, known: KnownContract) {
  const { contract } = known;
  if (told.service !== contract.service || !isLike(told.origin, contract.origin))
    return 'The journal names another origin of the contract than the contract does.';
  if (!isLike(operations, [...contract.operations.map(({ id }) => id), ...guestGroups(clauses)]))
    return 'The journal has other operations than the contract.';
  const used = new Set(clauses.flatMap((clause) => clause.errata));
  const own = contract.errata.filter(({ id }) => used.has(id)).map(plainErratum);
  const order = (all: readonly { readonly id: string }[]): unknown => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (tool.version === toolVersion && !isLike(order(errata), order(own)))
    return 'The journal tells other errata than the contract has for its clauses.';
  return undefined;
}

function checkOutline({ tool, clauses, outline }: RunLine, known: KnownContract): string | undefined {
  if (!outline || tool.version !== toolVersion) return undefined;
  const selected = selectedIn({ clauses, outline });
  if (isLike(outline, outlineOf(known.contract, known.clauses, known.untested, selected))) return undefined;
  return 'The journal outlines the reference in other words, or with other clauses, than this package does.';
}

function checkWaivers(waivers: readonly BoundWaiver[], known: KnownContract, target: Target): string | undefined {
  const taken = new Set<string>();
  for (const waiver of waivers) {
    const name = printable(waiver.waives);
    if (!/^\d{4}-\d\d-\d\d$/.test(waiver.expires)) return `The waiver of ${name} has no day on which it ends.`;
    if (!coverings(waiver, known, target).some((cases) => isLike(cases, waiver.cases)))
      return `The waiver of ${name} covers other cases than those of its clause on this target.`;
    if (waiver.cases.some((id) => taken.has(id))) return `The waiver of ${name} covers what another one covers, too.`;
    for (const id of waiver.cases) taken.add(id);
  }
  return undefined;
}

/** What it covers, with and without --sweep; nothing when it speaks of another target. */
function coverings(waiver: BoundWaiver, { contract, clauses, guests }: KnownContract, target: Target) {
  const at = { file: '', line: 0, column: 0 };
  return (['revisions', 'sweep'] as const).flatMap((density) =>
    bindWaivers([{ ...waiver, at }], [...clauses, ...guests], contract, target, density).bound.map(
      ({ cases }) => cases,
    ),
  );
}

/** As JSON keeps them: what is undefined is not there. */
function isLike(told: unknown, own: unknown): boolean {
  return isDeepStrictEqual(told, JSON.parse(JSON.stringify(own)));
}
