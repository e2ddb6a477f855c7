/**
 * Create an image of a server, or a back-up that replaces older ones.
 *
 * Read from servers-actions.inc, and from the history of the API at 2.45.
 */

import { range } from '../../../../src/microversion.ts';
import type { Image } from '../../image/state.ts';
import type { Endpoint, Success } from '../../kernel/endpoint.ts';
import { type JsonObject, textMember } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { type Of, type OnServer, permitting } from '../on-server.ts';
import { wrongVmState } from '../lookup.ts';
import { metadata, serverName } from '../servers/bodies.ts';
import { metadataOf } from '../servers/create.ts';
import { serverAction, type ServerAction } from './action.ts';
import type { Transition } from './transition.ts';

interface Snapshot {
  readonly image: Image;
}

const states = permitting('active', 'stopped', 'paused', 'suspended');
const name: Shape = { ...serverName, format: 'name' };

const success: readonly Success[] = [
  { status: 202, content: 'none', range: range('2.1-2.44') },
  { status: 202, content: 'item' },
];

const response: ServerAction<Snapshot>['response'] = {
  fields: [{ name: 'image_id', range: range('2.45-'), value: ({ item: { image } }) => image.id }],
  headers: [
    {
      name: 'Location',
      range: range('2.1-2.44'),
      value: ({ call, item: { image } }) => `${call.request.origin}/image/v2/images/${image.id}`,
    },
  ],
};

const createImage = serverAction<Snapshot>('compute/create-image', {
  key: 'createImage',
  method: 'snapshot',
  policy: 'servers:create_image',
  argument: { types: ['object'], properties: { name, metadata }, required: ['name'], closed: true },
  states,
  checks: ['state', 'volume-state'],
  refusals: {
    // The volumes of a paused server are not quiet.
    'volume-state': ({ found: { server } }) =>
      server?.imageId === null && server.vmState === 'paused'
        ? wrongVmState(server, 'snapshot_volume_backed')
        : undefined,
  },
  result: (subject) => ({ image: newImage(subject, { image_type: 'snapshot' }) }),
  transition: snapshot('createImage', 'compute_snapshot_instance', 'image_snapshot'),
  success,
  response,
});

const createBackup = serverAction<Snapshot>('compute/create-server-back-up', {
  key: 'createBackup',
  method: 'backup',
  policy: 'os-create-backup',
  argument: {
    types: ['object'],
    properties: {
      name,
      backup_type: { types: ['string'] },
      rotation: { types: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 0 },
      metadata,
    },
    required: ['name', 'backup_type', 'rotation'],
    closed: true,
  },
  states,
  checks: ['from-image', 'state'],
  refusals: {
    'from-image': ({ found: { server } }) =>
      server?.imageId === null ? badRequest('It is not supported to backup volume backed instance.') : undefined,
  },
  result: (subject) => ({
    image: newImage(subject, { image_type: 'backup', backup_type: textMember(subject.wanted, 'backup_type') ?? '' }),
  }),
  transition: {
    ...snapshot('createBackup', 'compute_backup_instance', 'image_backup'),
    finish: ({ call, wanted }, { image }) => {
      image.status = 'active';
      rotate(call, wanted);
    },
  },
  success,
  response,
});

export const imageActions: readonly Endpoint[] = [createImage, createBackup];

function snapshot(log: string, event: string, task: 'image_snapshot' | 'image_backup'): Transition<Snapshot> {
  return {
    log,
    event,
    tasks: [task, 'image_pending_upload', 'image_uploading'],
    begin: ({ call }, { image }) => {
      call.cloud.image.images.set(image.id, image);
    },
    finish: (_, { image }) => {
      image.status = 'active';
    },
  };
}

function newImage({ call, wanted, found: { server } }: Of<OnServer>, kind: Readonly<Record<string, string>>): Image {
  const { cloud, caller } = call;
  const base = cloud.image.images.get(server?.imageId ?? '');
  return {
    id: cloud.newId(),
    name: textMember(wanted, 'name') ?? '',
    visibility: 'private',
    owner: caller.projectId ?? '',
    createdAt: cloud.now(),
    minDisk: base?.minDisk ?? 0,
    status: 'queued',
    properties: {
      ...base?.properties,
      instance_uuid: server?.id ?? '',
      base_image_ref: server?.imageId ?? '',
      user_id: caller.userId,
      ...kind,
      ...metadataOf(wanted.metadata),
    },
  };
}

/** Of the back-ups of one type, only the newest stay. */
function rotate({ cloud, params }: ComputeCall, wanted: JsonObject): void {
  const type = textMember(wanted, 'backup_type');
  const server = (params.server_id ?? '').toLowerCase();
  const own = [...cloud.image.images.values()].filter(
    ({ properties }) =>
      properties.image_type === 'backup' && properties.backup_type === type && properties.instance_uuid === server,
  );
  for (const { id } of own.slice(0, Math.max(0, own.length - Number(wanted.rotation)))) cloud.image.images.delete(id);
}
