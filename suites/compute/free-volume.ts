/** Detaches volumes from the servers of the run, so that they can be reused or deleted. */
import { timeouts } from '../../src/execution/timeouts.ts';
import type { Checked } from '../../src/clauses/checked.ts';
import { pollShown } from '../../src/execution/poll.ts';
import { removeResource } from '../../src/resources/resource-type.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { resetToAvailable } from '../block-storage/remove-volume.ts';
import { attachedServers, showVolume, volumeStatus } from '../block-storage/show-volume.ts';
import { reachVolumeStatus, volume as volumeKind, type Volume } from '../block-storage/volume.ts';
import { detachFromServer } from './attachment.ts';

/** Detaches a volume from the servers of the run and waits until it is available. @throws Unreached */
export async function freeVolume(run: RunContext, used: Volume): Promise<Volume> {
  const seen = await reachStableStatus(run, used);
  if (volumeStatus(seen) === 'available') return used;
  const owned = new Map(run.ledger.owned().map((resource) => [resource.id, resource]));
  for (const id of attachedServers(seen)) {
    const server = owned.get(id);
    if (server) await detachFromServer(run, server, used);
  }
  // A server that is being deleted releases its volumes itself.
  await reachVolumeStatus(run, used.id, 'available');
  return used;
}

/** Waits while an accepted attach or detach is under way. */
async function reachStableStatus(run: RunContext, { id }: Volume): Promise<Checked> {
  const { last } = await pollShown(
    run,
    () => showVolume(run, id, 'preparation'),
    (seen) => !['reserved', 'attaching', 'detaching'].includes(volumeStatus(seen) ?? ''),
    timeouts.attachment,
  );
  return last;
}

/** Deletes a volume, detached first where that is possible. @throws Unreached when it is not deleted */
export function discardVolume(run: RunContext, spent: Volume): Promise<void> {
  return removeResource(run, volumeKind, spent.id);
}

/**
 * Deletes a volume on whose state the services disagree, after the deletion of its server. Such a volume never becomes
 * available by itself, so its status is reset instead of waited for.
 *
 * @throws Unreached when it is not deleted
 */
export async function discardInconsistent(run: RunContext, spent: Volume): Promise<void> {
  await resetToAvailable(run, spent.id);
  await discardVolume(run, spent);
}
