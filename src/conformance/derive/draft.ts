/** Makes derived clauses: what they have in common is filled in here. */
import type { DerivedClause } from '../../contract/clause-names.ts';
import { clauseId } from '../../contract/clause-names.ts';
import type { Contract, Operation, Revision, Source, Topic } from '../../contract/model.ts';
import type { NonEmpty } from '../../json.ts';
import { nextMicroversion, compareMicroversions, type MicroversionRange } from '../../microversion.ts';
import type { Check, Clause, ClauseId, Statement } from '../clause.ts';
import { findQuoted, type Quote } from '../quote.ts';
import type { Recipe } from '../recipe.ts';

/** What a family of derived clauses works on. */
export interface Subject {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly recipe: Recipe | undefined;
}

/** `accepted` needs the recipe's capabilities and identity, `refused` its identity, `anyone` neither. */
export type Needs = 'accepted' | 'refused' | 'anyone';

export interface Draft {
  readonly id: DerivedClause | string;
  readonly statement: Statement;
  /** Where the first of the quotes stands, when it is not given. */
  readonly source?: Source;
  readonly quotes?: readonly Quote[];
  readonly about: readonly Topic[];
  readonly ranges: NonEmpty<MicroversionRange>;
  readonly cases?: Clause['cases'];
  readonly needs: Needs;
  readonly refutedBy: NonEmpty<string>;
  readonly check: (recipe: Recipe) => Check;
}

export function deriveClause(subject: Subject, draft: Draft): Clause {
  const { operation, recipe } = subject;
  const id: ClauseId = typeof draft.id === 'string' ? `${operation.id}#${draft.id}` : clauseId(operation, draft.id);
  return {
    id,
    operation: operation.id,
    statement: draft.statement,
    kind: 'derived',
    source: draft.source ?? quotedSource(subject, draft),
    quotes: draft.quotes ?? [],
    about: draft.about,
    ranges: draft.ranges,
    cases: draft.cases ?? 'boundaries',
    identities: draft.needs === 'anyone' || !recipe || recipe.as === 'member' ? [] : [recipe.as],
    capabilities: capabilitiesFor(draft, recipe),
    errata: errataOf(subject, draft),
    ...(recipe?.reads ? { reads: true } : {}),
    ...(recipe ? {} : { unprepared: `No suite knows yet how to prepare a call of ${operation.id}.` }),
    refutedBy: draft.refutedBy,
    check: recipe ? draft.check(recipe) : unprepared,
  };
}

function capabilitiesFor({ needs }: Draft, recipe: Recipe | undefined): readonly string[] {
  const { exists, capabilities = [] } = recipe ?? {};
  return [...(exists === undefined ? [] : [exists]), ...(needs === 'accepted' ? capabilities : [])];
}

/** A reference that does not have the sentence binds all the same: the manifest tells how the service negotiates. */
function quotedSource({ contract, operation }: Subject, { quotes = [] }: Draft): Source {
  const found = quotes.map((quote) => findQuoted(contract, quote)).find((source) => source !== undefined);
  return found ?? operation.source;
}

/** Those that touch what the clause is about. */
function errataOf({ contract, operation }: Subject, { about }: Draft): readonly string[] {
  return contract.errata
    .filter(({ touches }) =>
      touches.some(
        ({ operations, topics }) => operations.includes(operation.id) && topics.some((topic) => about.includes(topic)),
      ),
    )
    .map(({ id }) => id);
}

const unprepared: Check = () => Promise.reject(new Error('An unprepared clause was tried'));

/** The ranges of the revisions that satisfy a condition, neighbours joined; undefined when there is none. */
export function rangesWhere(
  operation: Operation,
  condition: (revision: Revision) => boolean,
): NonEmpty<MicroversionRange> | undefined {
  const [first, ...rest] = operation.revisions.filter(condition).map(({ range }) => range);
  if (!first) return undefined;
  const joined = [first];
  for (const range of rest) {
    const before = joined.at(-1);
    if (before?.last && compareMicroversions(nextMicroversion(before.last), range.first) === 0) {
      joined[joined.length - 1] = { first: before.first, last: range.last };
    } else joined.push(range);
  }
  return joined as unknown as NonEmpty<MicroversionRange>;
}
