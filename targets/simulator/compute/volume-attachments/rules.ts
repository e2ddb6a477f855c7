/**
 * The rules of volume attachments in the newest release.
 */

import { range } from '../../../../src/microversion.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { AttachmentBehaviour } from '../behaviour.ts';
import { type VmState, vmStates } from '../state.ts';
import { devicePattern } from './devices.ts';
import { findsNothingElse } from './finding.ts';
import { flagValues } from './flag.ts';
import { listing } from './listing.ts';
import { storing } from './storing.ts';

const settledStates: readonly VmState[] = ['active', 'paused', 'stopped', 'resized', 'soft-delete'];
const shelvedStates: readonly VmState[] = ['shelved', 'shelved_offloaded'];

const uuid: Shape = { types: ['string'], format: 'uuid' };
const device: Shape = { types: ['string', 'null'], pattern: devicePattern };
const tag: Shape = { types: ['string'], minLength: 1, maxLength: 60, pattern: '^[^,/]*$' };
const flag: Shape = { types: ['boolean', 'string'], enum: flagValues };
const pageNumber: Shape = { types: ['string'], minLength: 1, pattern: '^[0-9]*$' };

export const attachmentBehaviour: AttachmentBehaviour = {
  shapes: {
    listQuery: { properties: { limit: pageNumber, offset: pageNumber } },
    attach: enveloped({
      volumeId: uuid,
      device,
      tag: { ...tag, range: range('2.49-') },
      delete_on_termination: { ...flag, range: range('2.79-') },
    }),
    update: enveloped({
      volumeId: uuid,
      device: { ...device, range: range('2.85-') },
      tag: { ...tag, range: range('2.85-') },
      delete_on_termination: { ...flag, range: range('2.85-') },
      serverId: { ...uuid, range: range('2.85-') },
      id: { ...uuid, range: range('2.85-') },
    }),
  },
  itemFields: [
    { name: 'id', range: range('2.1-2.88'), value: ({ volumeId }) => volumeId },
    { name: 'volumeId', value: ({ volumeId }) => volumeId },
    { name: 'serverId', value: ({ serverId }) => serverId },
    { name: 'device', value: ({ device: name }) => name ?? undefined },
    { name: 'tag', range: range('2.70-'), value: (mapping) => mapping.tag },
    { name: 'delete_on_termination', range: range('2.79-'), value: ({ deleteOnTermination }) => deleteOnTermination },
    { name: 'attachment_id', range: range('2.89-'), value: ({ attachmentId }) => attachmentId },
    { name: 'bdm_uuid', range: range('2.89-'), value: (mapping) => mapping.uuid },
  ],
  ownFields: { list: [], show: [] },
  replyFields: [
    { name: 'id', value: ({ volumeId }) => volumeId },
    { name: 'serverId', value: ({ serverId }) => serverId },
    { name: 'volumeId', value: ({ volumeId }) => volumeId },
    { name: 'device', value: (reply) => reply.device },
    { name: 'tag', range: range('2.70-'), value: (reply) => reply.tag },
    { name: 'delete_on_termination', range: range('2.79-'), value: (reply) => reply.deleteOnTermination },
  ],
  listing,
  storing,
  reservesBeforeReply: true,
  dropsRefused: true,
  detaching: { releases: true, forgets: true },
  updateIds: ({ volumeId }) => [volumeId],
  order: {
    list: ['encoding', 'list-query', 'server', 'list-policy'],
    show: ['encoding', 'show-query', 'server', 'show-policy', 'attached', 'state', 'recorded'],
    attach: [
      'query',
      'body',
      'server',
      'policy',
      'shelved-version',
      'lock',
      'state',
      'volume',
      'volume-free',
      'offloaded-tag',
      'offloaded-multiattach',
    ],
    reserve: ['not-mapped-here', 'disk-limit', 'device-free', 'multiattach-version', 'volume-reservable'],
    detach: [
      'query',
      'server',
      'policy',
      'shelved-version',
      'volume',
      'attached',
      'root',
      'lock',
      'state',
      'detachable',
    ],
    update: [
      'query',
      'body',
      'server',
      'policy',
      'mapped',
      'state',
      'same-id',
      'same-server',
      'same-device',
      'same-tag',
      'same-attachment-id',
      'same-bdm-uuid',
    ],
    swap: [
      'old-volume',
      'migrating',
      'new-volume',
      'lock',
      'state',
      'attached-here',
      'new-detached',
      'new-size',
      'detachable',
      'one-writer',
      'mapped',
      'new-unmapped',
    ],
  },
  states: {
    attach: [...settledStates, ...shelvedStates],
    detach: [...settledStates, ...shelvedStates],
    swap: ['active', 'paused', 'resized'],
    update: vmStates,
    list: vmStates,
    show: vmStates,
    gated: { attach: shelvedStates, detach: shelvedStates },
  },
  finds: findsNothingElse,
  holders: { single: [], multiattach: ['another'] },
  success: { list: 200, show: 200, attach: 200, attachInBackground: 202, update: 202, detach: 202 },
  rootDetachStatus: 400,
  tooManyDisksStatus: 403,
  rules: { update: 'update', swap: 'swap' },
  unrecorded: 'hidden',
  delays: { reserve: 0, record: 1, connect: 1, complete: 1, disconnect: 1, forget: 1, swap: 1 },
  connects: true,
  detachesEverywhere: false,
  lateDetach: 'nothing',
  exchanges: true,
  quirks: {
    flagTextMeansTrue: true,
    pagesCountOtherDisks: true,
    offloadedDetachDeletes: true,
    flagSavedBeforeSwap: true,
    oddTextsCrash: true,
    schedulerTooOld: undefined,
  },
};

function enveloped(properties: NonNullable<Shape['properties']>): Shape {
  const content: Shape = { types: ['object'], properties, required: ['volumeId'], closed: true };
  return { types: ['object'], properties: { volumeAttachment: content }, required: ['volumeAttachment'], closed: true };
}
