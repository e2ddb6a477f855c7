/**
 * Volume actions: reset the status, force a detach, retype, migrate, set bootable, extend.
 */

import { bodiless, isObject, type Json, type SimResponse, textMember } from '../kernel/http.ts';
import { badRequest } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import { attachmentsOf, isMigrating, release, setStatus } from './attaching.ts';
import { requireAdmin, requireMember, type VolumeCall, type VolumeHandle, visibleVolume } from './call.ts';
import type { Volume, VolumeType } from './state.ts';

type Action = (call: VolumeCall, volume: Volume, argument: Json) => void;

const actions: Readonly<Record<string, Action>> = {
  'os-reset_status': resetStatus,
  'os-force_detach': forceDetach,
  'os-detach': forceDetach,
  'os-retype': retype,
  'os-migrate_volume': migrate,
  'os-set_bootable': setBootable,
  'os-extend': extend,
};

/** The statuses that a reset can set. */
const statuses: readonly string[] = [
  'creating',
  'available',
  'deleting',
  'error',
  'error_deleting',
  'error_managing',
  'managing',
  'attaching',
  'in-use',
  'detaching',
  'maintenance',
  'restoring-backup',
  'error_restoring',
  'reserved',
  'awaiting-transfer',
  'backing-up',
  'error_backing-up',
  'error_extending',
  'downloading',
  'uploading',
  'retyping',
  'extending',
];

export const volumeActionRoutes: readonly Route<VolumeHandle>[] = [
  {
    operation: 'block-storage/run-volume-action',
    method: 'POST',
    path: '/volumes/:volume_id/action',
    handle: { answer: runAction },
  },
];

function runAction(call: VolumeCall): SimResponse {
  const [name, ...others] = isObject(call.body) ? Object.keys(call.body) : [];
  if (name === undefined || others.length > 0) throw badRequest('Malformed request body');
  const action = actions[name];
  if (!action)
    throw badRequest(
      `There is no such action: ${name}. Verify the request body and Content-Type header and try again.`,
    );
  const volume = visibleVolume(call, call.params.volume_id ?? '');
  action(call, volume, isObject(call.body) ? (call.body[name] ?? null) : null);
  return bodiless(202);
}

function resetStatus(call: VolumeCall, volume: Volume, argument: Json): void {
  requireAdmin(call, 'volume_extension:volume_admin_actions:reset_status');
  const status = textMember(argument, 'status');
  const attachStatus = textMember(argument, 'attach_status');
  const migrationStatus = textMember(argument, 'migration_status');
  if (status === undefined && attachStatus === undefined && migrationStatus === undefined) {
    throw badRequest("Must specify 'status', 'attach_status' or 'migration_status' for update.");
  }
  if (status !== undefined && !statuses.includes(status.toLowerCase())) {
    const list = statuses.map((one) => `'${one}'`).join(', ');
    throw badRequest(`Volume status: ${status} is invalid, valid statuses are: (${list}).`);
  }
  if (status !== undefined) setStatus(call.cloud, volume, status.toLowerCase());
  if (attachStatus !== undefined) volume.attachStatus = attachStatus === 'attached' ? 'attached' : 'detached';
  if (migrationStatus !== undefined) {
    volume.migrationStatus = migrationStatus.toLowerCase() === 'none' ? null : migrationStatus.toLowerCase();
  }
  if (attachStatus !== 'detached') return;
  for (const { id } of attachmentsOf(call.cloud, volume.id)) call.cloud.blockStorage.attachments.delete(id);
}

function forceDetach(call: VolumeCall, volume: Volume, argument: Json): void {
  requireAdmin(call, 'volume_extension:volume_admin_actions:force_detach');
  const wanted = textMember(argument, 'attachment_id');
  const attachments = attachmentsOf(call.cloud, volume.id).filter(({ id }) => wanted === undefined || id === wanted);
  for (const { id } of attachments) release(call.cloud, id);
}

/** A retype that moves the volume is shown as a migration until it completes. */
function retype(call: VolumeCall, volume: Volume, argument: Json): void {
  requireMember(call, 'volume_extension:retype');
  const { cloud } = call;
  const wanted = textMember(argument, 'new_type');
  const type = [...cloud.blockStorage.types.values()].find(({ id, name }) => id === wanted || name === wanted);
  if (!type) throw badRequest(`Invalid volume_type passed: ${wanted ?? 'None'}.`);
  if (!['available', 'in-use'].includes(volume.status) || isMigrating(volume)) {
    throw badRequest('Invalid volume: Retype needs a volume that is available or in-use and does not migrate.');
  }
  const move = textMember(argument, 'migration_policy') === 'on-demand';
  if (move) migrateSoon(call, volume, type);
  else volume.type = type;
}

function migrate(call: VolumeCall, volume: Volume): void {
  requireAdmin(call, 'volume_extension:volume_admin_actions:migrate_volume');
  if (!['available', 'in-use'].includes(volume.status) || isMigrating(volume)) {
    throw badRequest('Invalid volume: Volume status must be available or in-use, and it must not be migrating.');
  }
  migrateSoon(call, volume, volume.type);
}

function migrateSoon({ cloud }: VolumeCall, volume: Volume, type: VolumeType): void {
  volume.migrationStatus = 'starting';
  cloud.schedule.after(1, () => {
    if (volume.migrationStatus === 'starting') volume.migrationStatus = 'migrating';
  });
  cloud.schedule.after(cloud.behaviour.blockStorage.delays.retype, () => {
    if (volume.migrationStatus !== 'migrating') return;
    volume.migrationStatus = 'success';
    volume.type = type;
  });
}

function setBootable(call: VolumeCall, volume: Volume, argument: Json): void {
  requireMember(call, 'volume_extension:volume_actions:set_bootable');
  volume.bootable = isObject(argument) && argument.bootable === true;
}

function extend(call: VolumeCall, volume: Volume, argument: Json): void {
  requireMember(call, 'volume:extend');
  const size = isObject(argument) ? Number(argument.new_size) : Number.NaN;
  if (!(size > volume.size))
    throw badRequest('Invalid input received: New size for extend must be greater than current size.');
  volume.size = size;
}
