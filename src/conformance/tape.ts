/** Where a stage takes props and waits from: made and noted down as a run goes, or read from such a note. */
import { randomUUID } from 'node:crypto';
import type { Exchange } from '../client/exchange.ts';
import type { Recorder } from '../client/recorder.ts';
import type { Json } from '../json.ts';
import { NotBound, Unreached } from './errors.ts';
import { poll, type Waited } from './poll.ts';
import type { Prop, Script, WaitNote } from './script.ts';
import type { Wait } from './stage.ts';

export interface Tape {
  /** `T` is plain JSON. */
  readonly prop: <T>(make: () => Promise<T>) => Promise<T>;
  readonly uuid: () => string;
  readonly wait: (wait: Wait) => Promise<Waited<Exchange>>;
  /** In place of the target, where there is none. */
  readonly recorder?: Recorder;
  /** The tape of a shared act. */
  readonly inner: (key: string) => Tape;
  readonly keepShared: (key: string, script: Script) => void;
  readonly script: (exchanges: readonly Exchange[]) => Script;
}

export function recordingTape(): Tape {
  const props: Prop[] = [];
  const waits: WaitNote[] = [];
  const shared: Record<string, Script> = {};
  return {
    prop: async <T>(make: () => Promise<T>): Promise<T> => {
      const place = props.push({ is: 'error', name: 'HarnessError', message: 'It never came.' }) - 1;
      try {
        const value = await make();
        props[place] = { is: 'given', value: asJson(value) };
        return value;
      } catch (error) {
        props[place] = failed(error);
        throw error;
      }
    },
    uuid: () => {
      const value = randomUUID();
      props.push({ is: 'given', value });
      return value;
    },
    wait: async ({ look, holds, expected, budgetMs }) => {
      const place = waits.push({ looks: 0, waitedMs: 0 }) - 1;
      let looks = 0;
      const counted = (): Promise<Exchange> => {
        looks += 1;
        return look();
      };
      const waited = await poll(counted, holds, budgetMs, expected);
      waits[place] = { looks, waitedMs: Math.round(waited.waitedMs) };
      return waited;
    },
    inner: recordingTape,
    keepShared: (key, script) => void (shared[key] = script),
    script: (exchanges) => {
      const others = new Set(Object.values(shared).flatMap(everyExchange));
      const own = exchanges.map(({ id }) => id).filter((id) => !others.has(id));
      return { exchanges: own, props, waits, shared };
    },
  };
}

function everyExchange({ exchanges, shared }: Script): readonly string[] {
  return [...exchanges, ...Object.values(shared).flatMap(everyExchange)];
}

function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}

function failed(error: unknown): Prop {
  if (error instanceof Unreached) return { is: 'unreached', root: error.root, message: error.message };
  if (error instanceof NotBound) return { is: 'not-bound', message: error.message };
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { is: 'error', name, message };
}
