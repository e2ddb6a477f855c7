/**
 * Volume attachments: list, show, attach, update, swap, detach. Update and swap share a call.
 *
 * Read from os-volume-attachments.inc, and from the history of the API at 2.20, 2.49, 2.60, 2.70, 2.75, 2.79, 2.85, 2.89
 * and 2.101.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type BodyRules, type Endpoint, enveloped, query, unreadQuery } from '../../kernel/endpoint.ts';
import type { Shape } from '../../kernel/shape.ts';
import { anyState, projectOfServer, server, unknownServer } from '../on-server.ts';
import { pageQuery } from '../paging.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { attach, responseFields } from './attach.ts';
import { attachRefusals, hostChecks, recordChecks } from './attach-checks.ts';
import { notAttached } from './common-checks.ts';
import { detach, detachRefusals } from './detach.ts';
import { devicePattern } from './devices.ts';
import { flagValues } from './flag.ts';
import { fields, ownIds, page, unrecorded } from './shown.ts';
import { changing, swapping } from './states.ts';
import { allMappings, isOfServer, mapping, volumeOfBody, volumeOfPath, withinOf } from './subject.ts';
import { saveFlag } from './save-flag.ts';
import { swap } from './swap.ts';
import { isSwap, namesAnotherVolume, sameChecks, swapRefusals, updateRefusals } from './update-checks.ts';

const collection = '/servers/:server_id/os-volume_attachments';
const item = `${collection}/:volume_id`;

const uuid: Shape = { types: ['string'], format: 'uuid' };
const device: Shape = { types: ['string', 'null'], pattern: devicePattern };
const tag: Shape = { types: ['string'], minLength: 1, maxLength: 60, pattern: '^[^,/]*$' };
const flag: Shape = { types: ['boolean', 'string'], enum: flagValues };

export const updateBody: BodyRules = enveloped(
  'volumeAttachment',
  {
    volumeId: uuid,
    device: at('2.85-', device),
    tag: at('2.85-', tag),
    delete_on_termination: at('2.85-', flag),
    serverId: at('2.85-', uuid),
    id: at('2.85-', uuid),
  },
  ['volumeId'],
);

const ofPath = { server, volume: volumeOfPath, attachment: mapping };

const listAttachments = computeEndpoint('compute/list-volume-attachments', {
  method: 'GET',
  path: collection,
  query: query(pageQuery, '2.75-'),
  gates: ownIds,
  states: anyState,
  policy: { rule: 'os-volumes-attachments:index', project: projectOfServer },
  lookups: { server },
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  listing: {
    noun: 'attachments',
    rows: allMappings,
    removed: mapping.removed,
    includes: ({ call }, row) => isOfServer(call, row),
    page,
    within: withinOf,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'volumeAttachments', fields },
});

const showAttachment = computeEndpoint('compute/show-volume-attachment', {
  method: 'GET',
  path: item,
  query: query({}),
  gates: ownIds,
  states: anyState,
  policy: { rule: 'os-volumes-attachments:show', project: projectOfServer },
  lookups: ofPath,
  checks: ['query', 'server', 'role', 'attached', 'recorded'],
  refusals: { server: unknownServer, attached: notAttached, recorded: unrecorded },
  result: ({ found }) => found.attachment,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'volumeAttachment', fields },
});

const attachVolume = computeEndpoint('compute/attach-volume', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: enveloped(
    'volumeAttachment',
    { volumeId: uuid, device, tag: at('2.49-', tag), delete_on_termination: at('2.79-', flag) },
    ['volumeId'],
  ),
  gates: { shelved: range('2.20-'), multiattach: range('2.60-') },
  states: changing,
  policy: { rule: 'os-volumes-attachments:create', project: projectOfServer },
  lookups: { server, volume: volumeOfBody },
  checks: [
    'query',
    'body',
    'server',
    'role',
    'state-version',
    'lock',
    'state',
    'volume',
    'volume-free',
    'offloaded-tag',
    'offloaded-multiattach',
  ],
  later: [...hostChecks, ...recordChecks],
  refusals: attachRefusals,
  result: attach,
  delays: { reserve: 0, record: 1, connect: 1, complete: 1 },
  // Only the response without content has the web framework's default type.
  success: [
    { status: 200, content: 'item', range: range('2.1-2.100') },
    { status: 202, content: 'bare', range: range('2.101-') },
  ],
  response: { envelope: 'volumeAttachment', fields: responseFields },
});

const swapVolume = computeEndpoint('compute/swap-volume', {
  method: 'PUT',
  path: item,
  choice: { named: namesAnotherVolume, meant: isSwap },
  query: unreadQuery,
  body: updateBody,
  states: swapping,
  // A swap is for the volume service, whatever the project of the server.
  policy: { rule: 'os-volumes-attachments:swap' },
  lookups: { ...ofPath, target: volumeOfBody },
  checks: [
    'query',
    'body',
    'server',
    'role',
    'volume',
    ...sameChecks,
    'flag-saved-early',
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
    'still-mapped',
    'new-unmapped',
  ],
  refusals: swapRefusals,
  result: ({ found }) => found.attachment,
  effect: swap,
  delays: { swap: 1 },
  success: [{ status: 202, content: 'none' }],
});

const updateAttachment = computeEndpoint('compute/update-volume-attachment', {
  method: 'PUT',
  path: item,
  query: unreadQuery,
  body: updateBody,
  states: anyState,
  policy: { rule: 'os-volumes-attachments:update', project: projectOfServer },
  lookups: ofPath,
  checks: ['query', 'body', 'server', 'role', 'volume', ...sameChecks],
  refusals: updateRefusals,
  result: ({ found }) => found.server,
  effect: saveFlag,
  success: [{ status: 202, content: 'none' }],
});

const detachVolume = computeEndpoint('compute/detach-volume', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  gates: { shelved: range('2.20-') },
  states: changing,
  policy: { rule: 'os-volumes-attachments:delete', project: projectOfServer },
  lookups: ofPath,
  checks: ['query', 'server', 'role', 'state-version', 'volume', 'attached', 'root', 'lock', 'state', 'detachable'],
  refusals: detachRefusals,
  result: ({ found }) => found.server && found.volume,
  effect: detach,
  delays: { disconnect: 1, forget: 1 },
  success: [{ status: 202, content: 'none' }],
});

export const volumeAttachmentEndpoints: readonly Endpoint[] = [
  listAttachments,
  showAttachment,
  attachVolume,
  swapVolume,
  updateAttachment,
  detachVolume,
];
