/**
 * Rebuild a server with the same or another image.
 *
 * Read from servers-actions.inc, and from the history of the API at 2.19, 2.54, 2.57, 2.63, 2.90 and 2.93.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type Endpoint, isOpen, type Shown } from '../../kernel/endpoint.ts';
import { type Field, within } from '../../kernel/fields.ts';
import { type Json, textMember } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { permitting } from '../on-server.ts';
import {
  accessIPv4,
  accessIPv6,
  certificates,
  description,
  diskConfig,
  hostname,
  metadata,
  password,
  personality,
  serverName,
  userData,
} from '../servers/bodies.ts';
import { metadataOf } from '../servers/create.ts';
import { changedServerFields, links } from '../servers/view.ts';
import type { Server } from '../state.ts';
import { serverAction } from './action.ts';
import { type Acting, power } from './transition.ts';

const yesTexts = ['True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'];
const noTexts = ['False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'];

interface Rebuilt {
  readonly server: Server;
  readonly password: string;
}

const rebuildServer = serverAction<Rebuilt>('compute/rebuild-server', {
  key: 'rebuild',
  method: 'rebuild',
  policy: 'servers:rebuild',
  argument: {
    types: ['object'],
    properties: {
      imageRef: { types: ['string'], format: 'uuid' },
      name: serverName,
      adminPass: password,
      metadata,
      preserve_ephemeral: { types: ['boolean', 'string'], enum: [true, false, ...yesTexts, ...noTexts] },
      'OS-DCF:diskConfig': diskConfig,
      accessIPv4,
      accessIPv6,
      personality,
      description,
      key_name: at('2.54-', { types: ['string', 'null'], maxLength: 255 }),
      user_data: at('2.57-', userData),
      trusted_image_certificates: certificates,
      hostname,
    },
    required: ['imageRef'],
    closed: true,
  },
  gates: { 'volume-image': range('2.93-') },
  states: permitting('active', 'stopped', 'error'),
  checks: ['key', 'lock', 'state', 'image', 'volume-image'],
  refusals: {
    // This cloud has no key pairs.
    key: ({ wanted }) =>
      textMember(wanted, 'key_name') === undefined ? undefined : badRequest('Invalid key_name provided.'),
    image: ({ call, wanted }) =>
      call.cloud.image.images.has(textMember(wanted, 'imageRef') ?? '')
        ? undefined
        : badRequest('Cannot find image for rebuild'),
    // The root disk of a server that was booted from a volume keeps its content before 2.93.
    'volume-image': ({ call, rules, wanted, found: { server } }) => {
      if (server?.imageId !== null || isOpen(rules, 'volume-image', call.at)) return undefined;
      const root = server.mappings.find(({ bootIndex }) => bootIndex === 0);
      const volume = call.cloud.blockStorage.volumes.get(root?.volumeId ?? '');
      return volume?.imageId === textMember(wanted, 'imageRef')
        ? undefined
        : badRequest('Unable to rebuild with a different image for a volume-backed server.');
    },
  },
  result: ({ call, wanted, found: { server } }) =>
    server && { server, password: textMember(wanted, 'adminPass') ?? call.cloud.newId().slice(-12) },
  transition: {
    log: 'rebuild',
    event: 'compute_rebuild_instance',
    tasks: ['rebuilding', 'rebuild_spawning'],
    begin: change,
    finish: ({ call, server }) => {
      server.vmState = server.vmState === 'stopped' ? 'stopped' : 'active';
      server.powerState = server.vmState === 'active' ? power.running : power.off;
      server.fault = undefined;
      server.launchedAt = call.cloud.now();
    },
  },
  success: [{ status: 202, content: 'item' }],
  response: {
    envelope: 'server',
    fields: [
      ...changedServerFields.map(ofServer),
      // From 2.75 on it is one of the fields above.
      { name: 'key_name', range: range('2.54-2.74'), value: () => null },
      { name: 'adminPass', value: ({ item }) => item.password },
      { name: 'user_data', range: range('2.57-'), value: ({ item: { server } }) => server.userData },
    ],
    headers: [
      { name: 'Location', value: ({ call, item }) => textMember(links(call, `servers/${item.server.id}`)[0], 'href') },
    ],
  },
});

export const rebuildActions: readonly Endpoint[] = [rebuildServer];

function ofServer(field: Field<Shown<ComputeCall, Server>>): Field<Shown<ComputeCall, Rebuilt>> {
  return within(field, ({ call, item: { server } }) => ({ call, item: server }));
}

function change({ server, wanted }: Acting): void {
  if (server.imageId !== null) server.imageId = textMember(wanted, 'imageRef') ?? server.imageId;
  server.name = textMember(wanted, 'name')?.trim() ?? server.name;
  server.hostname = textMember(wanted, 'hostname') ?? server.hostname;
  server.diskConfig = textMember(wanted, 'OS-DCF:diskConfig') ?? server.diskConfig;
  server.accessIPv4 = textMember(wanted, 'accessIPv4') ?? server.accessIPv4;
  server.accessIPv6 = textMember(wanted, 'accessIPv6') ?? server.accessIPv6;
  server.description = given(wanted.description, server.description);
  server.userData = given(wanted.user_data, server.userData);
  if (wanted.metadata !== undefined) server.metadata = metadataOf(wanted.metadata);
  const { trusted_image_certificates: trusted } = wanted;
  if (trusted === null) server.trustedCertificates = null;
  if (Array.isArray(trusted)) server.trustedCertificates = trusted as readonly string[];
}

/** Null is a value; what is not sent stays. */
function given(sent: Json | undefined, now: string | null): string | null {
  return typeof sent === 'string' || sent === null ? sent : now;
}
