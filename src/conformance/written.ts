/** Written clauses: what their authors state, and what is filled in from the contract. */
import { findOperation } from '../contract/questions.ts';
import type { Contract, OperationId, Source } from '../contract/model.ts';
import type { NonEmpty } from '../json.ts';
import { range } from '../microversion.ts';
import type { Check, Clause, ClauseId, Identity, Statement } from './clause.ts';
import { HarnessError } from './errors.ts';

export interface WrittenClause {
  readonly id: ClauseId;
  readonly statement: Statement;
  /** The sentences of the specs that it decides; the first is its source. */
  readonly quotes: NonEmpty<Quote>;
  /** As text, such as `2.70-2.100`; where the operation exists when missing. */
  readonly range?: string;
  readonly cases?: Clause['cases'];
  readonly identities?: readonly Identity[];
  readonly capabilities?: readonly string[];
  readonly errata?: readonly string[];
  readonly since?: Clause['since'];
  readonly refutedBy: NonEmpty<string>;
  readonly check: Check;
}

/** A sentence of the specs: where it stands, and how it begins. */
export interface Quote {
  readonly file: string;
  readonly section: string;
  readonly text: string;
}

/** Quotes from one section. */
export function section(file: string, title: string): (text: string) => Quote {
  return (text) => ({ file, section: title, text });
}

/** @throws HarnessError when the clause names an operation that the contract does not have. */
export function writtenClause(entry: WrittenClause, contract: Contract): Clause {
  const id = entry.id.split('#')[0] as OperationId;
  const operation = findOperation(contract, id);
  if (!operation) throw new HarnessError(`${entry.id}: the contract has no ${id}`);
  return {
    id: entry.id,
    operation: id,
    statement: entry.statement,
    kind: 'written',
    source: sourceOf(entry.quotes[0], contract),
    ranges: [entry.range === undefined ? operation.range : range(entry.range)],
    cases: entry.cases ?? 'boundaries',
    identities: entry.identities ?? [],
    capabilities: entry.capabilities ?? [],
    errata: entry.errata ?? [],
    ...(entry.since === undefined ? {} : { since: entry.since }),
    refutedBy: entry.refutedBy,
    check: entry.check,
  };
}

function sourceOf({ file, section: title }: Quote, contract: Contract): Source {
  const known = contract.operations.find(({ source }) => source.file === file && source.section === title);
  return known?.source ?? { file, section: title, line: 1 };
}
