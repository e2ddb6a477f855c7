/** The one way to a swap that is accepted: a migration of the volume, started in the volume service. */
import { statusOf } from '../../src/conformance/poll.ts';
import { unreached } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import type { Volume } from '../block-storage/volume.ts';

/** Marks a volume as migrating to the host of the run's fixtures. @throws Unreached */
export async function startMigration(world: World, volume: Volume): Promise<void> {
  const reply = await sendRequest(world, {
    service: 'block-storage',
    method: 'POST',
    path: `/volumes/${volume.id}/action`,
    body: { 'os-migrate_volume': { host: world.target.fixtures.migration_host ?? '', force_host_copy: true } },
    as: 'admin',
    purpose: 'preparation',
  });
  if (statusOf(reply) !== 202) throw unreached('a volume migration', reply);
}
