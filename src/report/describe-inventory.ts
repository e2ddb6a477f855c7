/** Words an inventory: the counts, lists that failed, and changes to resources that are not the run's. */
import type { Inventory } from '../records/report.ts';
import type { InventoryChange, ResourceListCount, ThingState } from '../records/run-facts.ts';
import { printable } from './printable.ts';

/** The counts, one line per list; then the changes. */
export function describeInventory(inventory: Inventory): readonly string[] {
  const changed = inventory.changes.map(describeChange);
  const more = inventory.more > 0 ? [`${inventory.more} more changes are not listed.`] : [];
  const counts = inventory.before.map((list) => describeCounts(list, inventory.after));
  if (inventory.after.length === 0) return [...counts, 'The run ended before the second inventory.'];
  if (changed.length === 0) return [...counts, 'No other resource was seen to change during the run.'];
  return [...counts, 'Changed during the run, but not by it:', ...changed, ...more];
}

/** `The servers of member could not be listed: the response was 500.`; empty for a list that succeeded. */
export function describeFailedList(list: ResourceListCount): readonly string[] {
  return 'failed' in list
    ? [`The ${list.type}s of ${list.identity} could not be listed: ${printable(list.failed)}.`]
    : [];
}

function describeCounts(before: ResourceListCount, all: readonly ResourceListCount[]): string {
  const after = all.find(({ identity, type }) => identity === before.identity && type === before.type);
  const counts = after
    ? [`${describeCount(before)} before`, `${describeCount(after)} after`]
    : [`${describeCount(before)} before`];
  return `${before.type}s of ${before.identity}: ${counts.join(', ')}`;
}

function describeCount(list: ResourceListCount): string {
  return 'failed' in list ? `not listed (${printable(list.failed)})` : String(list.count);
}

export function describeChange({ type, id, before, after }: InventoryChange): string {
  const resource = `${type} ${printable((after ?? before)?.name ?? '')} (${printable(id)})`;
  if (!before) return `${resource} appeared${after ? `: ${describeState(after)}` : ''}`;
  if (!after) return `${resource} disappeared; it was ${describeState(before)}`;
  const renamed = before.name === after.name ? '' : `, was called ${printable(before.name)}`;
  return `${resource} was ${describeState(before)} and is ${describeState(after)}${renamed}`;
}

function describeState({ status, attachments }: ThingState): string {
  const to = attachments.length === 0 ? '' : ` with ${attachments.map((id) => printable(id)).join(', ')}`;
  return `${printable(status)}${to}`;
}
