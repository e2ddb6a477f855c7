/**
 * Volumes: create, list, show, update, delete.
 */

import { type Endpoint, type Lookup, query, single, unreadQuery } from '../../kernel/endpoint.ts';
import { member, textMember } from '../../kernel/http.ts';
import { badRequest, notFound } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import { attachmentsOf, isMigrating, setStatus } from '../attaching.ts';
import type { Of, VolumeCall } from '../call.ts';
import { deleteVolumeSoon, deletingVolume } from '../deletion.ts';
import { foundVolume, inStatuses, projectOfVolume, unknownVolume, volume } from '../named-volume.ts';
import { newVolume } from '../new-volume.ts';
import type { Volume, VolumeType } from '../state.ts';
import { storageEndpoint } from '../storage-endpoint.ts';
import {
  invalidSize,
  overQuota,
  tooSmallForImage,
  tooSmallForType,
  unknownImage,
  unknownZone,
} from './create-checks.ts';
import { links, volumeFields } from './fields.ts';

const collection = '/volumes';
const item = `${collection}/:volume_id`;

const text: Shape = { types: ['string', 'null'], maxLength: 255 };

const wantedType: Lookup<VolumeCall, VolumeType> = {
  noun: 'a volume type',
  id: (_, wanted) => textMember(wanted, 'volume_type') ?? '',
  matches: ({ id, name }, wanted) => id === wanted || name === wanted,
  rows: ({ cloud }) => cloud.blockStorage.types.values(),
};

const createVolume = storageEndpoint('block-storage/create-volume', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: {
    envelope: 'volume',
    shape: {
      types: ['object'],
      properties: {
        volume: {
          types: ['object'],
          properties: {
            name: text,
            description: text,
            size: { types: ['integer', 'string', 'null'], minimum: 1, minLength: 1, pattern: '^[0-9]+$' },
            volume_type: text,
            metadata: { types: ['object', 'null'] },
            imageRef: text,
            availability_zone: text,
          },
        },
      },
      required: ['volume'],
    },
  },
  policy: { rule: 'volume:create' },
  lookups: { type: wantedType },
  checks: ['body', 'role', 'size', 'image-size', 'least-size', 'zone', 'quota', 'image', 'type'],
  refusals: {
    size: invalidSize,
    'image-size': tooSmallForImage,
    'least-size': tooSmallForType,
    zone: unknownZone,
    quota: overQuota,
    image: unknownImage,
    type: ({ wanted, found: { type } }) => {
      const name = textMember(wanted, 'volume_type');
      return name === undefined || type ? undefined : notFound(`Volume type with name ${name} could not be found.`);
    },
  },
  result: ({ call: { cloud, caller }, wanted, found: { type } }) =>
    newVolume(cloud, {
      name: textMember(wanted, 'name') ?? null,
      description: textMember(wanted, 'description') ?? null,
      size: Number(wanted.size),
      projectId: caller.projectId ?? '',
      userId: caller.userId,
      imageId: textMember(wanted, 'imageRef'),
      zone: textMember(wanted, 'availability_zone'),
      metadata: (wanted.metadata ?? {}) as Readonly<Record<string, string>>,
      ...(type && { type }),
    }),
  effect: ({ call: { cloud }, rules: { delays = {} } }, created) => {
    cloud.blockStorage.volumes.set(created.id, created);
    cloud.schedule.after(delays.create ?? 0, () => {
      if (created.status === 'creating') setStatus(cloud, created, 'available');
    });
  },
  delays: { create: 1 },
  success: [{ status: 202, content: 'item' }],
  response: { envelope: 'volume', fields: volumeFields },
});

const listing = {
  method: 'GET' as const,
  query: query({
    all_tenants: { types: ['string'] },
    name: { types: ['string'] },
    status: { types: ['string'] },
    limit: { types: ['string'] },
    marker: { types: ['string'] },
  }),
  policy: { rule: 'volume:get_all' },
  checks: ['role'],
  listing: {
    noun: 'volumes',
    rows: ({ cloud }: VolumeCall) => [...cloud.blockStorage.volumes.values()].reverse(),
    removed: volume.removed,
    includes: isWanted,
    page,
  },
  success: [{ status: 200, content: 'item' as const }],
};

const listVolumes = storageEndpoint('block-storage/list-volumes', {
  ...listing,
  path: collection,
  response: {
    envelope: 'volumes',
    fields: [
      { name: 'id', value: ({ item: { id } }) => id },
      { name: 'name', value: ({ item: { name } }) => name },
      { name: 'links', value: ({ call, item: { id } }) => links(call, id) },
    ],
  },
});

const listVolumesInDetail = storageEndpoint('block-storage/list-volumes-detailed', {
  ...listing,
  path: `${collection}/detail`,
  response: { envelope: 'volumes', fields: volumeFields },
});

const showVolume = storageEndpoint('block-storage/show-volume', {
  method: 'GET',
  path: item,
  query: unreadQuery,
  policy: { rule: 'volume:get', project: projectOfVolume },
  lookups: { volume },
  checks: ['volume', 'role'],
  refusals: { volume: unknownVolume },
  result: foundVolume,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'volume', fields: volumeFields },
});

const updateVolume = storageEndpoint('block-storage/update-volume', {
  method: 'PUT',
  path: item,
  query: unreadQuery,
  body: single('volume', { types: ['object'], properties: { name: text, description: text } }),
  policy: { rule: 'volume:update', project: projectOfVolume },
  lookups: { volume },
  checks: ['volume', 'role', 'body'],
  refusals: {
    volume: unknownVolume,
    body: ({ call }) =>
      member(call.body, 'volume') === undefined ? badRequest("'volume' is a required property") : undefined,
  },
  result: foundVolume,
  effect: ({ wanted }, updated) => {
    updated.name = textMember(wanted, 'name') ?? updated.name;
    updated.description = textMember(wanted, 'description') ?? updated.description;
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'volume', fields: volumeFields },
});

const deleteVolume = storageEndpoint(deletingVolume, {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: { rule: 'volume:delete', project: projectOfVolume },
  states: inStatuses('available', 'error', 'error_restoring', 'error_extending', 'error_managing'),
  lookups: { volume },
  checks: ['volume', 'role', 'state'],
  refusals: {
    volume: unknownVolume,
    state: ({ call: { cloud }, rules: { states }, found }) => {
      const { permitted = [] } = states ?? {};
      if (!found.volume) return undefined;
      const isUsed = attachmentsOf(cloud, found.volume.id).length > 0 || isMigrating(found.volume);
      if (!isUsed && permitted.includes(found.volume.status)) return undefined;
      return badRequest(
        `Invalid volume: Volume status must be ${permitted.join(' or ')} and must not be migrating, attached, belong ` +
          'to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
      );
    },
  },
  result: foundVolume,
  effect: ({ call: { cloud } }, deleted) => deleteVolumeSoon(cloud, deleted),
  delays: { delete: 1 },
  success: [{ status: 202, content: 'bare' }],
});

export const volumeEndpoints: readonly Endpoint[] = [
  listVolumes,
  createVolume,
  listVolumesInDetail,
  showVolume,
  updateVolume,
  deleteVolume,
];

function isWanted({ call: { caller }, query: wanted }: Of<unknown>, one: Volume): boolean {
  const everywhere = caller.roles.has('admin') && ['1', 'true', 'True'].includes(wanted.all_tenants ?? '');
  return (
    (everywhere || one.projectId === caller.projectId) &&
    (wanted.name === undefined || one.name === wanted.name) &&
    (wanted.status === undefined || one.status === wanted.status)
  );
}

function page({ call, query: wanted }: Of<unknown>, volumes: readonly Volume[]): readonly Volume[] {
  const { maxLimit } = call.cloud.settings;
  const limit = Number(wanted.limit ?? maxLimit);
  const start = volumes.findIndex(({ id }) => id === wanted.marker) + 1;
  return volumes.slice(start, start + (Number.isNaN(limit) ? maxLimit : limit));
}
