/** Actions of administrators that move a server to another host. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Json } from '../../../src/json.ts';
import { includes, range, isSince } from '../../../src/microversion.ts';
import { requireOtherHost, someHost } from '../fixtures/hosts.ts';
import { preparedByAdmin, serverAction } from './server-action.ts';

export const migrateServer = preparedByAdmin(
  serverAction('compute/migrate-server', {
    ...{ key: 'migrate', noun: 'A cold migration', section: 'Migrate', by: 'admin' },
    does: 'Moves a server to another host and stops it for the move: it becomes ``VERIFY_RESIZE`` there, until that is confirmed or reverted.',
    reserved: 'Neither a member nor a reader of the project may migrate its servers.',
    stateFaults: { locked: 'compute:migrate-server-heeds-locks' },
    prepare: requireOtherHost,
    members: async (ctx, own) => ({ host: await someHost(ctx, own) }),
    values: ['host'],
    ...{ from: 'active', also: ['stopped'] },
    states: 'A server that is neither active nor stopped is answered with 409.',
    leads: { status: 'VERIFY_RESIZE', vmState: 'resized' },
  }),
);

export const liveMigrateServer = preparedByAdmin(
  serverAction('compute/live-migrate-server', {
    ...{ key: 'os-migrateLive', log: 'live-migration', noun: 'A live migration', section: 'Live migrate', by: 'admin' },
    does: 'Moves a running server to another host: its status stays.',
    reserved: 'Neither a member nor a reader of the project may migrate its servers while they run.',
    stateFaults: { locked: 'compute:live-migrate-server-heeds-locks' },
    prepare: requireOtherHost,
    argument: (ctx) => toHost(ctx, null),
    members: ({ microversion: at }): Readonly<Record<string, Json>> =>
      includes(range('2.30-2.67'), at) ? { force: false } : {},
    values: ['host', 'block_migration', 'disk_over_commit', 'force'],
    ...{ from: 'active', also: ['paused'] },
    states: 'A server that is neither active nor paused is answered with 409.',
  }),
);

/** The required members of a live migration to a host, or to one of the scheduler. */
export function toHost({ microversion: at }: CheckContext, host: string | null): Readonly<Record<string, Json>> {
  const isAutomatic = isSince(at, '2.25');
  return { host, ...(isAutomatic ? { block_migration: 'auto' } : { block_migration: false, disk_over_commit: false }) };
}
