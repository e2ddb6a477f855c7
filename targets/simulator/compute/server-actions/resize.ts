/**
 * Resize a server, and confirm or revert that.
 *
 * Read from servers-actions.inc.
 */

import type { Endpoint } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { pythonText } from '../../kernel/python-text.ts';
import { badRequest, type Refusal } from '../../kernel/refusal.ts';
import { hostName } from '../../host.ts';
import { migrationBecomes, recordMigration } from '../migrations/migrations.ts';
import { type Of, type OnServer, permitting } from '../on-server.ts';
import { serverAction } from './action.ts';
import { type Finish, power, task } from './transition.ts';

const usual = ['lock', 'state'];

const resizeServer = serverAction('compute/resize-server', {
  key: 'resize',
  method: 'resize',
  policy: 'servers:resize',
  argument: {
    types: ['object'],
    properties: {
      flavorRef: { types: ['string', 'integer'], minLength: 1 },
      'OS-DCF:diskConfig': { types: ['string'], enum: ['AUTO', 'MANUAL'] },
    },
    required: ['flavorRef'],
    closed: true,
  },
  states: permitting('active', 'stopped'),
  checks: [...usual, 'flavor', 'other-flavor'],
  refusals: { flavor: unknownFlavor, 'other-flavor': sameFlavor },
  transition: {
    ...task('resize', 'resize_prep', (acting) => {
      resize(acting);
    }),
    tasks: ['resize_prep', 'resize_migrating', 'resize_finish'],
    begin: ({ call, server }) => {
      recordMigration(call, server, { type: 'resize', status: 'migrating', destination: server.host ?? hostName });
    },
  },
});

const confirmResize = serverAction('compute/confirm-resized-server', {
  key: 'confirmResize',
  method: 'confirm_resize',
  policy: 'servers:confirm_resize',
  states: permitting('resized'),
  checks: usual,
  transition: {
    log: 'confirmResize',
    event: 'compute_confirm_resize',
    tasks: [],
    finish: (acting) => {
      acting.server.formerFlavor = undefined;
      acting.server.formerHost = undefined;
      migrationBecomes(acting.call, acting.server, 'confirmed');
      restoreState(acting);
    },
  },
  success: [{ status: 204, content: 'none' }],
});

const revertResize = serverAction('compute/revert-resized-server', {
  key: 'revertResize',
  method: 'revert_resize',
  policy: 'servers:revert_resize',
  states: permitting('resized'),
  checks: usual,
  transition: {
    log: 'revertResize',
    event: 'compute_revert_resize',
    tasks: ['resize_reverting'],
    finish: (acting) => {
      const { server } = acting;
      server.flavor = server.formerFlavor ?? server.flavor;
      server.host = server.formerHost ?? server.host;
      server.formerFlavor = undefined;
      server.formerHost = undefined;
      migrationBecomes(acting.call, server, 'reverted');
      restoreState(acting);
    },
  },
});

export const resizeActions: readonly Endpoint[] = [resizeServer, confirmResize, revertResize];

/** Restores the state before a resize or a rescue. */
export const restoreState: Finish = ({ server }) => {
  server.vmState = server.formerVmState ?? 'active';
  server.powerState = server.vmState === 'active' ? power.running : power.off;
  server.formerVmState = undefined;
};

const resize: Finish = ({ call, server, wanted }) => {
  const flavor = call.cloud.compute.flavors.get(flavorIn(wanted));
  if (!flavor) return;
  server.formerFlavor = server.flavor;
  server.formerHost = server.host ?? undefined;
  server.formerVmState = server.vmState;
  server.flavor = flavor;
  server.diskConfig = textMember(wanted, 'OS-DCF:diskConfig') ?? server.diskConfig;
  server.vmState = 'resized';
  migrationBecomes(call, server, 'finished');
};

function unknownFlavor({ call, wanted }: Of<OnServer>): Refusal | undefined {
  const id = flavorIn(wanted);
  return call.cloud.compute.flavors.has(id) ? undefined : badRequest(`Flavor ${id} could not be found.`);
}

function sameFlavor({ wanted, found: { server } }: Of<OnServer>): Refusal | undefined {
  return flavorIn(wanted) === server?.flavor.id
    ? badRequest('When resizing, instances must change flavor!')
    : undefined;
}

/** Ids of flavors may be sent as numbers. */
function flavorIn(wanted: Of<unknown>['wanted']): string {
  return pythonText(wanted.flavorRef);
}
