/** Entries of the outline: statements of the reference with the clauses that decide them. */
import type { Sentence } from '../contract/model.ts';
import type { DecidedBy, OutlineSentence } from '../records/outline.ts';
import type { Claim } from './claim.ts';
import type { CoveredClaim } from './coverage.ts';

/** Finds the clauses that decide a claim. */
export type FindDecidedBy = (covered: CoveredClaim) => DecidedBy;

export type CoveredClaimOf<K extends Claim['kind']> = CoveredClaim & { readonly claim: Claim & { readonly kind: K } };

export function ofKind<K extends Claim['kind']>(
  coverage: readonly CoveredClaim[],
  kind: K,
): readonly CoveredClaimOf<K>[] {
  return coverage.filter((covered): covered is CoveredClaimOf<K> => covered.claim.kind === kind);
}

export function outlineSentence({ kind, text, source }: Sentence, who: DecidedBy): OutlineSentence {
  return { kind, text, line: source.line, ...who };
}
