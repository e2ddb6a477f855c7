/** Sentences of the specs, as the contract keeps them: what clauses have to answer for. */
import type { OperationId, Source } from './model.ts';

/** A sentence of the specs. Its section is an operation's title, the heading above it, or a parameter's key. */
export interface Sentence {
  readonly kind: 'prose' | 'note' | 'parameter';
  readonly text: string;
  readonly source: Source;
  /** In another reference: the sentences of ours that say the same. */
  readonly means?: readonly string[];
  /** The operations that it speaks of; empty when it speaks of all. */
  readonly operations: readonly OperationId[];
  /** Of a parameter's first sentence: the lines that list the parameter. It says what the parameter is. */
  readonly listed?: readonly { readonly source: Source }[];
}
