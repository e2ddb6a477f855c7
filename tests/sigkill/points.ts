/** Where to kill: at lines of the ledger, so that every phase of a run has its share however fast the target is. */
import type { LedgerEntry } from '../../src/records/ledger.ts';

export interface Point {
  /** For people: `line 12, an intent without its answer`. */
  readonly words: string;
  /** Looks at the ledger as it stands. */
  readonly reached: (ledger: readonly LedgerEntry[]) => boolean;
}

/** Spread over the life of a run whose ledger was `whole`. */
export function choosePoints(whole: readonly LedgerEntry[], count: number): readonly Point[] {
  const intents = whole.filter(({ event }) => event === 'intent').length;
  const removals = whole.filter(({ event }) => event === 'removed').length;
  const share = (part: number): number => Math.round(count * part);
  const open = share(0.3);
  const late = share(0.3);
  const lines = count - open - late;
  return [
    ...spread(lines, whole.length - removals).map(afterLine),
    ...spread(open, intents).map(afterIntent),
    ...spread(late, removals - 1).map(afterRemoval),
  ];
}

/** `count` whole numbers from 1 to `most`, as far from each other as they can be. */
function spread(count: number, most: number): readonly number[] {
  const gap = count > 1 ? (most - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, index) => Math.max(1, Math.round(1 + index * gap)));
}

function afterLine(line: number): Point {
  return { words: `after line ${line} of the ledger`, reached: (ledger) => ledger.length >= line };
}

/** The request may not have left yet, be under way, or have been answered: the kill races with it. */
function afterIntent(number: number): Point {
  return {
    words: `at intent ${number}, before its answer`,
    reached: (ledger) => {
      const intents = ledger.filter(({ event }) => event === 'intent');
      const last = ledger.at(-1);
      return intents.length >= number && last?.event === 'intent';
    },
  };
}

function afterRemoval(number: number): Point {
  return {
    words: `after removal ${number}`,
    reached: (ledger) => ledger.filter(({ event }) => event === 'removed').length >= number,
  };
}
