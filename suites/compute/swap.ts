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
import { attach, type Attached } from './attachment.ts';
import type { Server } from './server.ts';

export interface Migrating extends Attached {
  /** Free, for the place of the attached volume. */
  readonly replacement: Volume;
}

/** Attaches the first volume and marks it as migrating. @throws Unreached */
export async function makeMigrating(
  world: World,
  server: Server,
  volume: Volume,
  replacement: Volume,
): Promise<Migrating> {
  const attached = await attach(world, server, volume, 'osc-swap');
  const reply = await sendRequest(world, {
    service: 'block-storage',
    method: 'POST',
    path: `/volumes/${volume.id}/action`,
    body: { 'os-reset_status': { migration_status: 'migrating' } },
    as: 'admin',
    purpose: 'preparation',
  });
  if (statusOf(reply) !== 202) throw unreached('a volume that migrates', reply);
  return { ...attached, replacement };
}
