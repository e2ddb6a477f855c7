/** Builds derived clauses: fills in what they have in common. */
import type { DerivedClause } from '../../contract/clause-names.ts';
import { clauseId } from '../../contract/clause-names.ts';
import type { Contract, Operation, OperationId, Revision, Source, Topic } from '../../contract/model.ts';
import type { NonEmpty } from '../../json.ts';
import { nextMicroversion, compareMicroversions, type MicroversionRange } from '../../microversion.ts';
import type { Check, Clause, ClauseId, Statement } from '../clause.ts';
import type { Identity } from '../identity.ts';
import { findQuoted, type Quote } from '../quote.ts';
import type { Recipe } from '../recipe.ts';

/** The input of a family of derived clauses. */
export interface Subject {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly recipe: Recipe | undefined;
}

/** `accepted` needs the capabilities and the identity of the recipe, `refused` its identity, `anyone` neither. */
export type Needs = 'accepted' | 'refused' | 'anyone';

export interface Draft {
  readonly id: DerivedClause | string;
  readonly statement: Statement;
  /** Defaults to the location of the first quote that the specs have. */
  readonly source?: Source;
  readonly quotes?: readonly Quote[];
  readonly about: readonly Topic[];
  readonly ranges: NonEmpty<MicroversionRange>;
  readonly cases?: Clause['cases'];
  readonly needs: Needs;
  readonly killedBy: NonEmpty<string>;
  readonly check: (recipe: Recipe) => Check;
}

export function deriveClause(subject: Subject, draft: Draft): Clause {
  const { operation, recipe } = subject;
  const quotes = (draft.quotes ?? []).filter((quote) => findQuoted(subject.contract, quote));
  const id: ClauseId = typeof draft.id === 'string' ? `${operation.id}#${draft.id}` : clauseId(operation, draft.id);
  return {
    id,
    operation: operation.id,
    statement: draft.statement,
    kind: 'derived',
    source: draft.source ?? quotedSource(subject, draft),
    quotes,
    about: draft.about,
    ranges: draft.ranges,
    cases: draft.cases ?? 'boundaries',
    identities: identitiesFor(draft, recipe),
    capabilities: capabilitiesFor(draft, recipe),
    errata: errataOf(subject, draft),
    ...(recipe?.reads ? { reads: true } : {}),
    ...(recipe ? {} : { unprepared: `No suite has a recipe for ${operation.id} yet.` }),
    killedBy: draft.killedBy,
    check: recipe ? draft.check(recipe) : unprepared,
  };
}

function capabilitiesFor({ needs }: Draft, recipe: Recipe | undefined): readonly string[] {
  const { exists, capabilities = [] } = recipe ?? {};
  return [...(exists === undefined ? [] : [exists]), ...(needs === 'accepted' ? capabilities : [])];
}

/** A reference without the sentence binds as well: the manifest states how the service negotiates microversions. */
function quotedSource({ contract, operation }: Subject, { quotes = [] }: Draft): Source {
  const found = quotes.map((quote) => findQuoted(contract, quote)).find((source) => source !== undefined);
  return found ?? operation.source;
}

/** The errata on the topics of the clause. */
function errataOf({ contract, operation }: Subject, { about }: Draft): readonly string[] {
  const known = topicsOf(contract).get(operation.id) ?? [];
  return [...new Set(known.flatMap(({ id, topics }) => (topics.some((topic) => about.includes(topic)) ? [id] : [])))];
}

interface Touched {
  /** Of an erratum. */
  readonly id: string;
  readonly topics: readonly Topic[];
}

const touched = new WeakMap<Contract, ReadonlyMap<OperationId, readonly Touched[]>>();

/** What errata touch, by operation, in the order of the errata. */
function topicsOf(contract: Contract): ReadonlyMap<OperationId, readonly Touched[]> {
  const known = touched.get(contract);
  if (known) return known;
  const found = new Map<OperationId, Touched[]>();
  for (const { id, touches } of contract.errata) {
    for (const { operations, topics } of touches) {
      for (const operation of operations) found.set(operation, [...(found.get(operation) ?? []), { id, topics }]);
    }
  }
  touched.set(contract, found);
  return found;
}

const unprepared: Check = () => Promise.reject(new Error('A clause without a recipe was run'));

/** The ranges of the revisions that satisfy a condition, adjacent ones joined; undefined when there is none. */
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

function identitiesFor({ needs }: Draft, recipe: Recipe | undefined): readonly Identity[] {
  if (!recipe) return [];
  const { as, preparers = [] } = recipe;
  const callers: readonly Identity[] = needs === 'anyone' || as === 'member' ? [] : [as];
  return [...callers, ...preparers.filter((one) => !callers.includes(one))];
}
