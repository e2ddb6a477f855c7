/** Checks each clause: its id is unique, its quotes are in the specs, its errata exist. */
import type { Clause } from '../clauses/clause.ts';
import { findQuoted, quotedCode, quotedOperation, type Quote } from '../clauses/quote.ts';
import type { Contract } from '../contract/model.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { nearestSentence } from './nearest.ts';
import { positionIn, type Places } from './places.ts';

export function checkClauses(contract: Contract, clauses: readonly Clause[], places: Places): readonly Diagnostic[] {
  const known = new Set(contract.errata.map(({ id }) => id));
  const ids = new Set<string>();
  return clauses.flatMap((clause) => {
    const error = (code: string, message: string, expected: string): Diagnostic => ({
      severity: 'error',
      code,
      at: positionIn(places.specs(contract.service), clause.source),
      message: `${clause.id} ${message}`,
      expected,
    });
    const repeated = ids.has(clause.id);
    ids.add(clause.id);
    return [
      ...(repeated ? [error('repeated-id', 'is the id of another clause too', 'a unique id')] : []),
      ...clause.errata
        .filter((id) => !known.has(id))
        .map((id) => error('unknown-erratum', `names the erratum ${id}, which does not exist`, 'an id of errata.yaml')),
      ...clause.quotes
        .filter((quote) => !findQuoted(contract, quote))
        .map((quote) => error('unmatched-quote', `quotes "${quote.text}"`, expectedQuote(contract, quote))),
    ];
  });
}

/** What the specs say instead. */
function expectedQuote(contract: Contract, quote: Quote): string {
  const status = quotedCode(quote);
  if (status !== undefined) {
    const operation = quotedOperation(contract, quote);
    return operation ? `a code that ${operation.id} documents` : `an operation titled "${quote.section}"`;
  }
  const nearest = nearestSentence(contract, quote);
  if (!nearest) return 'a sentence of the specs, in full';
  const { file, line, section } = nearest.source;
  return `"${nearest.text}" (${file}:${line} ${section})`;
}
