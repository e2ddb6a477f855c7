/**
 * What a check received, kept with its exchanges: with both, the case can be evaluated again where there is no target.
 *
 * A check acts on nothing but its stage. What the stage hands it are recorded inputs: responses, fixtures and identifiers,
 * the turns of its waits, and acts that it shares with other cases. What it still waited for at its verdict is not listed.
 */
import type { Json } from '../json.ts';

export interface Transcript {
  /** In the order in which the check received them. */
  readonly inputs: readonly RecordedInput[];
  /** Acts that other cases may share, by key. */
  readonly shared: Readonly<Record<string, Transcript>>;
}

/** `asked`: which of the things that the check asked for, counted from 0 in the order of asking. */
export type RecordedInput = { readonly asked: number } & (
  | { readonly is: 'value'; readonly value: Json }
  | { readonly is: 'failure'; readonly failure: Failure }
  /** An identifier, which is there as soon as it is asked for. */
  | { readonly is: 'drawn'; readonly value: string }
  /** The exchanges of one request by their ids, each attempt; `failure` where another one was not sent. */
  | { readonly is: 'response'; readonly exchanges: readonly string[]; readonly failure?: Failure }
  /** A wait looks once more. */
  | { readonly is: 'look' }
  /** A wait is over, with its last look. */
  | { readonly is: 'waited'; readonly waitedMs: number }
  | { readonly is: 'shared'; readonly key: string }
);

/** Why there was no value. */
export type Failure =
  | { readonly is: 'unreached'; readonly root: string; readonly message: string }
  | { readonly is: 'not-bound'; readonly message: string }
  | { readonly is: 'no-room'; readonly message: string; readonly mend: string }
  | { readonly is: 'stopped'; readonly message: string }
  | { readonly is: 'token-ended'; readonly message: string }
  | { readonly is: 'error'; readonly name: string; readonly message: string };

export const emptyTranscript: Transcript = { inputs: [], shared: {} };

/** The ids of all exchanges that the check received. */
export function exchangesIn({ inputs, shared }: Transcript): readonly string[] {
  const own = inputs.flatMap((input) => (input.is === 'response' ? input.exchanges : []));
  return [...own, ...Object.values(shared).flatMap(exchangesIn)];
}
