/** Takes volumes away from wherever this run attached them, to be used again or removed. */
import { budgets } from '../../src/conformance/budgets.ts';
import type { Checked } from '../../src/conformance/checked.ts';
import { pollShown } from '../../src/conformance/poll.ts';
import { removeResource } from '../../src/conformance/resource.ts';
import type { World } from '../../src/conformance/world.ts';
import { declareFree } from '../block-storage/remove-volume.ts';
import { attachedServers, showVolume, volumeStatus } from '../block-storage/show-volume.ts';
import { reachVolumeStatus, volume as volumeKind, type Volume } from '../block-storage/volume.ts';
import { takeFrom } from './attachment.ts';

/** Detaches a volume and waits until it is free. @throws Unreached */
export async function freeVolume(world: World, used: Volume): Promise<Volume> {
  const seen = await settled(world, used);
  if (volumeStatus(seen) === 'available') return used;
  const ours = new Map(world.ledger.owned().map((thing) => [thing.id, thing]));
  for (const id of attachedServers(seen)) {
    const host = ours.get(id);
    if (host) await takeFrom(world, host, used);
  }
  // A server that is on its way out gives its volumes up by itself.
  await reachVolumeStatus(world, used.id, 'available');
  return used;
}

/** An attach that was accepted may still be under way. */
async function settled(world: World, { id }: Volume): Promise<Checked> {
  const { last } = await pollShown(
    world,
    () => showVolume(world, id, 'preparation'),
    (seen) => !['reserved', 'attaching', 'detaching'].includes(volumeStatus(seen) ?? ''),
    budgets.attachment,
  );
  return last;
}

/** Removes a volume, detached before where it can be. @throws Unreached when it stays. */
export function discardVolume(world: World, spent: Volume): Promise<void> {
  return removeResource(world, volumeKind, spent.id);
}

/**
 * Removes a volume on which the services do not agree any more, when the server is gone that had it: it never becomes
 * free by itself, and nobody waits for that.
 *
 * @throws Unreached when it stays.
 */
export async function discardInDisorder(world: World, spent: Volume): Promise<void> {
  await declareFree(world, spent.id);
  await discardVolume(world, spent);
}
