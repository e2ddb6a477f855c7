/** Holds each clause to account: its id is its own, what it quotes stands in the specs, its errata exist. */
import type { Clause } from '../conformance/clause.ts';
import { findQuoted, quotedCode, quotedOperation, type Quote } from '../conformance/quote.ts';
import type { Contract } from '../contract/model.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { nearestSentence } from './nearest.ts';
import { positionIn, type Places } from './places.ts';

export function checkClauses(contract: Contract, clauses: readonly Clause[], places: Places): readonly Diagnostic[] {
  const known = new Set(contract.errata.map(({ id }) => id));
  const ids = new Set<string>();
  return clauses.flatMap((clause) => {
    const fault = (code: string, message: string, expected: string): Diagnostic => ({
      severity: 'error',
      code,
      at: positionIn(places.specs, clause.source),
      message: `${clause.id} ${message}`,
      expected,
    });
    const repeated = ids.has(clause.id);
    ids.add(clause.id);
    return [
      ...(repeated ? [fault('repeated-id', 'is the id of another clause too', 'an id of its own')] : []),
      ...clause.errata
        .filter((id) => !known.has(id))
        .map((id) => fault('unknown-erratum', `names the erratum ${id}, which does not exist`, 'an id of errata.yaml')),
      ...clause.quotes
        .filter((quote) => !findQuoted(contract, quote))
        .map((quote) => fault('unmatched-quote', `quotes "${quote.text}"`, meant(contract, quote))),
    ];
  });
}

/** What stands there instead. */
function meant(contract: Contract, quote: Quote): string {
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
