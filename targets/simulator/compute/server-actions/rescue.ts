/**
 * Rescue a server, and end that.
 *
 * Read from servers-actions.inc, and from the history of the API at 2.87.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, isOpen } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import { permitting } from '../on-server.ts';
import type { Server } from '../state.ts';
import { serverAction } from './action.ts';
import { restoreState } from './resize.ts';
import { power, task } from './transition.ts';

interface Rescued {
  readonly server: Server;
  readonly password: string;
}

const rescueServer = serverAction<Rescued>('compute/rescue-server', {
  key: 'rescue',
  method: 'rescue',
  policy: 'os-rescue',
  argument: {
    types: ['object', 'null'],
    properties: {
      adminPass: { types: ['string'] },
      rescue_image_ref: { types: ['string'], format: 'uuid' },
    },
    closed: true,
  },
  gates: { volume: range('2.87-') },
  states: permitting('active', 'stopped', 'error'),
  checks: ['lock', 'state', 'from-image', 'image'],
  refusals: {
    // From 2.87 on a volume can be rescued, with an image that allows it; the image of this cloud does not.
    'from-image': ({ call, rules, found: { server } }) =>
      server?.imageId === null
        ? badRequest(
            isOpen(rules, 'volume', call.at)
              ? 'The image does not support the rescue of a server that was booted from a volume.'
              : 'A server that was booted from a volume is not rescued.',
          )
        : undefined,
    image: ({ call, wanted }) => {
      const id = textMember(wanted, 'rescue_image_ref');
      return id === undefined || call.cloud.image.images.has(id)
        ? undefined
        : badRequest(`Image ${id} could not be found.`);
    },
  },
  result: ({ call, wanted, found: { server } }) =>
    server && { server, password: textMember(wanted, 'adminPass') ?? call.cloud.newId().slice(-12) },
  transition: task('rescue', 'rescuing', ({ server }) => {
    server.formerVmState = server.vmState === 'error' ? 'active' : server.vmState;
    server.vmState = 'rescued';
    server.powerState = power.running;
  }),
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'adminPass', value: ({ item: { password } }) => password }] },
});

const unrescueServer = serverAction('compute/unrescue-server', {
  key: 'unrescue',
  method: 'unrescue',
  policy: 'os-unrescue',
  states: permitting('rescued'),
  checks: ['lock', 'state'],
  transition: task('unrescue', 'unrescuing', restoreState),
});

export const rescueActions: readonly Endpoint[] = [rescueServer, unrescueServer];
