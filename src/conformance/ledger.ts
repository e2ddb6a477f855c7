/**
 * What the run creates, written down before the request that creates it is sent.
 *
 * An entry without its `created` may exist under its name; an entry without its `removed` is still there. Clean-up
 * removes what stands here and nothing else.
 */
import { jsonObject, parseJson } from '../json.ts';
import type { Identity } from './identity.ts';
import { spellingOf } from './id-spelling.ts';

export type LedgerEntry = Event & {
  /** The Keystone that it was said to, where that alone tells the place: of users and projects. */
  readonly where?: string;
};

type Event =
  | { readonly event: 'intent' | 'refused'; readonly type: string; readonly name: string; readonly at: string }
  | {
      readonly event: 'created';
      readonly type: string;
      readonly name: string;
      readonly id: string;
      readonly identity?: Identity;
      readonly at: string;
    }
  | {
      readonly event: 'removed';
      readonly type: string;
      readonly name: string;
      readonly id: string;
      readonly identity?: Identity;
      readonly at: string;
    };

/**
 * The entries of a ledger's text, one JSON value a line. A last line that was cut off by a sudden end is left out: its
 * request was never sent.
 *
 * @throws RangeError for any other line that is no entry
 */
export function readLedger(text: string): readonly LedgerEntry[] {
  const lines = text.split('\n');
  lines.pop();
  const entries = lines.filter((line) => line !== '').map((line, index) => entryOf(line, index + 1));
  return entries;
}

const events: readonly string[] = ['intent', 'created', 'refused', 'removed'] satisfies LedgerEntry['event'][];

function entryOf(line: string, number: number): LedgerEntry {
  const entry = jsonObject(parseJson(line));
  const { event, type, name, id } = entry;
  const named =
    typeof event === 'string' && events.includes(event) && typeof type === 'string' && typeof name === 'string';
  const whole = named && (event === 'intent' || event === 'refused' || typeof id === 'string');
  if (!whole) throw new RangeError(`Line ${number} of the ledger is no entry of a run.`);
  return entry as unknown as LedgerEntry;
}

/**
 * Returns when the entry is written. What it resolves with, where it does: an intent is safe on disk. An intent that
 * cannot be written is thrown back, and its request is not sent; anything else that cannot be is known from memory alone.
 */
export type AppendLedger = (entry: LedgerEntry) => void | Promise<void>;

/** A thing that the ledger says exists. */
export interface Owned {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** Who made it and removes it; the member when missing. */
  readonly identity?: Identity;
}

/** A creation that was meant, and when. */
export interface Intent {
  readonly type: string;
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Ledger {
  /** Resolves when it is safe: not before then does the request leave. */
  readonly intend: (type: string, name: string) => Promise<void>;
  readonly created: (thing: Owned) => void;
  readonly removed: (thing: Owned) => void;
  /** What is still there, in the order of creation. */
  readonly owned: () => readonly Owned[];
  /** Milliseconds since it was removed; undefined for what is still there or never was. */
  readonly goneFor: (id: string) => number | undefined;
  /** Is or was the run's own, in whatever spelling of a UUID: ids are never given out twice. */
  readonly knows: (id: string) => boolean;
  /** Is or was the run's own, of this type: ids that are names or numbers are given out once for each type. */
  readonly knowsAs: (type: string, id: string) => boolean;
  /** Intents of which neither success nor refusal is known. */
  readonly unsettled: () => readonly Intent[];
  /** Milliseconds since it was meant; 0 where the clocks do not tell. */
  readonly ageOf: (intent: Intent) => number;
  /** The creation was refused: nothing came of the intent. */
  readonly refused: (name: string) => void;
}

/** `before`: entries of an earlier process, in order; they are not written again. */
export function createLedger(append: AppendLedger, now: () => string, before: readonly LedgerEntry[] = []): Ledger {
  const owned = new Map<string, Owned>();
  const known = new Set<string>();
  const gone = new Map<string, string>();
  const unsettled = new Map<string, Intent>();
  const own = (thing: Owned): void => {
    unsettled.delete(thing.name);
    known.add(spellingOf(thing.id)).add(keyOf(thing));
    owned.set(keyOf(thing), thing);
    gone.delete(thing.id);
  };
  const part = (thing: Pick<Owned, 'type' | 'id'>, at: string): void => {
    owned.delete(keyOf(thing));
    gone.set(thing.id, at);
  };
  const refuse = (name: string): void => {
    const intent = unsettled.get(name);
    unsettled.delete(name);
    if (intent) void append({ event: 'refused', ...intent, at: now() });
  };
  const since = (at: string): number => Date.parse(now()) - Date.parse(at) || 0;
  for (const entry of before) {
    if (entry.event === 'intent') unsettled.set(entry.name, { type: entry.type, name: entry.name, at: entry.at });
    if (entry.event === 'refused') unsettled.delete(entry.name);
    if (entry.event === 'removed') part(entry, entry.at);
    if (entry.event === 'created') {
      const { type, name, id, identity } = entry;
      own({ type, name, id, ...(identity === undefined ? {} : { identity }) });
    }
  }
  return {
    intend: async (type, name) => {
      const intent = { type, name, at: now() };
      const safe = append({ event: 'intent', ...intent });
      unsettled.set(name, intent);
      try {
        await safe;
      } catch (error) {
        // Its request is never sent. The file may have the line all the same.
        refuse(name);
        throw error;
      }
    },
    created: (thing) => {
      own(thing);
      void append({ event: 'created', ...thing, at: now() });
    },
    removed: (thing) => {
      const at = now();
      part(thing, at);
      void append({ event: 'removed', ...thing, at });
    },
    refused: refuse,
    owned: () => [...owned.values()],
    knows: (id) => known.has(spellingOf(id)),
    knowsAs: (type, id) => known.has(keyOf({ type, id })),
    unsettled: () => [...unsettled.values()],
    goneFor: (id) => {
      const at = gone.get(id);
      return at === undefined ? undefined : since(at);
    },
    ageOf: ({ at }) => since(at),
  };
}

function keyOf({ type, id }: Pick<Owned, 'type' | 'id'>): string {
  return `${type} ${id}`;
}
