/** Entries of the outline: statements of the reference with the clauses that decide them. */
import type { Sentence } from '../contract/model.ts';
import type { DecidedBy, OutlineSentence } from '../records/outline.ts';
import type { Claim } from './claim.ts';
import type { Account } from './coverage.ts';

/** Finds the clauses that decide a claim. */
export type FindDecidedBy = (account: Account) => DecidedBy;

export type AccountOf<K extends Claim['kind']> = Account & { readonly claim: Claim & { readonly kind: K } };

export function ofKind<K extends Claim['kind']>(accounts: readonly Account[], kind: K): readonly AccountOf<K>[] {
  return accounts.filter((account): account is AccountOf<K> => account.claim.kind === kind);
}

export function outlineSentence({ kind, text, source }: Sentence, who: DecidedBy): OutlineSentence {
  return { kind, text, line: source.line, ...who };
}
