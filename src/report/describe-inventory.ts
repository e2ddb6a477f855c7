/** Words an inventory: the counts, lists that failed, and changes to resources that are not the run's. */
import type { Inventory } from '../records/report.ts';
import type { InventoryChange, ResourceListCount, ThingState } from '../records/run-facts.ts';
import { printable } from './printable.ts';

/** The counts, one line per list; then the changes. */
export function wordInventory(inventory: Inventory): readonly string[] {
  const changed = inventory.changes.map(wordChange);
  const more = inventory.more > 0 ? [`${inventory.more} more changes are not listed.`] : [];
  const counts = inventory.before.map((list) => wordCounts(list, inventory.after));
  if (inventory.after.length === 0) return [...counts, 'The run ended before the second inventory.'];
  if (changed.length === 0) return [...counts, 'No other resource was seen to change during the run.'];
  return [...counts, 'Changed during the run, but not by it:', ...changed, ...more];
}

/** `The servers of member could not be listed: the response was 500.`; empty for a list that succeeded. */
export function wordFailedList(list: ResourceListCount): readonly string[] {
  return 'failed' in list
    ? [`The ${list.type}s of ${list.identity} could not be listed: ${printable(list.failed)}.`]
    : [];
}

function wordCounts(before: ResourceListCount, all: readonly ResourceListCount[]): string {
  const after = all.find(({ identity, type }) => identity === before.identity && type === before.type);
  const counts = after ? [`${wordCount(before)} before`, `${wordCount(after)} after`] : [`${wordCount(before)} before`];
  return `${before.type}s of ${before.identity}: ${counts.join(', ')}`;
}

function wordCount(list: ResourceListCount): string {
  return 'failed' in list ? `not listed (${printable(list.failed)})` : String(list.count);
}

export function wordChange({ type, id, before, after }: InventoryChange): string {
  const resource = `${type} ${printable((after ?? before)?.name ?? '')} (${printable(id)})`;
  if (!before) return `${resource} appeared${after ? `: ${wordState(after)}` : ''}`;
  if (!after) return `${resource} disappeared; it was ${wordState(before)}`;
  const renamed = before.name === after.name ? '' : `, was called ${printable(before.name)}`;
  return `${resource} was ${wordState(before)} and is ${wordState(after)}${renamed}`;
}

function wordState({ status, attachments }: ThingState): string {
  const to = attachments.length === 0 ? '' : ` with ${attachments.map((id) => printable(id)).join(', ')}`;
  return `${printable(status)}${to}`;
}
