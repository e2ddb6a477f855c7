/**
 * What a check received, kept with its exchanges: with both, the case can be re-evaluated without a target.
 *
 * A check uses only its check context. What the context returns is recorded: responses, fixtures and identifiers,
 * the polls of its waits, and requests shared with other cases. What was still pending at the verdict is not listed.
 */
import type { Transcript } from '../records/evidence.ts';

export type { Failure, RecordedInput, Transcript } from '../records/evidence.ts';

export const emptyTranscript: Transcript = { inputs: [], shared: {} };

/** The ids of all exchanges that the check received. */
export function exchangesIn({ inputs, shared }: Transcript): readonly string[] {
  const own = inputs.flatMap((input) => (input.is === 'response' ? input.exchanges : []));
  return [...own, ...Object.values(shared).flatMap(exchangesIn)];
}
