/**
 * Determines which clauses cover which claim.
 *
 * - sentence: clauses that quote it or are derived from its line; the first sentence of a parameter also has those
 *   derived from the parameter
 * - code: clauses of the operation whose statement requires the code
 * - member, parameter, sample: clauses that are about it
 * - boundary: clauses that are planned on each side of it
 *
 * Clauses that no suite can try are ignored.
 */
import type { Clause, ClauseId } from '../clauses/clause.ts';
import { planCases } from '../planning/plan-cases.ts';
import { quotedSentences } from '../clauses/quote.ts';
import { everything } from '../planning/selection.ts';
import { serviceOf, type Contracts } from '../contract/contracts.ts';
import type { Contract, Sentence, Source } from '../contract/model.ts';
import { formatMicroversion, type Microversion } from '../microversion.ts';
import { requiredStatuses } from './required-statuses.ts';
import { claimsOf, type Claim } from './claim.ts';
import { ableTarget } from './able-target.ts';

export interface CoveredClaim {
  readonly claim: Claim;
  /** Empty: no clause covers it. */
  readonly by: readonly ClauseId[];
}

/** Of all services, one after another. */
export function coverageOfAll(contracts: Contracts, clauses: readonly Clause[]): readonly CoveredClaim[] {
  return contracts.flatMap((contract) => coverageOf(contract, clausesOf(contract, clauses)));
}

/** The clauses of the operations of a service. */
export function clausesOf({ service }: Contract, clauses: readonly Clause[]): readonly Clause[] {
  return clauses.filter(({ operation }) => serviceOf(operation) === service);
}

export function coverageOf(contract: Contract, clauses: readonly Clause[]): readonly CoveredClaim[] {
  const able = clauses.filter(({ unprepared }) => unprepared === undefined);
  const claims = claimsOf(contract);
  const byOperation = groupBy(able, ({ operation }) => operation);
  const facts: Facts = {
    byOperation,
    quoted: clausesByQuote(contract, able),
    derivedAt: groupBy(able, ({ source }) => placeOf(source)),
    listedAt: clausesByListing(claims, byOperation),
    plannedAt: plannedClauses(contract, able),
  };
  return claims.map((claim) => ({ claim, by: [...new Set(coveringClauses(claim, facts).map(({ id }) => id))] }));
}

interface Facts {
  readonly byOperation: ReadonlyMap<string, readonly Clause[]>;
  readonly quoted: ReadonlyMap<Sentence, readonly Clause[]>;
  /** By place in the specs. */
  readonly derivedAt: ReadonlyMap<string, readonly Clause[]>;
  /** By the place that lists the parameter that they are about. */
  readonly listedAt: ReadonlyMap<string, readonly Clause[]>;
  /** By operation and microversion. */
  readonly plannedAt: ReadonlyMap<string, readonly Clause[]>;
}

function coveringClauses(claim: Claim, facts: Facts): readonly Clause[] {
  switch (claim.kind) {
    case 'sentence':
      return sentenceClauses(claim.sentence, facts);
    case 'code':
      return (facts.byOperation.get(claim.operation) ?? []).filter(({ statement }) =>
        requiredStatuses(statement).includes(claim.status),
      );
    case 'member':
    case 'sample':
      return (facts.byOperation.get(claim.operation) ?? []).filter(({ about }) => about.includes(claim.topic));
    case 'boundary': {
      const sides = claim.sides.map((version) => facts.plannedAt.get(pointOf(claim.operation, version)) ?? []);
      return sides.every((side) => side.length > 0) ? sides.flat() : [];
    }
  }
}

function sentenceClauses(sentence: Sentence, { quoted, derivedAt, listedAt }: Facts): readonly Clause[] {
  const listed = (sentence.listed ?? []).flatMap(({ source }) => listedAt.get(placeOf(source)) ?? []);
  return [...(quoted.get(sentence) ?? []), ...(derivedAt.get(placeOf(sentence.source)) ?? []), ...listed];
}

function clausesByQuote(contract: Contract, clauses: readonly Clause[]): ReadonlyMap<Sentence, readonly Clause[]> {
  const quoted = new Map<Sentence, Clause[]>();
  for (const clause of clauses) {
    for (const quote of clause.quotes) {
      for (const sentence of quotedSentences(contract, quote)) {
        quoted.set(sentence, [...(quoted.get(sentence) ?? []), clause]);
      }
    }
  }
  return quoted;
}

function clausesByListing(
  claims: readonly Claim[],
  byOperation: Facts['byOperation'],
): ReadonlyMap<string, readonly Clause[]> {
  const places = new Map<string, Clause[]>();
  for (const claim of claims) {
    if (claim.kind !== 'member') continue;
    const about = (byOperation.get(claim.operation) ?? []).filter((clause) => clause.about.includes(claim.topic));
    const place = placeOf(claim.source);
    places.set(place, [...(places.get(place) ?? []), ...about]);
  }
  return places;
}

function plannedClauses(contract: Contract, clauses: readonly Clause[]): ReadonlyMap<string, readonly Clause[]> {
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const planned = planCases(clauses, [contract], ableTarget(contract, clauses), everything);
  const points = new Map<string, Clause[]>();
  for (const { clause: id, microversion, decided } of planned) {
    const clause = byId.get(id);
    if (decided || !clause) continue;
    const point = pointOf(clause.operation, microversion);
    points.set(point, [...(points.get(point) ?? []), clause]);
  }
  return points;
}

function pointOf(operation: string, version: Microversion): string {
  return `${operation}@${formatMicroversion(version)}`;
}

function placeOf({ file, line }: Source): string {
  return `${file}:${line}`;
}

function groupBy(clauses: readonly Clause[], key: (clause: Clause) => string): ReadonlyMap<string, readonly Clause[]> {
  const groups = new Map<string, Clause[]>();
  for (const clause of clauses) {
    const group = groups.get(key(clause));
    if (group) group.push(clause);
    else groups.set(key(clause), [clause]);
  }
  return groups;
}
