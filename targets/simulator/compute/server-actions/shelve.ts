/**
 * Shelve a server, offload it from its host, and unshelve it.
 *
 * Read from servers-action-shelve.inc, and from the history of the API at 2.77 and 2.91.
 */

import { range } from '../../../../src/microversion.ts';
import { complete, connect, release, reserve } from '../../block-storage/attaching.ts';
import type { Cloud } from '../../cloud.ts';
import { hostName, hostNames } from '../../host.ts';
import { at, type Endpoint } from '../../kernel/endpoint.ts';
import { type JsonObject, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, type Refusal } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import { type Of, type OnServer, permitting } from '../on-server.ts';
import { policyRefusal } from '../policy.ts';
import type { Mapping, Server } from '../state.ts';
import { deviceName } from '../volume-attachments/devices.ts';
import { serverAction } from './action.ts';
import { type Finish, power, task } from './transition.ts';

const usual = ['lock', 'state'];

const shelveServer = serverAction('compute/shelve-server', {
  key: 'shelve',
  method: 'shelve',
  policy: 'os-shelve:shelve',
  states: permitting('active', 'stopped', 'paused', 'suspended'),
  checks: usual,
  transition: { ...task('shelve', 'shelving', shelve), tasks: ['shelving', 'shelving_image_uploading'] },
});

const shelveOffload = serverAction('compute/shelf-offload-server', {
  key: 'shelveOffload',
  method: 'shelve_offload',
  policy: 'os-shelve:shelve_offload',
  states: permitting('shelved'),
  checks: usual,
  transition: task('shelveOffload', 'shelving_offloading', ({ call, server }) => {
    offload(call.cloud, server);
  }),
});

const zone: Shape = { types: ['string'], minLength: 1, maxLength: 255 };

const unshelveServer = serverAction('compute/unshelve-shelved-server', {
  key: 'unshelve',
  method: 'unshelve',
  policy: 'os-shelve:unshelve',
  argument: {
    types: ['null', 'object'],
    typesAt: [{ range: range('2.1-2.76'), types: ['array', 'boolean', 'integer', 'string'] }],
    properties: {
      availability_zone: at('2.77-', { ...zone, typesAt: [{ range: range('2.91-'), types: ['null'] }] }),
      host: at('2.91-', { types: ['string'], minLength: 1, maxLength: 255, format: 'host' }),
    },
    requiredAt: [{ range: range('2.77-2.90'), names: ['availability_zone'] }],
    closed: range('2.77-'),
  },
  states: permitting('shelved', 'shelved_offloaded'),
  checks: ['role-host', ...usual, 'zone', 'host-known', 'offloaded'],
  refusals: {
    'role-host': ({ call, wanted, found: { server } }) =>
      wanted.host === undefined
        ? undefined
        : policyRefusal(call.cloud, call.caller, 'os-shelve:unshelve_to_host', server?.projectId),
    zone: ({ call, wanted }) => {
      const named = textMember(wanted, 'availability_zone');
      const known = named === undefined || call.cloud.settings.offer.zones.compute.includes(named);
      return known ? undefined : badRequest('The requested availability zone is not available');
    },
    'host-known': ({ wanted }) => {
      const named = textMember(wanted, 'host');
      return named === undefined || hostNames.includes(named)
        ? undefined
        : badRequest(`Compute host ${named} could not be found.`);
    },
    offloaded: notOffloaded,
  },
  transition: task('unshelve', 'unshelving', unshelve),
});

export const shelveActions: readonly Endpoint[] = [shelveServer, shelveOffload, unshelveServer];

/** Only an offloaded server is scheduled anew. */
function notOffloaded({ wanted, found: { server } }: Of<OnServer>): Refusal | undefined {
  if (!server || server.vmState === 'shelved_offloaded' || !namesPlace(wanted)) return undefined;
  return conflict(`Only a shelved-offloaded instance can be unshelved to a zone or a host; this is ${server.vmState}.`);
}

function namesPlace(wanted: JsonObject): boolean {
  return Object.hasOwn(wanted, 'availability_zone') || Object.hasOwn(wanted, 'host');
}

function shelve({ server, call: { cloud } }: Parameters<Finish>[0]): void {
  server.vmState = 'shelved';
  server.powerState = power.off;
  // A server booted from a volume leaves nothing on the host.
  if (server.imageId === null) {
    offload(cloud, server);
    return;
  }
  if (cloud.settings.shelvedOffload === 'on-request') return;
  server.taskState = 'shelving_offloading';
  cloud.schedule.after(1, () => {
    if (server.taskState !== 'shelving_offloading') return;
    server.taskState = null;
    offload(cloud, server);
  });
}

/** Disconnects the volumes from the host; they stay reserved for the server. */
function offload(cloud: Cloud, server: Server): void {
  for (const mapping of server.mappings) {
    const volume = cloud.blockStorage.volumes.get(mapping.volumeId ?? '');
    if (!volume || mapping.attachmentId === null) continue;
    const former = mapping.attachmentId;
    mapping.attachmentId = reserve(cloud, volume, server.id).id;
    release(cloud, former);
  }
  server.host = null;
  server.vmState = 'shelved_offloaded';
  server.powerState = power.off;
}

function unshelve({ call, server, wanted }: Parameters<Finish>[0]): void {
  const named = wanted.availability_zone;
  if (typeof named === 'string') server.zone = named;
  if (named !== undefined) server.pinnedZone = typeof named === 'string' ? named : null;
  if (server.host === null) {
    server.host = textMember(wanted, 'host') ?? hostName;
    for (const mapping of server.mappings) reconnect(call.cloud, server, mapping);
  }
  server.vmState = 'active';
  server.powerState = power.running;
}

function reconnect(cloud: Cloud, server: Server, mapping: Mapping): void {
  const attachment = cloud.blockStorage.attachments.get(mapping.attachmentId ?? '');
  if (!attachment) return;
  mapping.device ??= deviceName(cloud, server, null);
  connect(cloud, attachment, mapping.device);
  complete(cloud, attachment);
}
