/**
 * Where a stage takes the inputs of a check from: received and recorded as a run goes, or read from a transcript.
 *
 * A check receives one input at a time and has done all that follows from it before it receives the next one. With the
 * same inputs in the same order it asks for the same things and comes to the same verdict.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Exchange } from '../client/exchange.ts';
import type { Json } from '../json.ts';
import { failureOf } from './failure.ts';
import { poll, type Waited } from './poll.ts';
import type { Failure, RecordedInput, Transcript } from './transcript.ts';
import type { Ground } from './world.ts';

export interface Inputs {
  /** They come from a transcript: nothing is made, and nothing has to go back. */
  readonly areRecorded: boolean;
  /** `T` is plain JSON. */
  readonly prop: <T>(make: () => Promise<T>) => Promise<T>;
  readonly uuid: () => string;
  readonly wait: (wait: Looks) => Promise<Waited<Exchange>>;
  readonly request: (send: Send) => Promise<Exchange>;
  readonly shared: <T extends Done>(key: string, perform: (inner: () => Inputs) => Promise<T>) => Promise<T>;
  /** All that the check has received so far. */
  readonly transcript: () => Transcript;
}

/** A wait as it is carried out: whatever comes is looked into. */
export interface Looks {
  readonly look: () => Promise<Exchange>;
  readonly holds: (seen: Exchange) => boolean | 'stop';
  readonly expected: string;
  readonly budgetMs: number;
}

/** Sends one request with what stands in place of the target and its sessions, and hands every exchange to `keep`. */
export type Send = (
  instead: Partial<Pick<Ground, 'recorder' | 'sessions'>>,
  keep: (exchange: Exchange) => void,
) => Promise<Exchange>;

/** A shared act that is over. */
export interface Done {
  readonly transcript: Transcript;
}

/** The inputs whose props are being made: what is asked for meanwhile is part of the prop, and recorded with its value. */
const making = new AsyncLocalStorage<ReadonlySet<object>>();

export function recordInputs(): Inputs {
  const inputs: RecordedInput[] = [];
  const shared: Record<string, Transcript> = {};
  const turn = oneAtATime();
  const self = {};
  let count = 0;
  const isPart = (): boolean => making.getStore()?.has(self) ?? false;
  return {
    areRecorded: false,
    prop: async <T>(make: () => Promise<T>): Promise<T> => {
      if (isPart()) return make();
      const asked = count++;
      const made = await settled(async () => {
        const value = await making.run(new Set([...(making.getStore() ?? []), self]), make);
        return { value, json: asJson(value) };
      });
      await turn();
      inputs.push({
        asked,
        ...(made.failure ? { is: 'failure', failure: made.failure } : { is: 'value', value: made.value.json }),
      });
      if (made.failure) throw made.error;
      return made.value.value;
    },
    uuid: () => {
      const value = randomUUID();
      if (!isPart()) inputs.push({ asked: count++, is: 'drawn', value });
      return value;
    },
    wait: async ({ look, holds, expected, budgetMs }) => {
      if (isPart()) return poll(look, holds, budgetMs, expected);
      const asked = count++;
      const recorded = async (): Promise<Exchange> => {
        await turn();
        inputs.push({ asked, is: 'look' });
        return look();
      };
      const waited = await poll(recorded, holds, budgetMs, expected);
      inputs.push({ asked, is: 'waited', waitedMs: Math.round(waited.waitedMs) });
      return waited;
    },
    request: async (send) => {
      if (isPart()) return send({}, () => undefined);
      const asked = count++;
      const exchanges: string[] = [];
      const sent = await settled(() => send({}, ({ id }) => exchanges.push(id)));
      await turn();
      const failure = sent.failure && isFromOutside(sent.failure) ? { failure: sent.failure } : {};
      inputs.push({ asked, is: 'response', exchanges, ...failure });
      if (sent.failure) throw sent.error;
      return sent.value;
    },
    shared: async (key, perform) => {
      if (isPart()) return perform(recordInputs);
      const asked = count++;
      const done = await perform(recordInputs);
      await turn();
      inputs.push({ asked, is: 'shared', key });
      shared[key] = done.transcript;
      return done;
    },
    transcript: () => ({ inputs: [...inputs], shared: { ...shared } }),
  };
}

/** What follows from exchanges and contract alone is found again from them. */
export function isFromOutside({ is }: Failure): boolean {
  return is !== 'unreached' && is !== 'not-bound';
}

/** Resolves when it is the caller's turn, and when all that follows from the turn before, or from the beginning, is done. */
function oneAtATime(): () => Promise<void> {
  const queue: (() => void)[] = [];
  let busy = true;
  const next = (): void => {
    const go = queue.shift();
    busy = go !== undefined;
    if (!go) return;
    go();
    setImmediate(next);
  };
  setImmediate(next);
  return () =>
    new Promise((resolve) => {
      queue.push(resolve);
      if (!busy) next();
    });
}

type Settled<T> =
  { readonly value: T; readonly failure?: undefined } | { readonly failure: Failure; readonly error: unknown };

async function settled<T>(make: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await make() };
  } catch (error) {
    return { failure: failureOf(error), error };
  }
}

function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
