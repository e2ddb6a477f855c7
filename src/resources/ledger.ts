/**
 * The ledger of created resources; an intent is written before the request is sent.
 *
 * An intent without `created` may exist under its name; a created resource without `removed` still exists. Cleanup
 * removes what is in the ledger and nothing else.
 */
import { parseJson, type Json } from '../json.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import { parserOf } from '../records/parser.ts';
import type { Identity } from '../clauses/identity.ts';
import { spellingOf } from './id-spelling.ts';

/**
 * Parses a ledger, one JSON value a line. A last line that is incomplete, because the process ended, is ignored: its
 * request was never sent.
 *
 * @throws RangeError for any other invalid line
 */
export function readLedger(text: string): readonly LedgerEntry[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.filter((line) => line !== '').map((line, index) => entryOf(line, index + 1));
}

const parse = parserOf('ledgerEntry');

function entryOf(line: string, number: number): LedgerEntry {
  const parsed = parse(parseJson(line));
  if (parsed.is === 'valid') return parsed.value;
  const { pointer, expected } = parsed;
  const place = pointer === '' ? '' : ` at "${pointer}"`;
  throw new RangeError(`Line ${number} of the ledger is not a ledger entry; expected${place}: ${expected}.`);
}

/**
 * Returns when the entry is written; for an intent, resolves when it is safe on disk. Throws when an intent cannot be
 * written, so its request is not sent; other entries that cannot be written are kept in memory only.
 */
export type AppendLedger = (entry: LedgerEntry) => void | Promise<void>;

/** A resource that exists according to the ledger. */
export interface Owned {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** The identity that created it and removes it; the member when missing. */
  readonly identity?: Identity;
}

/** An intended creation. */
export interface Intent {
  readonly type: string;
  readonly name: string;
  /** The name in the request as JSON, at most 200 characters, where a check sends another value than a name of the run. */
  readonly sentAs?: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Ledger {
  /** Resolves when the intent is safe on disk; the request is sent only after that. */
  readonly intend: (type: string, name: string, sentAs?: string) => Promise<void>;
  readonly created: (thing: Owned) => void;
  readonly removed: (thing: Owned) => void;
  /** Existing resources, in the order of creation. */
  readonly owned: () => readonly Owned[];
  /** Milliseconds since its removal; undefined for existing and unknown resources. */
  readonly removedFor: (id: string) => number | undefined;
  /** Whether the run owns or owned it, in any spelling of a UUID: ids are never reused. */
  readonly knows: (id: string) => boolean;
  /** Whether the run owns or owned it as this type: ids that are names or numbers are unique only within a type. */
  readonly knowsAs: (type: string, id: string) => boolean;
  /** Intents with an unknown result. */
  readonly unsettled: () => readonly Intent[];
  /** Milliseconds since the intent; 0 when the clocks are unusable. */
  readonly ageOf: (intent: Intent) => number;
  /** The creation was refused: nothing was created. */
  readonly refused: (name: string) => void;
}

/** `before`: entries of an earlier process, in order; they are not written again. */
export function createLedger(append: AppendLedger, now: () => string, before: readonly LedgerEntry[] = []): Ledger {
  const owned = new Map<string, Owned>();
  const known = new Set<string>();
  const removedAt = new Map<string, string>();
  const unsettled = new Map<string, Intent>();
  const markCreated = (thing: Owned): void => {
    unsettled.delete(thing.name);
    known.add(spellingOf(thing.id)).add(keyOf(thing));
    owned.set(keyOf(thing), thing);
    removedAt.delete(thing.id);
  };
  const markRemoved = (thing: Pick<Owned, 'type' | 'id'>, at: string): void => {
    owned.delete(keyOf(thing));
    removedAt.set(thing.id, at);
  };
  const refuse = (name: string): void => {
    const intent = unsettled.get(name);
    unsettled.delete(name);
    if (intent) void append({ event: 'refused', ...intent, at: now() });
  };
  const since = (at: string): number => Date.parse(now()) - Date.parse(at) || 0;
  for (const entry of before) {
    if (entry.event === 'intent') {
      const { type, name, sentAs, at } = entry;
      unsettled.set(name, { type, name, ...(sentAs !== undefined && { sentAs }), at });
    }
    if (entry.event === 'refused') unsettled.delete(entry.name);
    if (entry.event === 'removed') markRemoved(entry, entry.at);
    if (entry.event === 'created') {
      const { type, name, id, identity } = entry;
      markCreated({ type, name, id, ...(identity === undefined ? {} : { identity }) });
    }
  }
  return {
    intend: async (type, name, sentAs) => {
      const intent = { type, name, ...(sentAs !== undefined && { sentAs }), at: now() };
      const safe = append({ event: 'intent', ...intent });
      unsettled.set(name, intent);
      try {
        await safe;
      } catch (error) {
        // Its request is never sent, although the file may have the line.
        refuse(name);
        throw error;
      }
    },
    created: (thing) => {
      markCreated(thing);
      void append({ event: 'created', ...thing, at: now() });
    },
    removed: (thing) => {
      const at = now();
      markRemoved(thing, at);
      void append({ event: 'removed', ...thing, at });
    },
    refused: refuse,
    owned: () => [...owned.values()],
    knows: (id) => known.has(spellingOf(id)),
    knowsAs: (type, id) => known.has(keyOf({ type, id })),
    unsettled: () => [...unsettled.values()],
    removedFor: (id) => {
      const at = removedAt.get(id);
      return at === undefined ? undefined : since(at);
    },
    ageOf: ({ at }) => since(at),
  };
}

function keyOf({ type, id }: Pick<Owned, 'type' | 'id'>): string {
  return `${type} ${id}`;
}

/** The name in a request as an intent keeps it where it is not a name of the run. */
export function sentAs(name: Json | undefined): string {
  return JSON.stringify(name ?? null).slice(0, 200);
}
