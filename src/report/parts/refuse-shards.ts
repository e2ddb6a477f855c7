/**
 * Checks that the given shards make up one run, and says why not.
 */
import { differentTarget } from './same-target.ts';
import type { Journal } from '../journal.ts';

export interface NamedJournal {
  /** As the operator named it: a folder. */
  readonly from: string;
  readonly journal: Journal;
}

export function shardsInOrder(shards: readonly NamedJournal[]): readonly NamedJournal[] {
  return [...shards].sort((a, b) => indexOf(a) - indexOf(b));
}

/** Undefined if they do. */
export function refuseShards(shards: readonly NamedJournal[]): string | undefined {
  const whole = shards.find(({ journal }) => !journal.header.run.shard);
  if (whole) return `${whole.from} is not a shard. Pass the folders of runs that were started with --shard.`;
  const [first, ...others] = shardsInOrder(shards);
  if (!first) return 'No shard was given. Pass the folders of runs that were started with --shard.';
  for (const other of others) {
    const refusal = unlike(first, other);
    if (refusal !== undefined) return refusal;
  }
  return repeated(shards) ?? missing(shards);
}

function unlike(first: NamedJournal, other: NamedJournal): string | undefined {
  const [a, b] = [first.journal.header, other.journal.header];
  if (totalOf(first) !== totalOf(other)) {
    return `${first.from} is a shard of ${totalOf(first)} and ${other.from} one of ${totalOf(other)}. Pass the shards of one run.`;
  }
  const target = differentTarget(a, b);
  if (target !== undefined) return `${first.from} and ${other.from} are not shards of one run: ${target}.`;
  if (a.run.plan === b.run.plan) return undefined;
  return `${first.from} and ${other.from} are not shards of one run: they planned different cases, so their options differed.`;
}

function repeated(shards: readonly NamedJournal[]): string | undefined {
  for (const [at, one] of shards.entries()) {
    const again = shards.slice(at + 1).find((other) => indexOf(other) === indexOf(one));
    if (again) return `Shard ${indexOf(one)} of ${totalOf(one)} was given twice: ${one.from} and ${again.from}.`;
  }
  return undefined;
}

function missing(shards: readonly NamedJournal[]): string | undefined {
  const [first] = shards;
  const total = first ? totalOf(first) : 0;
  const given = new Set(shards.map(indexOf));
  const lost = Array.from({ length: total }, (_, index) => index + 1).filter((index) => !given.has(index));
  if (lost.length === 0) return undefined;
  const subject = lost.length === 1 ? `Shard ${lost[0]} of ${total} is` : `Shards ${lost.join(', ')} of ${total} are`;
  return `${subject} missing: ${[...given].sort((a, b) => a - b).join(', ')} ${given.size === 1 ? 'was' : 'were'} given.`;
}

function indexOf({ journal }: NamedJournal): number {
  return journal.header.run.shard?.index ?? 0;
}

function totalOf({ journal }: NamedJournal): number {
  return journal.header.run.shard?.total ?? 0;
}
