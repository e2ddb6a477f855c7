/**
 * Faults of the actions of servers that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault, showing } from '../../faults/of-endpoints.ts';
import type { EndpointRules } from '../../kernel/endpoint.ts';
import { conflict } from '../../kernel/refusal.ts';
import type { Property, Shape } from '../../kernel/shape.ts';
import { portsOf } from '../networks/networks.ts';
import type { Of, OnServer } from '../on-server.ts';
import { imageDefects } from './image-defects.ts';
import { acting, onServer } from './acting.ts';
import { moveDefects } from './move-defects.ts';
import { rebuildDefects } from './rebuild-defects.ts';

const resize = 'compute/resize-server';
const reboot = 'compute/reboot-server';
const output = 'compute/show-console-output';

/** Actions that open a console. */
const openingConsoles = ['get-vnc-console', 'get-spice-console', 'get-serial-console'];

/** Actions after which a server stays in its state. */
const harmless = [
  'trigger-crash-dump-in-server',
  'lock-server',
  'unlock-server',
  'change-administrative-password',
  'show-console-output',
  'inject-network-information',
  'create-image',
  'create-server-back-up',
  'live-migrate-server',
  'add-security-group-to-a-server',
  'remove-security-group-from-a-server',
  'add-fixed-ip',
  'add-floating-ip',
  'remove-fixed-ip',
  'remove-floating-ip',
  ...openingConsoles,
];

/** Actions that a server without a host refuses for that reason as well as for its state. */
const onHosts = ['stop-server', 'start-server', 'trigger-crash-dump-in-server'];

/** Actions of administrators, whom the lock of an owner does not bind. */
const ofAdministrators = [
  'inject-network-information',
  'shelf-offload-server',
  'migrate-server',
  'live-migrate-server',
  'evacuate-server',
];

export const serverActionDefects: readonly Fault[] = [
  ...imageDefects,
  ...rebuildDefects,
  ...moveDefects,
  acting(
    'removal-takes-all-security-groups',
    'compute/remove-security-group-from-a-server',
    'The removal of a security group takes all groups from the server.',
    () => (subject) => onServer(subject, (server) => (server.securityGroups = [])),
  ),
  endpointFault(
    'compute:removal-takes-unknown-security-groups',
    ['compute/remove-security-group-from-a-server'],
    'The removal of a security group that does not exist is accepted.',
    ({ checks }) => ({ checks: checks.filter((check) => check !== 'group' && check !== 'associated') }),
  ),
  acting(
    'removal-takes-another-address',
    'compute/remove-fixed-ip',
    'The removal of an address takes the first one, whichever was asked for.',
    () => (subject) => onServer(subject, (server) => portsOf(subject.call, server)[0]?.addresses.shift()),
  ),
  ...openingConsoles.map((name) =>
    endpointFault(
      `compute:${name}-names-another-type`,
      [`compute/${name}`],
      'The response has a type that is not that of the request.',
      showing('type', () => 'osc'),
    ),
  ),
  ...ofAdministrators.map((name) =>
    endpointFault(
      `compute:${name}-heeds-locks`,
      [`compute/${name}`],
      'An administrator cannot act on a server that its owner has locked.',
      ({ checks, refusals }) => ({
        checks: [...checks, 'locked-at-all'],
        refusals: {
          ...refusals,
          'locked-at-all': ({ found }: Of<OnServer>) =>
            (found.server?.lockedBy ?? null) === null ? undefined : conflict('The instance is locked.'),
        },
      }),
    ),
  ),
  ...onHosts.map((name) =>
    endpointFault(
      `compute:${name}-takes-servers-without-host`,
      [`compute/${name}`],
      'A server that is shelved and offloaded is accepted.',
      ({ checks, states }) => ({
        checks: checks.filter((check) => check !== 'host'),
        ...(states && { states: { ...states, permitted: [...states.permitted, 'shelved_offloaded'] } }),
      }),
    ),
  ),
  ...harmless.map((name) =>
    acting(
      `${name}-ends-in-error`,
      `compute/${name}`,
      'The server is in error afterwards.',
      (effect) => (subject, item) => {
        effect(subject, item);
        onServer(subject, (server) => (server.vmState = 'error'));
      },
    ),
  ),
  acting(
    'unlock-keeps-the-reason',
    'compute/unlock-server',
    'The reason of a lock outlives it.',
    (effect) => (subject, item) => {
      const reason = subject.found.server?.lockedReason ?? null;
      effect(subject, item);
      onServer(subject, (server) => (server.lockedReason = reason));
    },
  ),
  endpointFault(
    'compute:unlock-needs-a-lock',
    ['compute/unlock-server'],
    'A server that is not locked cannot be unlocked.',
    ({ checks, refusals }) => ({
      checks: [...checks, 'unlocked'],
      refusals: {
        ...refusals,
        unlocked: ({ found }: Of<OnServer>) =>
          found.server?.lockedBy === null ? conflict('The instance is not locked.') : undefined,
      },
    }),
  ),
  acting(
    'resize-keeps-the-flavor',
    resize,
    'A resized server shows its former flavor.',
    (effect) => (subject, item) => {
      const flavorRef = subject.found.server?.flavor.id ?? null;
      effect({ ...subject, wanted: { ...subject.wanted, flavorRef } }, item);
    },
  ),
  acting(
    'confirmation-restores-the-flavor',
    'compute/confirm-resized-server',
    'A confirmed resize restores the former flavor.',
    (effect) => (subject, item) => {
      const former = subject.found.server?.formerFlavor;
      effect(subject, item);
      onServer(subject, (server) => (server.flavor = former ?? server.flavor));
    },
  ),
  acting(
    'reversion-keeps-the-flavor',
    'compute/revert-resized-server',
    'A reverted resize keeps the new flavor.',
    (effect) => (subject, item) => {
      onServer(subject, (server) => (server.formerFlavor = server.flavor));
      effect(subject, item);
    },
  ),
  endpointFault(
    'compute:console-shows-first-lines',
    [output],
    'The console output with a length shows the first lines.',
    showing('output', ({ text }: { readonly text: string }) =>
      text.split('\n').length === 2 ? '[    0.000000] Line 1 of the console\n' : text,
    ),
  ),
  loosening(
    'reboot-types-in-capitals-only',
    reboot,
    'The type of a reboot is HARD or SOFT.',
    ({ type, ...others }) => ({
      ...others,
      type: { ...type, enum: ['HARD', 'SOFT'] },
    }),
  ),
  loosening('reboot-takes-any-type', reboot, 'The type of a reboot may be any string.', (others) => ({
    ...others,
    type: { types: ['string'] },
  })),
  endpointFault(
    'compute:unshelve-takes-an-empty-object',
    ['compute/unshelve-shelved-server'],
    'An unshelving needs no zone where it has an object.',
    argument((shape) => ({ ...shape, requiredAt: [] })),
  ),
];

function loosening(
  name: string,
  operation: string,
  summary: string,
  change: (properties: Readonly<Record<string, Property>>) => Readonly<Record<string, Property>>,
): Fault {
  return endpointFault(
    `compute:${name}`,
    [operation],
    summary,
    argument(({ properties = {}, ...shape }) => ({ ...shape, properties: change(properties) })),
  );
}

/** Changes the shape of the value of the action. */
function argument(change: (shape: Shape) => Shape): (rules: EndpointRules) => Partial<EndpointRules> {
  return ({ body }) => {
    const [[key, value] = []] = Object.entries(body?.shape.properties ?? {});
    if (!body || key === undefined || !value) return {};
    return { body: { ...body, shape: { ...body.shape, properties: { [key]: { ...value, ...change(value) } } } } };
  };
}
