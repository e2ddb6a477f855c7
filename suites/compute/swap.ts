/**
 * The one way to a swap that is accepted: a volume that the volume service says is migrating.
 *
 * An administrator can have it say so without a migration. What is swapped then is of no further use: the two services
 * no longer agree on it, and only an administrator can clear it away.
 */
import { statusOf } from '../../src/conformance/poll.ts';
import { unreached } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import type { Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';

export interface Migrating extends Attached {
  /** Free, for the place of the attached volume. */
  readonly replacement: Volume;
}

/** Has the volume service say that an attached volume migrates. @throws Unreached */
export async function markMigrating(world: World, attached: Attached): Promise<void> {
  const reply = await sendRequest(world, {
    service: 'block-storage',
    method: 'POST',
    path: `/volumes/${attached.volume.id}/action`,
    body: { 'os-reset_status': { migration_status: 'migrating' } },
    as: 'admin',
    purpose: 'preparation',
  });
  if (statusOf(reply) !== 202) throw unreached('a volume that migrates', reply);
}
