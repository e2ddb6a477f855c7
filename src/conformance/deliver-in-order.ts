/**
 * Hands the inputs of transcripts to whoever asks for them, in their order, one at a time; notices when nobody who waits
 * can be served any more.
 */
import { HarnessError } from './errors.ts';
import type { RecordedInput, Transcript } from './transcript.ts';

/** What a check waits for; the rest is there when it asks. */
export type Delivered = Exclude<RecordedInput, { readonly is: 'drawn' | 'waited' }>;

export interface Delivery {
  /** The function resolves with the next input that was asked for under this number. */
  readonly open: (transcript: Transcript) => (asked: number) => Promise<Delivered>;
  /** Rejects when all who wait do so for what the transcripts do not have, or not in this order. */
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
  // A verdict that fell while something was still waited for is one all the same.
  stalled.catch(() => undefined);
  /** After all that follows from the last input. */
  const due = (): void => {
    if (!isDue) setImmediate(deliver);
    isDue = true;
  };
  const deliver = (): void => {
    isDue = false;
    const served = tracks.toReversed().some(serveNext);
    if (served) due();
    else if (tracks.some(({ waiting }) => waiting.size > 0))
      stall(new HarnessError('The check waits for something that it had not received by its verdict.'));
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
