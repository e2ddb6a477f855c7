/**
 * What the run creates, written down before the request that creates it is sent.
 *
 * An entry without its `created` may exist under its name; an entry without its `removed` is still there. Clean-up
 * removes what stands here and nothing else.
 */
import type { Identity } from './clause.ts';

export type LedgerEntry =
  | { readonly event: 'intent'; readonly type: string; readonly name: string; readonly at: string }
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

/** Returns when the entry is safe on disk. */
export type AppendLedger = (entry: LedgerEntry) => void;

/** A thing that the ledger says exists. */
export interface Owned {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** Who made it and removes it; the member when missing. */
  readonly identity?: Identity;
}

export interface Ledger {
  readonly intend: (type: string, name: string) => void;
  readonly created: (thing: Owned) => void;
  readonly removed: (thing: Owned) => void;
  /** What is still there, in the order of creation. */
  readonly owned: () => readonly Owned[];
  /** Intents of which neither success nor refusal is known. */
  readonly unsettled: () => readonly { readonly type: string; readonly name: string }[];
  /** The creation was refused: nothing came of the intent. */
  readonly refused: (name: string) => void;
}

export function createLedger(append: AppendLedger, now: () => string): Ledger {
  const owned = new Map<string, Owned>();
  const unsettled = new Map<string, { type: string; name: string }>();
  return {
    intend: (type, name) => {
      append({ event: 'intent', type, name, at: now() });
      unsettled.set(name, { type, name });
    },
    created: (thing) => {
      append({ event: 'created', ...thing, at: now() });
      unsettled.delete(thing.name);
      owned.set(thing.id, thing);
    },
    removed: (thing) => {
      append({ event: 'removed', ...thing, at: now() });
      owned.delete(thing.id);
    },
    refused: (name) => unsettled.delete(name),
    owned: () => [...owned.values()],
    unsettled: () => [...unsettled.values()],
  };
}
