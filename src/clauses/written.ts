/** Written clauses: what their authors declare, and what is added from the contract. */
import { findOperation } from '../contract/questions.ts';
import type { Contract, Operation, OperationId, Source } from '../contract/model.ts';
import type { NonEmpty } from '../json.ts';
import { range } from '../microversion.ts';
import type { Check, Clause, ClauseId, Statement } from './clause.ts';
import type { Identity } from './identity.ts';
import { HarnessError } from '../execution/errors.ts';
import { findQuoted, type Quote } from './quote.ts';

export { section, type Quote } from './quote.ts';

export interface WrittenClause {
  readonly id: ClauseId;
  readonly statement: Statement;
  /** The sentences of the specs that it decides, each in full; the first is its source. */
  readonly quotes: NonEmpty<Quote>;
  /** As text, such as `2.70-2.100`; defaults to the range of the operation. */
  readonly range?: string;
  /** What it decides beside the quoted sentences, where no derived clause is about it. */
  readonly about?: Clause['about'];
  readonly cases?: Clause['cases'];
  readonly identities?: readonly Identity[];
  readonly capabilities?: readonly string[];
  readonly errata?: readonly string[];
  readonly since?: Clause['since'];
  readonly killedBy: NonEmpty<string>;
  readonly check: Check;
}

/** @throws HarnessError when the contract does not have the operation. */
export function writtenClause(entry: WrittenClause, contract: Contract): Clause {
  const id = entry.id.split('#')[0] as OperationId;
  const operation = findOperation(contract, id);
  if (!operation) throw new HarnessError(`${entry.id}: the contract has no ${id}`);
  return {
    id: entry.id,
    operation: id,
    statement: entry.statement,
    kind: 'written',
    source: sourceOf(entry, operation, contract),
    quotes: entry.quotes,
    about: entry.about ?? [],
    ranges: [entry.range === undefined ? operation.range : range(entry.range)],
    cases: entry.cases ?? 'ends',
    identities: entry.identities ?? [],
    capabilities: entry.capabilities ?? [],
    errata: entry.errata ?? [],
    ...(entry.since === undefined ? {} : { since: entry.since }),
    killedBy: entry.killedBy,
    check: entry.check,
  };
}

/** The location of its first quote that is found; `clauses --check` reports quotes that are not. */
function sourceOf({ quotes }: WrittenClause, operation: Operation, contract: Contract): Source {
  const found = quotes.map((quote) => findQuoted(contract, quote)).find((source) => source !== undefined);
  return found ?? operation.source;
}
