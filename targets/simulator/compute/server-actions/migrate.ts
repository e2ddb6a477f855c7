/**
 * Move a server to another host: stopped for the move (migrate), running (os-migrateLive), or from a host that is
 * down (evacuate).
 *
 * Read from servers-admin-action.inc and servers-action-evacuate.inc, and from the history of the API at 2.14, 2.25,
 * 2.29, 2.30, 2.56, 2.68 and 2.95.
 */

import { range } from '../../../../src/microversion.ts';
import { hostNames } from '../../host.ts';
import type { Check } from '../../kernel/checks.ts';
import { at, type Endpoint, isOpen } from '../../kernel/endpoint.ts';
import { type JsonObject, textMember } from '../../kernel/http.ts';
import { badRequest, notFound } from '../../kernel/refusal.ts';
import type { Property, Shape } from '../../kernel/shape.ts';
import { lastMigration, migrationBecomes, recordMigration } from '../migrations/migrations.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import { type Of, type OnServer, permitting } from '../on-server.ts';
import { policyRefusal } from '../policy.ts';
import { services } from '../services/services.ts';
import type { Server } from '../state.ts';
import { flagValues, parseFlag } from '../volume-attachments/flag.ts';
import { serverAction } from './action.ts';
import { power } from './transition.ts';

const host: Shape = { types: ['string', 'null'], minLength: 1, maxLength: 255, format: 'host' };
const flag: Shape = { types: ['boolean', 'string'], enum: flagValues };
const forced = (versions: string): Property => at(versions, flag);

const migrateServer = serverAction('compute/migrate-server', {
  key: 'migrate',
  method: 'resize',
  policy: 'os-migrate-server:migrate',
  argument: {
    types: ['object', 'null'],
    typesAt: [{ range: range('2.1-2.55'), types: ['array', 'boolean', 'integer', 'string'] }],
    properties: { host: at('2.56-', host) },
    closed: range('2.56-'),
  },
  states: permitting('active', 'stopped'),
  checks: ['role-host', 'lock', 'state', 'host-known', 'other-host'],
  refusals: {
    'role-host': forHost('os-migrate-server:migrate:host'),
    'host-known': unknownHost(badRequest),
    'other-host': sameHost,
  },
  transition: {
    log: 'migrate',
    event: 'compute_resize_instance',
    tasks: ['resize_prep', 'resize_migrating', 'resize_finish'],
    begin: ({ call, server, wanted }) => {
      recordMigration(call, server, {
        type: 'migration',
        status: 'migrating',
        destination: destinationOf(wanted, server),
      });
    },
    finish: ({ call, server }) => {
      server.formerFlavor = server.flavor;
      server.formerHost = server.host ?? undefined;
      server.formerVmState = server.vmState;
      server.host = lastMigration(call, server)?.destination ?? server.host;
      server.vmState = 'resized';
      migrationBecomes(call, server, 'finished');
    },
  },
});

const liveMigrate = serverAction('compute/live-migrate-server', {
  key: 'os-migrateLive',
  method: 'live_migrate',
  policy: 'os-migrate-server:migrate_live',
  argument: {
    types: ['object'],
    properties: {
      host,
      block_migration: {
        types: ['boolean', 'string'],
        enum: flagValues,
        enumAt: [{ range: range('2.25-'), values: ['auto'] }],
      },
      disk_over_commit: at('2.1-2.24', flag),
      force: forced('2.30-2.67'),
    },
    required: ['host', 'block_migration', 'disk_over_commit'],
    closed: true,
  },
  gates: { waits: range('2.34-') },
  states: permitting('active', 'paused'),
  checks: ['role-host', 'forced', 'lock', 'state', 'host-known', 'other-host'],
  refusals: {
    'role-host': forHost('os-migrate-server:migrate_live:host'),
    forced: hostlessForce,
    'host-known': unknownHost(badRequest),
    // From 2.34 on the host is looked at after the response.
    'other-host': (subject) => (isOpen(subject.rules, 'waits', subject.call.at) ? undefined : sameHost(subject)),
  },
  effect: moveLive,
  delays: { queue: 1, prepare: 5, run: 500 },
});

const evacuateServer = serverAction<Evacuated>('compute/evacuate-server', {
  key: 'evacuate',
  method: 'evacuate',
  policy: 'os-evacuate',
  argument: {
    types: ['object'],
    properties: {
      host: { ...host, types: ['string'] },
      adminPass: { types: ['string'] },
      onSharedStorage: at('2.1-2.13', flag),
      force: forced('2.29-2.67'),
    },
    required: ['onSharedStorage'],
    closed: true,
  },
  gates: { 'stays-stopped': range('2.95-') },
  states: permitting('active', 'stopped', 'error'),
  tasks: 'any',
  checks: ['forced', 'password', 'host-known', 'other-host', 'state', 'host-down'],
  refusals: {
    forced: hostlessForce,
    password: ({ wanted }) =>
      wanted.adminPass !== undefined && [true, 'true', 'True', '1'].some((yes) => yes === wanted.onSharedStorage)
        ? badRequest("admin password can't be changed on existing disk")
        : undefined,
    'host-known': unknownHost(notFound),
    'other-host': sameHost,
    'host-down': ({ call, found: { server } }) =>
      [...services(call.cloud.compute)].some((one) => one.host === server?.host && one.isForcedDown)
        ? undefined
        : badRequest(`Compute service of ${server?.host ?? ''} is still in use.`),
  },
  result: ({ call, wanted, found: { server } }) =>
    server && { server, password: textMember(wanted, 'adminPass') ?? call.cloud.newId().slice(-12) },
  transition: {
    log: 'evacuate',
    event: 'compute_rebuild_instance',
    tasks: ['rebuilding', 'rebuild_spawning'],
    begin: ({ call, server, wanted }) => {
      recordMigration(call, server, {
        type: 'evacuation',
        status: 'accepted',
        destination: destinationOf(wanted, server),
      });
    },
    finish: ({ call, server, rules }) => {
      server.host = lastMigration(call, server)?.destination ?? server.host;
      const stops = server.vmState === 'stopped' || isOpen(rules, 'stays-stopped', call.at);
      server.vmState = stops ? 'stopped' : 'active';
      server.powerState = stops ? power.off : power.running;
      migrationBecomes(call, server, 'done');
    },
  },
  success: [
    { status: 200, content: 'item', range: range('2.1-2.13') },
    { status: 200, content: 'none', range: range('2.14-') },
  ],
  response: { fields: [{ name: 'adminPass', value: ({ item: { password } }) => password }] },
});

interface Evacuated {
  readonly server: Server;
  readonly password: string;
}

export const migrateActions: readonly Endpoint[] = [migrateServer, liveMigrate, evacuateServer];

type HostCheck = Check<Of<OnServer>>;

/** Whoever names a host needs a further right. */
function forHost(rule: string): HostCheck {
  return ({ call: { cloud, caller }, wanted, found: { server } }) =>
    textMember(wanted, 'host') === undefined ? undefined : policyRefusal(cloud, caller, rule, server?.projectId);
}

function hostlessForce({ wanted }: Of<OnServer>): ReturnType<HostCheck> {
  return wanted.force !== undefined && parseFlag(wanted.force) && textMember(wanted, 'host') === undefined
    ? badRequest("Can't force to a non-provided destination")
    : undefined;
}

function unknownHost(refuse: (message: string) => ReturnType<HostCheck>): HostCheck {
  return ({ wanted }) => {
    const named = textMember(wanted, 'host');
    return named === undefined || hostNames.includes(named)
      ? undefined
      : refuse(`Compute host ${named} could not be found.`);
  };
}

function sameHost({ wanted, found: { server } }: Of<OnServer>): ReturnType<HostCheck> {
  const named = textMember(wanted, 'host');
  return named !== undefined && named === server?.host
    ? badRequest("The target host can't be the same one.")
    : undefined;
}

/** The scheduler chooses the first other host. */
function destinationOf(wanted: JsonObject, server: Server): string {
  return textMember(wanted, 'host') ?? hostNames.find((name) => name !== server.host) ?? '';
}

/** A record that is queued, preparing and running; another request may complete or abort it. */
function moveLive({ call, rules: { delays = {} }, wanted }: Of<OnServer>, server: Server): void {
  const { cloud } = call;
  const destination = destinationOf(wanted, server);
  const migration = recordMigration(call, server, { type: 'live-migration', status: 'queued', destination });
  const action = startAction(call, server, 'live-migration');
  const event = startEvent(action, 'conductor_live_migrate_instance', server, cloud.now());
  server.taskState = 'migrating';
  server.updatedAt = cloud.now();
  if (destination === server.host) {
    cloud.schedule.after(delays.queue ?? 0, () => {
      migration.status = 'error';
      server.taskState = null;
      finishEvent(action, event, 'Error', cloud.now());
    });
    return;
  }
  const steps = [
    ['preparing', delays.queue],
    ['running', delays.prepare],
    ['completed', delays.run],
  ] as const;
  const advance = ([step, ...rest]: readonly (typeof steps)[number][]): void => {
    if (!step) {
      finishEvent(action, event, migration.status === 'completed' ? 'Success' : 'Error', cloud.now());
      return;
    }
    const [status, delay = 0] = step;
    cloud.schedule.after(delay, () => {
      if (server.taskState === 'migrating' && migration.status !== 'cancelled') {
        migration.status = migration.status === 'completed' ? 'completed' : status;
        migration.updatedAt = cloud.now();
        if (migration.status === 'completed') arrive(server, migration.destination);
      }
      advance(server.taskState === 'migrating' ? rest : []);
    });
  };
  advance(steps);
}

export function arrive(server: Server, destination: string): void {
  server.host = destination;
  server.taskState = null;
}
