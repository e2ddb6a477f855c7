/** Clauses on where a server runs after a migration, and on the hosts that are refused. */
import {
  bodyOf,
  expectResponse,
  expectStatus,
  expectValue,
  headerValue,
  responseOf,
} from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { shownIn } from '../../../src/clauses/checked.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, jsonText, type Json } from '../../../src/json.ts';
import { requireOtherHost, someHost, hostOf } from '../fixtures/hosts.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import { expectRefused, observeServer } from '../rules/refusal.ts';
import { liveMigrateServer, migrateServer, toHost } from './migrating.ts';
import { confirmResize, revertResize } from './resizing.ts';
import type { DeclaredAction } from './action-types.ts';

const file = 'server-actions.inc';
const cold = section(file, 'Migrate');
const live = section(file, 'Live migrate');
const byAdmin = { cases: 'once', identities: ['admin'] } as const;

export const movingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/migrate-server#moves-to-another-host',
    statement: 'A server that was migrated MUST run on another host than before.',
    quotes: [
      cold(
        'Moves a server to another host and stops it for the move: it becomes ``VERIFY_RESIZE`` there, until that is confirmed or reverted.',
      ),
    ],
    ...byAdmin,
    killedBy: ['compute:cold-migration-stays-on-its-host'],
    check: async (ctx) => (await moved(ctx, migrateServer, null)).findings,
  },
  {
    id: 'compute/migrate-server#moves-to-the-host-of-the-request',
    statement: 'A server that was migrated to a host MUST run there.',
    quotes: [cold('The request may name the host from 2.56 on.')],
    ...byAdmin,
    range: '2.56-',
    killedBy: ['compute:cold-migration-stays-on-its-host'],
    check: async (ctx) => (await moved(ctx, migrateServer, 'named')).findings,
  },
  {
    id: 'compute/migrate-server#is-confirmed',
    statement: 'A server whose migration was confirmed MUST run on the new host.',
    quotes: [cold('A confirmed migration leaves the server on the new host.')],
    ...byAdmin,
    killedBy: ['compute:confirmation-restores-the-host'],
    check: async (ctx) => {
      const { server, now, findings } = await moved(ctx, migrateServer, null);
      return [...findings, ...(await completes(ctx, confirmResize, server, 204)), ...(await runsOn(ctx, server, now))];
    },
  },
  {
    id: 'compute/migrate-server#is-reverted',
    statement: 'A server whose migration was reverted MUST run on its former host.',
    quotes: [cold('A reverted migration returns the server to the former host.')],
    ...byAdmin,
    killedBy: ['compute:reversion-keeps-the-host'],
    check: async (ctx) => {
      const { server, before, findings } = await moved(ctx, migrateServer, null);
      return [
        ...findings,
        ...(await completes(ctx, revertResize, server, 202)),
        ...(await runsOn(ctx, server, before)),
      ];
    },
  },
  {
    id: 'compute/migrate-server#refuses-an-unknown-host',
    statement: 'A cold migration to a host that does not exist MUST be answered with 400.',
    quotes: [cold('A host that does not exist is answered with 400.')],
    ...byAdmin,
    range: '2.56-',
    killedBy: ['compute/migrate-server:drop-check:host-known'],
    check: (ctx) => refusesHost(ctx, migrateServer, 'unknown'),
  },
  {
    id: 'compute/migrate-server#refuses-its-own-host',
    statement: 'A cold migration to the host that the server runs on MUST be answered with 400.',
    quotes: [cold('The host that the server runs on is answered with 400.')],
    ...byAdmin,
    range: '2.56-',
    killedBy: ['compute/migrate-server:drop-check:other-host'],
    check: (ctx) => refusesHost(ctx, migrateServer, 'own'),
  },
  {
    id: 'compute/live-migrate-server#moves-to-another-host',
    statement: 'A server that was migrated live MUST run on another host than before, with its status.',
    quotes: [live('Moves a running server to another host: its status stays.')],
    identities: ['admin'],
    killedBy: ['compute:live-migration-stays-on-its-host'],
    check: async (ctx) => (await moved(ctx, liveMigrateServer, null)).findings,
  },
  {
    id: 'compute/live-migrate-server#moves-to-the-host-of-the-request',
    statement: 'A server that was migrated live to a host MUST run there.',
    quotes: [live('Moves a running server to another host: its status stays.')],
    ...byAdmin,
    killedBy: ['compute:live-migration-stays-on-its-host'],
    check: async (ctx) => (await moved(ctx, liveMigrateServer, 'named')).findings,
  },
  {
    id: 'compute/live-migrate-server#refuses-an-unknown-host',
    statement: 'A live migration to a host that does not exist MUST be answered with 400.',
    quotes: [live('A host that does not exist is answered with 400.')],
    identities: ['admin'],
    killedBy: ['compute/live-migrate-server:drop-check:host-known'],
    check: (ctx) => refusesHost(ctx, liveMigrateServer, 'unknown'),
  },
  {
    id: 'compute/live-migrate-server#refuses-its-own-host-at-once',
    statement: 'A live migration to the host that the server runs on MUST be answered with 400 up to 2.33.',
    quotes: [live('Up to 2.33 the host that the server runs on is answered with 400.')],
    ...{ range: '2.1-2.33', identities: ['admin'] },
    killedBy: [
      'compute/live-migrate-server:shift-range:gate.waits:begins-early',
      'compute/live-migrate-server:drop-check:other-host',
    ],
    check: (ctx) => refusesHost(ctx, liveMigrateServer, 'own', serverToChange),
  },
  {
    id: 'compute/live-migrate-server#fails-later-on-its-own-host',
    statement:
      'A live migration to the host that the server runs on MUST be accepted from 2.34 on, leave the server there, and end in an error among its actions.',
    quotes: [
      live(
        'From 2.34 on a request whose host turns out to be unsuitable is accepted, the server stays, and the action of the server ends in an error.',
      ),
    ],
    ...{ range: '2.34-', identities: ['admin'] },
    killedBy: [
      'compute/live-migrate-server:shift-range:gate.waits:begins-late',
      'compute:live-migration-chooses-the-host',
    ],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const host = await ctx.fixture(async () => (await hostOf(ctx.run, server)) ?? '');
      const response = await liveMigrateServer.send(ctx, { server }, valued(ctx, liveMigrateServer, host));
      const accepted = expectStatus(response, 202);
      if (accepted.length > 0) return accepted;
      return [...(await failed(ctx, server, response)), ...(await runsOn(ctx, server, host))];
    },
  },
  {
    id: 'compute/live-migrate-server#refuses-to-be-forced-to-no-host',
    statement: 'A live migration with force and without a host MUST be answered with 400.',
    quotes: [live('From 2.30 to 2.67 a request with ``force`` and without a host is answered with 400.')],
    ...{ range: '2.30-2.67', identities: ['admin'] },
    killedBy: ['compute/live-migrate-server:drop-check:forced'],
    check: async (ctx) => {
      const { makeDirty, ...server } = await serverToKeep(ctx, { state: 'active' });
      const members = { '/os-migrateLive': { ...toHost(ctx, null), force: true } };
      const findings = expectRefused(await liveMigrateServer.send(ctx, { server }, { members }), 400);
      if (findings.length > 0) makeDirty();
      return findings;
    },
  },
];

interface Moved {
  readonly server: Named;
  readonly before: string;
  readonly now: string;
  readonly findings: readonly Finding[];
}

/** An active server that was moved, to the host that the request names or to one that the scheduler chooses. */
async function moved(ctx: CheckContext, operation: DeclaredAction, to: 'named' | null): Promise<Moved> {
  await requireOtherHost(ctx);
  const server = await serverToChange(ctx, { state: 'active' });
  const before = await ctx.fixture(async () => (await hostOf(ctx.run, server)) ?? '');
  const wanted = to === null ? null : await someHost(ctx, server);
  const findings = await completes(ctx, operation, server, 202, valued(ctx, operation, wanted));
  const seen = await showToAdmin(ctx, server);
  const now = hostIn(seen);
  const isElsewhere = wanted === null ? now !== before : now === wanted;
  const expected = wanted ?? `another host than ${before}`;
  return { server, before, now, findings: [...findings, ...(isElsewhere ? [] : wrongHost(seen, expected))] };
}

/** The request is accepted, and its action completes. */
async function completes(
  ctx: CheckContext,
  operation: DeclaredAction,
  server: Named,
  status: number,
  sent: Valued = valued(ctx, operation, null),
): Promise<readonly Finding[]> {
  const response = await operation.send(ctx, { server }, sent);
  const findings = expectStatus(response, status);
  return findings.length > 0 ? findings : ((await operation.effect?.(ctx, { server })) ?? []);
}

interface Valued {
  readonly members: Readonly<Record<string, Json>>;
}

function valued(ctx: CheckContext, { declared: { key } }: DeclaredAction, host: string | null): Valued {
  if (key === 'os-migrateLive') return { members: { '/os-migrateLive': { ...toHost(ctx, host) } } };
  return { members: { [`/${key}`]: host === null ? null : { host } } };
}

async function refusesHost(
  ctx: CheckContext,
  operation: DeclaredAction,
  which: 'own' | 'unknown',
  // A host that is looked at before the response gives the server a task until then.
  lease = serverToKeep,
): Promise<readonly Finding[]> {
  const { makeDirty, ...server } = await lease(ctx, { state: 'active' });
  const host =
    which === 'own' ? await ctx.fixture(async () => (await hostOf(ctx.run, server)) ?? '') : `osc-${ctx.uuid()}`;
  const response = await operation.send(ctx, { server }, valued(ctx, operation, host));
  const findings = [
    ...expectRefused(response, 400),
    ...expectResponse(await observeServer(ctx, server), 200, (seen) =>
      expectValue(seen, '/server/OS-EXT-STS:task_state', null),
    ),
  ];
  if (findings.length > 0) makeDirty();
  return findings;
}

/** The server as an administrator sees it. */
/** With its host. */
export function showToAdmin(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.send({ service: 'compute', method: 'GET', path: `/servers/${id}`, as: 'admin', purpose: 'observation' });
}

/** Empty where it has none. */
export function hostIn(seen: Exchange): string {
  const shown = shownIn(seen);
  return (shown && jsonText(atPointer(bodyOf(shown), '/server/OS-EXT-SRV-ATTR:host'))) ?? '';
}

async function runsOn(ctx: CheckContext, server: Named, host: string): Promise<readonly Finding[]> {
  const seen = await showToAdmin(ctx, server);
  return hostIn(seen) === host ? [] : wrongHost(seen, host);
}

function wrongHost(seen: Exchange, expected: string): readonly Finding[] {
  return expectResponse(seen, 200, ({ id }) => [
    { kind: 'value', exchange: id, pointer: '/server/OS-EXT-SRV-ATTR:host', expected, seen: hostIn(seen) },
  ]);
}

/** One of the events of the action has failed. */
async function failed(ctx: CheckContext, { id }: Named, response: Exchange): Promise<readonly Finding[]> {
  const request = headerValue(responseOf(response).headers, 'x-openstack-request-id') ?? 'none';
  const path = `/servers/${id}/os-instance-actions/${request}`;
  const results = (seen: Parameters<typeof bodyOf>[0]): readonly (Json | undefined)[] =>
    jsonList(atPointer(bodyOf(seen), '/instanceAction/events')).map((event) => atPointer(event, '/result'));
  return ctx.eventually({
    look: () => ctx.send({ service: 'compute', method: 'GET', path, as: 'admin', purpose: 'observation' }),
    until: (seen) => results(seen).includes('Error'),
    expected: 'an action with an event that fails',
    seen: (last) => `the results ${JSON.stringify(results(last))}`,
    timeoutMs: timeouts.attachment,
  });
}
