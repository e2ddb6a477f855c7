/**
 * The source of the inputs of a check: received from the target and recorded during a run, or read from a transcript.
 *
 * A check receives one input at a time, and completes what follows from it before it receives the next one. With the
 * same inputs in the same order it makes the same requests and reaches the same verdict.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Exchange } from '../client/exchange.ts';
import type { Json } from '../json.ts';
import { failureOf } from './failure.ts';
import { poll, type Waited } from './poll.ts';
import type { Failure, RecordedInput, Transcript } from './transcript.ts';
import type { CleanupContext } from './run-context.ts';

export interface Inputs {
  /** They come from a transcript: nothing is created or leased. */
  readonly areRecorded: boolean;
  /** `T` is plain JSON. */
  readonly fixture: <T>(make: () => Promise<T>) => Promise<T>;
  readonly uuid: () => string;
  readonly wait: (wait: Looks) => Promise<Waited<Exchange>>;
  readonly request: (send: Send) => Promise<Exchange>;
  readonly shared: <T extends Done>(key: string, execute: (inner: () => Inputs) => Promise<T>) => Promise<T>;
  /** Everything that the check has received so far. */
  readonly transcript: () => Transcript;
}

/** A wait in which every exchange is judged, also one that does not show the state. */
export interface Looks {
  readonly look: () => Promise<Exchange>;
  readonly isMet: (seen: Exchange) => boolean | 'stop';
  readonly expected: string;
  readonly timeoutMs: number;
}

/** Sends one request, with `instead` replacing the target and its sessions, and passes every exchange to `keep`. */
export type Send = (
  instead: Partial<Pick<CleanupContext, 'recorder' | 'sessions'>>,
  keep: (exchange: Exchange) => void,
) => Promise<Exchange>;

/** A completed shared request. */
export interface Done {
  readonly transcript: Transcript;
}

/** Inputs whose fixtures are being built: what is asked for meanwhile is part of the fixture and recorded with it. */
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
    fixture: async <T>(make: () => Promise<T>): Promise<T> => {
      if (isPart()) return make();
      const asked = count++;
      const made = await attempted(async () => {
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
    wait: async ({ look, isMet, expected, timeoutMs }) => {
      if (isPart()) return poll(look, isMet, timeoutMs, expected);
      const asked = count++;
      const recorded = async (): Promise<Exchange> => {
        await turn();
        inputs.push({ asked, is: 'look' });
        return look();
      };
      const waited = await poll(recorded, isMet, timeoutMs, expected);
      inputs.push({ asked, is: 'waited', waitedMs: Math.round(waited.waitedMs) });
      return waited;
    },
    request: async (send) => {
      if (isPart()) return send({}, () => undefined);
      const asked = count++;
      const exchanges: string[] = [];
      const sent = await attempted(() => send({}, ({ id }) => exchanges.push(id)));
      await turn();
      const failure = sent.failure && isFromOutside(sent.failure) ? { failure: sent.failure } : {};
      inputs.push({ asked, is: 'response', exchanges, ...failure });
      if (sent.failure) throw sent.error;
      return sent.value;
    },
    shared: async (key, execute) => {
      if (isPart()) return execute(recordInputs);
      const asked = count++;
      const done = await execute(recordInputs);
      await turn();
      inputs.push({ asked, is: 'shared', key });
      shared[key] = done.transcript;
      return done;
    },
    transcript: () => ({ inputs: [...inputs], shared: { ...shared } }),
  };
}

/** Failures that follow from exchanges and contract alone are not recorded: re-evaluation finds them again. */
export function isFromOutside({ is }: Failure): boolean {
  return is !== 'unreached' && is !== 'not-bound';
}

/** Resolves when it is the caller's turn and everything that follows from the previous turn is completed. */
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

type Attempted<T> =
  { readonly value: T; readonly failure?: undefined } | { readonly failure: Failure; readonly error: unknown };

async function attempted<T>(make: () => Promise<T>): Promise<Attempted<T>> {
  try {
    return { value: await make() };
  } catch (error) {
    return { failure: failureOf(error), error };
  }
}

function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
