/**
 * Delivers the inputs of transcripts to the checks that ask for them, in recorded order, one at a time; detects when
 * none of the pending requests can be served any more.
 */
import { HarnessError } from './errors.ts';
import type { RecordedInput, Transcript } from './transcript.ts';

/** Inputs that a check waits for; the others are available at once. */
export type Delivered = Exclude<RecordedInput, { readonly is: 'drawn' | 'waited' }>;

export interface Delivery {
  /** The returned function resolves with the next input that was asked for under this number. */
  readonly open: (transcript: Transcript) => (asked: number) => Promise<Delivered>;
  /** Rejects when everything that is waited for is missing from the transcripts, or comes later in their order. */
  readonly stalled: Promise<never>;
}

interface Track {
  readonly left: Delivered[];
  readonly waiting: Map<number, (input: Delivered) => void>;
}

export function deliverInOrder(): Delivery {
  const tracks: Track[] = [];
  let isDue = false;
  let stall: (error: Error) => void = () => undefined;
  const stalled = new Promise<never>((_, reject) => (stall = reject));
  // A verdict that came while something was still pending is valid.
  stalled.catch(() => undefined);
  /** Schedules delivery after everything that follows from the last input. */
  const due = (): void => {
    if (!isDue) setImmediate(deliver);
    isDue = true;
  };
  const deliver = (): void => {
    isDue = false;
    const served = tracks.toReversed().some(serveNext);
    if (served) due();
    else if (tracks.some(({ waiting }) => waiting.size > 0))
      stall(new HarnessError('The check waits for an input that is not in its evidence.'));
  };
  return {
    stalled,
    open: ({ inputs }) => {
      const track: Track = { left: inputs.filter(isDelivered), waiting: new Map() };
      tracks.push(track);
      return (asked) =>
        new Promise((resolve) => {
          track.waiting.set(asked, resolve);
          due();
        });
    },
  };
}

function serveNext({ left, waiting }: Track): boolean {
  const [next] = left;
  const receive = next && waiting.get(next.asked);
  if (!receive) return false;
  left.shift();
  waiting.delete(next.asked);
  receive(next);
  return true;
}

function isDelivered(input: RecordedInput): input is Delivered {
  return input.is !== 'drawn' && input.is !== 'waited';
}
