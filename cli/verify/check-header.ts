/**
 * Checks that the run line of a journal describes clauses, errata, outline and waivers as this package does. A report
 * quotes that line, so that a change would go unnoticed there.
 */
import { isDeepStrictEqual } from 'node:util';
import { outlineOf } from '../../src/spec-coverage/outline.ts';
import { groupOf, levelOf, type Clause } from '../../src/clauses/clause.ts';
import { bindWaivers } from '../../src/planning/waivers/bind-waivers.ts';
import type { BoundWaiver } from '../../src/records/run-facts.ts';
import type { Target } from '../../src/planning/target.ts';
import type { RunLine } from '../../src/records/journal.ts';
import { printable } from '../../src/report/printable.ts';
import { clauseLine, plainErratum } from '../run/run-line.ts';
import { toolVersion } from '../tool-version.ts';
import type { KnownContracts } from './known-contracts.ts';
import { selectedIn } from './selected-in.ts';

/** Returns a sentence if it does not. */
export function checkHeader(header: RunLine, known: KnownContracts, target: Target): string | undefined {
  return (
    checkClauses(header, [...known.clauses, ...known.extensionClauses]) ??
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
    if (!clause) return `The journal has a clause ${printable(line.id)} that this package does not have.`;
    if (seen.has(line.id)) return `The journal has the clause ${line.id} twice.`;
    seen.add(line.id);
    // In another version, the source of the clause may be at another line.
    const isSame = tool.version === toolVersion ? equalsJson(line, clauseLine(clause)) : hasSameWords(line, clause);
    if (!isSame) return `The journal words ${line.id} differently from this package.`;
  }
  return undefined;
}

/** In the order of the clauses, after those of the contract. */
function extensionGroups(clauses: RunLine['clauses']): readonly string[] {
  return [...new Set(clauses.flatMap(({ suite, operation }) => (suite === undefined ? [] : [operation])))];
}

function hasSameWords({ statement, level, operation }: RunLine['clauses'][number], clause: Clause): boolean {
  return statement === clause.statement && level === levelOf(clause.statement) && operation === groupOf(clause);
}

function checkErrata({ tool, contracts: recorded, operations, clauses, errata }: RunLine, known: KnownContracts) {
  const { contracts } = known;
  const origins = (all: readonly Pick<RunLine['contracts'][number], 'service' | 'origin'>[]): unknown =>
    all.map(({ service, origin }) => ({ service, origin }));
  if (!equalsJson(origins(recorded), origins(contracts)))
    return 'The journal names an origin of the contract that differs from the contract.';
  const own = contracts.flatMap((contract) => contract.operations.map(({ id }) => id));
  if (!equalsJson(operations, [...own, ...extensionGroups(clauses)]))
    return 'The operations of the journal differ from those of the contract.';
  const used = new Set(clauses.flatMap((clause) => clause.errata));
  const applied = contracts.flatMap((contract) => contract.errata.filter(({ id }) => used.has(id))).map(plainErratum);
  const order = (all: readonly { readonly id: string }[]): unknown => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (tool.version === toolVersion && !equalsJson(order(errata), order(applied)))
    return 'The errata of the journal differ from those of the contract for its clauses.';
  return undefined;
}

function checkOutline({ tool, clauses, outline }: RunLine, known: KnownContracts): string | undefined {
  if (!outline || tool.version !== toolVersion) return undefined;
  const selected = selectedIn({ clauses, outline });
  if (equalsJson(outline, outlineOf(known.contracts, known.clauses, known.untested, selected))) return undefined;
  return 'The outline of the reference in the journal differs from that of this package.';
}

function checkWaivers(waivers: readonly BoundWaiver[], known: KnownContracts, target: Target): string | undefined {
  const covered = new Set<string>();
  for (const waiver of waivers) {
    const name = printable(waiver.waives);
    if (!/^\d{4}-\d\d-\d\d$/.test(waiver.expires)) return `The waiver of ${name} has no expiry date.`;
    if (!coverings(waiver, known, target).some((cases) => equalsJson(cases, waiver.cases)))
      return `The waiver of ${name} covers cases that differ from those of its clause on this target.`;
    if (waiver.cases.some((id) => covered.has(id)))
      return `The waiver of ${name} covers a case that another waiver covers.`;
    for (const id of waiver.cases) covered.add(id);
  }
  return undefined;
}

/** The cases that it covers, with and without --sweep; empty when it applies to another target. */
function coverings(waiver: BoundWaiver, { contracts, clauses, extensionClauses }: KnownContracts, target: Target) {
  const at = { file: '', line: 0, column: 0 };
  return (['revisions', 'sweep'] as const).flatMap((density) =>
    bindWaivers([{ ...waiver, at }], [...clauses, ...extensionClauses], contracts, target, density).bound.map(
      ({ cases }) => cases,
    ),
  );
}

/** Compares as JSON, which drops undefined members. */
function equalsJson(recorded: unknown, own: unknown): boolean {
  return isDeepStrictEqual(recorded, JSON.parse(JSON.stringify(own)));
}
