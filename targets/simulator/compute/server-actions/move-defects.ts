/**
 * Faults of the actions that move servers to other hosts.
 */

import type { Fault } from '../../faults/fault.ts';
import { range } from '../../../../src/microversion.ts';
import { lastMigration } from '../migrations/migrations.ts';
import { acting, onServer } from './acting.ts';

const evacuate = 'compute/evacuate-server';

const never = range('2.9999-');

/** Actions that move a server to another host. */
const moving = ['migrate-server', 'live-migrate-server'] as const;

export const moveDefects: readonly Fault[] = [
  ...moving.map((name) =>
    acting(
      `${name === 'migrate-server' ? 'cold' : 'live'}-migration-stays-on-its-host`,
      `compute/${name}`,
      'A server that is migrated runs on its host afterwards.',
      (effect) => (subject, item) => {
        effect(subject, item);
        onServer(subject, (server) => {
          const migration = lastMigration(subject.call, server);
          if (migration) migration.destination = server.host ?? '';
        });
      },
    ),
  ),
  acting(
    'evacuation-stays-on-its-host',
    evacuate,
    'A server that is evacuated runs on its host afterwards.',
    (effect) => (subject, item) => {
      effect(subject, item);
      onServer(subject, (server) => {
        const migration = lastMigration(subject.call, server);
        if (migration) migration.destination = server.host ?? '';
      });
    },
  ),
  ...(['stops', 'starts'] as const).map((verb) =>
    acting(
      `evacuation-${verb}-servers`,
      evacuate,
      `An evacuation ${verb} servers, whatever they were.`,
      (effect) => (subject, item) => {
        onServer(subject, (server) => (server.vmState = verb === 'stops' ? 'stopped' : 'active'));
        effect({ ...subject, rules: { ...subject.rules, gates: { 'stays-stopped': never } } }, item);
      },
    ),
  ),
  acting(
    'live-migration-chooses-the-host',
    'compute/live-migrate-server',
    'A server is migrated live to another host than the request names.',
    (effect) => (subject, item) => effect({ ...subject, wanted: { ...subject.wanted, host: null } }, item),
  ),
  acting(
    'confirmation-restores-the-host',
    'compute/confirm-resized-server',
    'A server whose migration is confirmed runs on its former host.',
    (effect) => (subject, item) => {
      const former = subject.found.server?.formerHost;
      effect(subject, item);
      onServer(subject, (server) => (server.host = former ?? server.host));
    },
  ),
  acting(
    'reversion-keeps-the-host',
    'compute/revert-resized-server',
    'A server whose migration is reverted stays on the new host.',
    (effect) => (subject, item) => {
      onServer(subject, (server) => (server.formerHost = server.host ?? undefined));
      effect(subject, item);
    },
  ),
];
