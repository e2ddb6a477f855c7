/** A census in sentences: what was counted, what could not be, and what of others changed. */
import type { CensusChange, RollCount, ThingState } from '../conformance/census.ts';
import { printable } from './printable.ts';
import type { Census } from './record.ts';

/** The counts, one line for each list; then what changed. */
export function wordCensus(census: Census): readonly string[] {
  const changed = census.changes.map(wordChange);
  const more = census.more > 0 ? [`${census.more} more changes are not listed.`] : [];
  const counts = census.before.map((list) => wordCounts(list, census.after));
  if (census.after.length === 0) return [...counts, 'The run broke off before it could count again.'];
  if (changed.length === 0) return [...counts, 'Nothing of others was seen to change during the run.'];
  return [...counts, 'Changed during the run, not by it:', ...changed, ...more];
}

/** `The servers of member could not be listed: the reply was 500.`; nothing for a list that came. */
export function wordFailedRoll(list: RollCount): readonly string[] {
  return 'failed' in list
    ? [`The ${list.type}s of ${list.identity} could not be listed: ${printable(list.failed)}.`]
    : [];
}

function wordCounts(before: RollCount, all: readonly RollCount[]): string {
  const after = all.find(({ identity, type }) => identity === before.identity && type === before.type);
  const told = after ? [`${wordCount(before)} before`, `${wordCount(after)} after`] : [`${wordCount(before)} before`];
  return `${before.type}s of ${before.identity}: ${told.join(', ')}`;
}

function wordCount(list: RollCount): string {
  return 'failed' in list ? `not listed (${printable(list.failed)})` : String(list.count);
}

export function wordChange({ type, id, before, after }: CensusChange): string {
  const thing = `${type} ${printable((after ?? before)?.name ?? '')} (${printable(id)})`;
  if (!before) return `${thing} appeared${after ? `: ${wordState(after)}` : ''}`;
  if (!after) return `${thing} vanished; it was ${wordState(before)}`;
  const renamed = before.name === after.name ? '' : `, was called ${printable(before.name)}`;
  return `${thing} was ${wordState(before)} and is ${wordState(after)}${renamed}`;
}

function wordState({ status, attachments }: ThingState): string {
  const to = attachments.length === 0 ? '' : ` with ${attachments.map((id) => printable(id)).join(', ')}`;
  return `${printable(status)}${to}`;
}
