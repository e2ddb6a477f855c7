/** Actions on the operating system of a server and on its network. */
import { everyState } from './lock.ts';
import { serverAction } from './server-action.ts';

export const changePassword = serverAction('compute/change-administrative-password', {
  ...{ key: 'changePassword', noun: 'A change of the password', section: 'Change password', by: 'member' },
  does: 'Sets the password of the administrator of a server; its status stays.',
  argument: () => ({ adminPass: 'Osc-password-1' }),
  values: ['adminPass'],
  from: 'active',
  states: 'A server that is not active is answered with 409.',
  refusedFirst: ['resource before role'],
});

export const showConsoleOutput = serverAction('compute/show-console-output', {
  ...{ key: 'os-getConsoleOutput', log: false, noun: 'A request for the console output', section: 'Console output' },
  ...{ by: 'member', success: 200 },
  does: 'Shows the last lines of the console of a server.',
  argument: () => ({}),
  members: () => ({ length: 5 }),
  values: ['length'],
  ...{ from: 'active', open: everyState.filter((state) => state !== 'shelved-offloaded') },
  stateFaults: { 'shelved-offloaded': 'compute/show-console-output:drop-check:host' },
  states: 'A server without a host is answered with 409.',
  locked: 'accepted',
  stateQuotes: { locked: 'A locked server is accepted.' },
});

export const injectNetworkInfo = serverAction('compute/inject-network-information', {
  ...{ key: 'injectNetworkInfo', noun: 'An injection of network information', section: 'Inject network information' },
  ...{ log: false, by: 'admin' },
  does: 'Sends a server its network configuration; its status stays.',
  reserved: 'Only an administrator may inject network information.',
  stateFaults: { locked: 'compute:inject-network-information-heeds-locks' },
  ...{ from: 'active', also: ['paused', 'stopped', 'suspended'] },
  // Others may have no host.
  open: ['rescued', 'resized', 'shelved', 'shelved-offloaded', 'error', 'soft-deleted'],
  states: 'A paused, stopped or suspended server is accepted.',
});
