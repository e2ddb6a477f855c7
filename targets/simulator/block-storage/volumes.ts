/**
 * Volumes: create, list, show, update, delete.
 */

import { represent } from '../kernel/fields.ts';
import { json, type JsonObject, member, type SimResponse, textMember } from '../kernel/http.ts';
import { badRequest, notFound, Refusal } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import { deviation, type Shape } from '../kernel/shape.ts';
import { attachmentsOf, isMigrating, setStatus } from './attaching.ts';
import { requireMember, requireReader, type VolumeCall, type VolumeHandle, visibleVolume } from './call.ts';
import { deleteVolumeSoon } from './deletion.ts';
import { newVolume } from './new-volume.ts';
import type { Volume, VolumeType } from './state.ts';
import { links } from './volume-view.ts';

const name: Shape = { types: ['string', 'null'], maxLength: 255 };

const createShape: Shape = {
  types: ['object'],
  properties: {
    volume: {
      types: ['object'],
      properties: {
        name,
        description: name,
        size: { types: ['integer', 'string', 'null'], minimum: 1, minLength: 1, pattern: '^[0-9]+$' },
        volume_type: name,
        metadata: { types: ['object', 'null'] },
        imageRef: name,
        availability_zone: name,
      },
    },
  },
  required: ['volume'],
};

export const volumeRoutes: readonly Route<VolumeHandle>[] = [
  route('list-volumes', 'GET', '/volumes', list),
  route('create-volume', 'POST', '/volumes', create),
  route('list-volumes-detailed', 'GET', '/volumes/detail', listInDetail),
  route('show-volume', 'GET', '/volumes/:volume_id', show),
  route('update-volume', 'PUT', '/volumes/:volume_id', update),
  route('delete-volume', 'DELETE', '/volumes/:volume_id', remove),
];

function list(call: VolumeCall): SimResponse {
  const volumes = selected(call).map(({ id, name: shown }) => ({ id, name: shown, links: links(call, id) }));
  return json(200, { volumes });
}

function listInDetail(call: VolumeCall): SimResponse {
  return json(200, { volumes: selected(call).map((volume) => view(call, volume)) });
}

function show(call: VolumeCall): SimResponse {
  return json(200, { volume: view(call, visibleVolume(call, call.params.volume_id ?? '')) });
}

function create(call: VolumeCall): SimResponse {
  const { cloud, caller, body, at } = call;
  const message = deviation(createShape, body, at);
  if (message !== undefined) throw badRequest(message);
  requireMember(call, 'volume:create');
  const wanted = member(body, 'volume');
  const size = Number(member(wanted, 'size') ?? Number.NaN);
  if (!Number.isInteger(size) || size < 1) {
    throw badRequest(
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    );
  }
  refuseSmall(call, size, textMember(wanted, 'imageRef'));
  const zone = zoneOf(call, textMember(wanted, 'availability_zone'));
  checkQuota(call);
  const properties = {
    name: textMember(wanted, 'name') ?? null,
    description: textMember(wanted, 'description') ?? null,
    size,
    projectId: caller.projectId ?? '',
    userId: caller.userId,
    imageId: imageOf(call, textMember(wanted, 'imageRef')),
    zone,
    metadata: (member(wanted, 'metadata') ?? {}) as Readonly<Record<string, string>>,
  };
  const type = typeOf(call, textMember(wanted, 'volume_type'));
  const volume = newVolume(cloud, type ? { ...properties, type } : properties);
  cloud.schedule.after(cloud.behaviour.blockStorage.delays.create, () => {
    if (volume.status === 'creating') setStatus(cloud, volume, 'available');
  });
  return json(202, { volume: view(call, volume) });
}

function update(call: VolumeCall): SimResponse {
  const volume = visibleVolume(call, call.params.volume_id ?? '');
  requireMember(call, 'volume:update');
  const wanted = member(call.body, 'volume');
  if (wanted === undefined) throw badRequest("'volume' is a required property");
  volume.name = textMember(wanted, 'name') ?? volume.name;
  volume.description = textMember(wanted, 'description') ?? volume.description;
  return json(200, { volume: view(call, volume) });
}

function remove(call: VolumeCall): SimResponse {
  const { cloud } = call;
  const volume = visibleVolume(call, call.params.volume_id ?? '');
  requireMember(call, 'volume:delete');
  const { deletable } = cloud.behaviour.blockStorage;
  const isUsed = attachmentsOf(cloud, volume.id).length > 0 || isMigrating(volume);
  if (isUsed || !deletable.includes(volume.status)) {
    throw badRequest(
      `Invalid volume: Volume status must be ${deletable.join(' or ')} and must not be migrating, attached, belong to ` +
        'a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
    );
  }
  deleteVolumeSoon(cloud, volume);
  return { status: 202, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: '' };
}

export function view(call: VolumeCall, volume: Volume): JsonObject {
  return represent(call.cloud.behaviour.blockStorage.volumeFields, { call, volume }, call.at);
}

function selected(call: VolumeCall): readonly Volume[] {
  requireReader(call, 'volume:get_all');
  const { cloud, caller, query } = call;
  const everywhere = caller.roles.has('admin') && ['1', 'true', 'True'].includes(query.get('all_tenants') ?? '');
  const wantedName = query.get('name');
  const status = query.get('status');
  const limit = Number(query.get('limit') ?? cloud.settings.maxLimit);
  const volumes = [...cloud.blockStorage.volumes.values()]
    .reverse()
    .filter(
      (volume) =>
        (everywhere || volume.projectId === caller.projectId) &&
        (wantedName === null || volume.name === wantedName) &&
        (status === null || volume.status === status),
    );
  const start = volumes.findIndex(({ id }) => id === query.get('marker')) + 1;
  return volumes.slice(start, start + (Number.isNaN(limit) ? cloud.settings.maxLimit : limit));
}

function typeOf({ cloud }: VolumeCall, wanted: string | undefined): VolumeType | undefined {
  if (wanted === undefined) return undefined;
  const type = [...cloud.blockStorage.types.values()].find((one) => one.id === wanted || one.name === wanted);
  if (!type) throw notFound(`Volume type with name ${wanted} could not be found.`);
  return type;
}

function imageOf({ cloud }: VolumeCall, wanted: string | undefined): string | undefined {
  if (wanted !== undefined && !cloud.image.images.has(wanted)) {
    throw badRequest(`Invalid image identifier or unable to access requested image.`);
  }
  return wanted;
}

/** @throws Refusal for a volume that is too small for its image, or smaller than the minimum. */
function refuseSmall({ cloud }: VolumeCall, size: number, imageId: string | undefined): void {
  const { leastVolume } = cloud.settings.offer;
  const { minDisk = 0 } = cloud.image.images.get(imageId ?? '') ?? {};
  if (size < minDisk)
    throw badRequest(`A volume of ${size} GB is smaller than the ${minDisk} GB that the image needs.`);
  if (size < leastVolume) throw badRequest(`A volume of this type has ${leastVolume} GB at least, and not ${size} GB.`);
}

/** @throws Refusal for an unknown zone. */
function zoneOf({ cloud }: VolumeCall, wanted: string | undefined): string | undefined {
  if (wanted === undefined || cloud.settings.offer.zones.volumes.includes(wanted)) return wanted;
  throw badRequest(`Availability zone '${wanted}' is invalid.`);
}

function checkQuota({ cloud, caller }: VolumeCall): void {
  const limit = cloud.settings.quotas.volumes;
  const used = [...cloud.blockStorage.volumes.values()].filter(
    ({ projectId }) => projectId === caller.projectId,
  ).length;
  if (limit < 0 || used + 1 <= limit) return;
  const message = `VolumeLimitExceeded: Maximum number of volumes allowed (${limit}) exceeded for quota 'volumes'.`;
  throw new Refusal(413, message, { 'Retry-After': '0' });
}

function route(
  operation: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  answer: VolumeHandle['answer'],
): Route<VolumeHandle> {
  return { operation: `block-storage/${operation}`, method, path, handle: { answer } };
}
