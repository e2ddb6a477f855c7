/**
 * Volume actions: reset the status, force a detach, retype, migrate, set bootable, extend.
 */

import { type Declaration, type Endpoint, unchecked, unreadQuery } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { badRequest, type Refusal } from '../../kernel/refusal.ts';
import { onlyMember } from '../../kernel/run-endpoint.ts';
import { attachmentsOf, isMigrating, release, setStatus } from '../attaching.ts';
import type { Of, VolumeCall } from '../call.ts';
import {
  foundVolume,
  inStatuses,
  type OnVolume,
  projectOfVolume,
  statuses,
  unknownVolume,
  volume,
} from '../named-volume.ts';
import type { Volume, VolumeType } from '../state.ts';
import { storageEndpoint } from '../storage-endpoint.ts';

interface VolumeAction extends Pick<Declaration<VolumeCall, OnVolume, Volume>, 'states' | 'refusals' | 'delays'> {
  /** The member of the body. */
  readonly key: string;
  /** What its value may have. */
  readonly members: readonly string[];
  readonly policy: string;
  /** After those that all actions have. */
  readonly checks?: readonly string[];
  readonly effect: (subject: Of<OnVolume>, item: Volume) => void;
}

function volumeAction(operation: `block-storage/${string}`, action: VolumeAction): Endpoint {
  const { key, members, policy, checks = [], refusals, ...more } = action;
  return storageEndpoint<OnVolume, Volume>(operation, {
    method: 'POST',
    path: '/volumes/:volume_id/action',
    choice: { named: (body) => onlyMember(body) === key, meant: ({ body }) => onlyMember(body) === key },
    query: unreadQuery,
    body: unchecked(key, ...members),
    policy: { rule: policy, project: projectOfVolume },
    lookups: { volume },
    checks: ['volume', 'role', ...checks],
    refusals: { volume: unknownVolume, ...refusals },
    result: foundVolume,
    success: [{ status: 202, content: 'none' }],
    ...more,
  });
}

const resetStatuses = volumeAction('block-storage/reset-volume-statuses', {
  key: 'os-reset_status',
  members: ['status', 'attach_status', 'migration_status'],
  policy: 'volume_extension:volume_admin_actions:reset_status',
  checks: ['none', 'status'],
  refusals: {
    none: ({ wanted }) =>
      ['status', 'attach_status', 'migration_status'].some((name) => textMember(wanted, name) !== undefined)
        ? undefined
        : badRequest("Must specify 'status', 'attach_status' or 'migration_status' for update."),
    status: ({ wanted }) => {
      const status = textMember(wanted, 'status');
      if (status === undefined || statuses.includes(status.toLowerCase())) return undefined;
      const list = statuses.map((one) => `'${one}'`).join(', ');
      return badRequest(`Volume status: ${status} is invalid, valid statuses are: (${list}).`);
    },
  },
  effect: ({ call: { cloud }, wanted }, reset) => {
    const status = textMember(wanted, 'status');
    const attachStatus = textMember(wanted, 'attach_status');
    const migrationStatus = textMember(wanted, 'migration_status')?.toLowerCase();
    if (status !== undefined) setStatus(cloud, reset, status.toLowerCase());
    if (attachStatus !== undefined) reset.attachStatus = attachStatus === 'attached' ? 'attached' : 'detached';
    if (migrationStatus !== undefined) reset.migrationStatus = migrationStatus === 'none' ? null : migrationStatus;
    if (attachStatus !== 'detached') return;
    for (const { id } of attachmentsOf(cloud, reset.id)) cloud.blockStorage.attachments.delete(id);
  },
});

const detaching = {
  members: ['attachment_id'],
  policy: 'volume_extension:volume_admin_actions:force_detach',
  effect: ({ call: { cloud }, wanted }: Of<OnVolume>, detached: Volume) => {
    const only = textMember(wanted, 'attachment_id');
    const attachments = attachmentsOf(cloud, detached.id).filter(({ id }) => only === undefined || id === only);
    for (const { id } of attachments) release(cloud, id);
  },
};

const forceDetach = volumeAction('block-storage/force-detach-volume', { key: 'os-force_detach', ...detaching });

const detach = volumeAction('block-storage/detach-volume', { key: 'os-detach', ...detaching });

const movable = inStatuses('available', 'in-use');
const moving = { start: 1, move: 20 };

/** A retype that moves the volume is shown as a migration until it completes. */
const retype = volumeAction('block-storage/retype-volume', {
  key: 'os-retype',
  members: ['new_type', 'migration_policy'],
  policy: 'volume_extension:retype',
  states: movable,
  checks: ['type', 'state'],
  refusals: {
    type: (subject) =>
      newType(subject)
        ? undefined
        : badRequest(`Invalid volume_type passed: ${textMember(subject.wanted, 'new_type') ?? 'None'}.`),
    state: unmovable('Retype needs a volume that is available or in-use and does not migrate.'),
  },
  effect: (subject, retyped) => {
    const type = newType(subject) ?? retyped.type;
    if (textMember(subject.wanted, 'migration_policy') === 'on-demand') migrateSoon(subject, retyped, type);
    else retyped.type = type;
  },
  delays: moving,
});

const migrate = volumeAction('block-storage/migrate-volume', {
  key: 'os-migrate_volume',
  members: ['host'],
  policy: 'volume_extension:volume_admin_actions:migrate_volume',
  states: movable,
  checks: ['state'],
  refusals: { state: unmovable('Volume status must be available or in-use, and it must not be migrating.') },
  effect: (subject, migrated) => migrateSoon(subject, migrated, migrated.type),
  delays: moving,
});

const setBootable = volumeAction('block-storage/set-volume-bootable', {
  key: 'os-set_bootable',
  members: ['bootable'],
  policy: 'volume_extension:volume_actions:set_bootable',
  effect: ({ wanted }, changed) => {
    changed.bootable = wanted.bootable === true;
  },
});

const extend = volumeAction('block-storage/extend-volume', {
  key: 'os-extend',
  members: ['new_size'],
  policy: 'volume:extend',
  checks: ['size'],
  refusals: {
    size: ({ wanted, found }) =>
      found.volume && Number(wanted.new_size) > found.volume.size
        ? undefined
        : badRequest('Invalid input received: New size for extend must be greater than current size.'),
  },
  effect: ({ wanted }, extended) => {
    extended.size = Number(wanted.new_size);
  },
});

export const volumeActions: readonly Endpoint[] = [
  resetStatuses,
  forceDetach,
  detach,
  retype,
  migrate,
  setBootable,
  extend,
];

function newType({ call: { cloud }, wanted }: Of<OnVolume>): VolumeType | undefined {
  const sought = textMember(wanted, 'new_type');
  return [...cloud.blockStorage.types.values()].find(({ id, name }) => id === sought || name === sought);
}

function unmovable(text: string): (subject: Of<OnVolume>) => Refusal | undefined {
  return ({ rules: { states }, found }) =>
    found.volume && states?.permitted.includes(found.volume.status) && !isMigrating(found.volume)
      ? undefined
      : badRequest(`Invalid volume: ${text}`);
}

function migrateSoon({ call: { cloud }, rules }: Of<OnVolume>, moved: Volume, type: VolumeType): void {
  const { delays = {} } = rules;
  moved.migrationStatus = 'starting';
  cloud.schedule.after(delays.start ?? 0, () => {
    if (moved.migrationStatus === 'starting') moved.migrationStatus = 'migrating';
  });
  cloud.schedule.after(delays.move ?? 0, () => {
    if (moved.migrationStatus !== 'migrating') return;
    moved.migrationStatus = 'success';
    moved.type = type;
  });
}
