/**
 * What a check received, kept with its exchanges: with both, the case can be re-evaluated without a target.
 *
 * A check uses only its check context. What the context returns is recorded: responses, fixtures and identifiers,
 * the polls of its waits, and requests shared with other cases. What was still pending at the verdict is not listed.
 */
import type { Json } from '../json.ts';

export interface Transcript {
  /** In the order in which the check received them. */
  readonly inputs: readonly RecordedInput[];
  /** Shared requests, by key. */
  readonly shared: Readonly<Record<string, Transcript>>;
}

/** `asked`: the number of the check's call that it answers, counted from 0. */
export type RecordedInput = { readonly asked: number } & (
  | { readonly is: 'value'; readonly value: Json }
  | { readonly is: 'failure'; readonly failure: Failure }
  /** A random identifier, available at once. */
  | { readonly is: 'drawn'; readonly value: string }
  /** The exchanges of one request by their ids, one per attempt; `failure` when a further one could not be sent. */
  | { readonly is: 'response'; readonly exchanges: readonly string[]; readonly failure?: Failure }
  /** A wait polls once more. */
  | { readonly is: 'look' }
  /** A wait ends with its last poll. */
  | { readonly is: 'waited'; readonly waitedMs: number }
  | { readonly is: 'shared'; readonly key: string }
);

/** Why there was no value. */
export type Failure =
  | { readonly is: 'unreached'; readonly root: string; readonly message: string }
  | { readonly is: 'not-bound'; readonly message: string }
  | { readonly is: 'no-capacity'; readonly message: string; readonly remedy: string }
  | { readonly is: 'stopped'; readonly message: string }
  | { readonly is: 'token-ended'; readonly message: string }
  | { readonly is: 'error'; readonly name: string; readonly message: string };

export const emptyTranscript: Transcript = { inputs: [], shared: {} };

/** The ids of all exchanges that the check received. */
export function exchangesIn({ inputs, shared }: Transcript): readonly string[] {
  const own = inputs.flatMap((input) => (input.is === 'response' ? input.exchanges : []));
  return [...own, ...Object.values(shared).flatMap(exchangesIn)];
}
