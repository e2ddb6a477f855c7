/** Placeholder clauses for claims without a clause: with another reference tree, reports show what is new in it. */
import type { Check, Clause, ClauseId, Statement } from '../clauses/clause.ts';
import { kebab } from '../contract/clause-names.ts';
import { findOperation } from '../contract/questions.ts';
import type { Contract, Operation, OperationId } from '../contract/model.ts';
import type { Claim } from './claim.ts';
import { uncoveredClaims } from './check.ts';
import { coverageOf } from './coverage.ts';
import type { Untested } from './untested.ts';

const WORDS_IN_ID = 8;

/** Of one service: for sentences and codes without a clause and without an entry, in the order of the specs. */
export function untestedClauses(
  contract: Contract,
  clauses: readonly Clause[],
  untested: readonly Untested[],
): readonly Clause[] {
  const taken = new Set<string>(clauses.map(({ id }) => id));
  return uncoveredClaims(coverageOf(contract, clauses), untested).flatMap(({ claim }) => {
    const operation = operationOf(claim, contract);
    const words = operation && wordsOf(claim);
    if (!operation || !words) return [];
    const id = firstFree(`${operation.id}#${words.id}`, taken);
    taken.add(id);
    return [clauseOf(id, words.statement, claim, operation)];
  });
}

/** A sentence about all operations is assigned to the first. */
function operationOf(claim: Claim, contract: Contract): Operation | undefined {
  const id: OperationId | undefined = claim.kind === 'sentence' ? claim.sentence.operations[0] : claim.operation;
  return id === undefined ? contract.operations[0] : findOperation(contract, id);
}

function wordsOf(claim: Claim): { readonly id: string; readonly statement: Statement } | undefined {
  if (claim.kind === 'sentence') {
    const id = kebab(claim.name.replaceAll("'", '')).split('-').slice(0, WORDS_IN_ID).join('-');
    return { id, statement: `It MUST hold that: ${claim.name}` };
  }
  if (claim.kind !== 'code') return undefined;
  return { id: `documents-${claim.status}`, statement: `Some request MUST be answered with ${claim.status}.` };
}

function clauseOf(id: ClauseId, statement: Statement, { source }: Claim, operation: Operation): Clause {
  return {
    id,
    operation: operation.id,
    statement,
    kind: 'derived',
    source,
    quotes: [],
    about: [],
    ranges: [operation.range],
    cases: 'once',
    identities: [],
    capabilities: [],
    errata: [],
    unprepared: 'No clause tests this sentence yet.',
    killedBy: ['derived:nothing'],
    check,
  };
}

const check: Check = () => Promise.reject(new Error('A placeholder clause without a check was tried'));

function firstFree(id: ClauseId, taken: ReadonlySet<string>): ClauseId {
  let next = id;
  for (let count = 2; taken.has(next); count++) next = `${id}-${count}`;
  return next;
}
