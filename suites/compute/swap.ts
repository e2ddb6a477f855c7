/**
 * Prepares a swap that is accepted, which requires a volume that the block storage service shows as migrating.
 *
 * An administrator can set that status without a migration. The swapped volumes cannot be reused: the two services
 * disagree on them, and only an administrator can delete them.
 */
import { statusOf } from '../../src/execution/poll.ts';
import { unreached } from '../../src/resources/resource-type.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import type { Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';

export interface Migrating extends Attached {
  /** An available volume to replace the attached one. */
  readonly replacement: Volume;
}

/** Sets the migration status of an attached volume to migrating. @throws Unreached */
export async function markMigrating(run: RunContext, attached: Attached): Promise<void> {
  const reply = await sendRequest(run, {
    service: 'block-storage',
    method: 'POST',
    path: `/volumes/${attached.volume.id}/action`,
    body: { 'os-reset_status': { migration_status: 'migrating' } },
    as: 'admin',
    purpose: 'preparation',
  });
  if (statusOf(reply) !== 202) throw unreached('marking a volume as migrating', reply);
}
