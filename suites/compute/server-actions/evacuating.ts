/** The action that builds a server anew on another host, because its own is down; with its clauses. */
import { judgeAcceptedWith, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { atPointer, type Json } from '../../../src/json.ts';
import { includes, isSince, range } from '../../../src/microversion.ts';
import { hostOf, keepHostsUp, someHost, takeHostDown } from '../fixtures/hosts.ts';
import type { Reusable } from '../fixtures/lease.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import type { Server } from '../resource-types/server.ts';
import { expectRefused, observeServer } from '../rules/refusal.ts';
import { hostIn, showToAdmin } from './moves.ts';
import { refuses, showsNoTask, valued } from './refuses.ts';
import { preparedByAdmin, serverAction } from './server-action.ts';

const does = 'Builds a server anew on another host, because the host of the server is down.';
const withStorage = '2.1-2.13';
const quote = section('server-actions.inc', 'Evacuate');

export const evacuateServer = preparedByAdmin(
  serverAction('compute/evacuate-server', {
    ...{ key: 'evacuate', noun: 'An evacuation', section: 'Evacuate', by: 'admin', success: 200, does },
    capabilities: ['exclusive'],
    reserved: 'Only an administrator may evacuate a server.',
    prepare: takeHostDown,
    argument: smallest,
    members: async (ctx, own) => ({
      host: await someHost(ctx, own),
      adminPass: 'Osc-evacuation-1',
      ...(includes(range('2.29-2.67'), ctx.microversion) && { force: false }),
    }),
    values: ['host', 'adminPass', 'onSharedStorage', 'force'],
    // One without a host is answered with 400: its host is the one that the request does not name.
    ...{ from: 'active', also: ['stopped', 'error'], open: ['shelved-offloaded'] },
    states: 'A server that is neither active, stopped nor in error is answered with 409.',
    stateFaults: { locked: 'compute:evacuate-server-heeds-locks' },
    leads: { status: 'ACTIVE', or: 'SHUTOFF', vmState: 'active' },
    // From 2.95 on it is active for a moment, before it is stopped.
    ends: ({ microversion: at }) => (isSince(at, '2.95') ? ['SHUTOFF'] : ['ACTIVE']),
    effectFault: 'compute/evacuate-server:never-complete:rebuilding',
    // The host that was down still has it.
    spends: 'always',
  }),
);

const { id } = evacuateServer;
const once = { cases: 'once', capabilities: ['exclusive'], identities: ['admin'] } as const;

export const evacuatingClauses: readonly WrittenClause[] = [
  {
    id: `${id}#moves-to-another-host`,
    statement: 'A server that was evacuated MUST run on another host than before.',
    quotes: [quote(does)],
    ...once,
    killedBy: ['compute:evacuation-stays-on-its-host'],
    check: async (ctx) => evacuated(ctx, await serverToChange(ctx, { state: 'active' })),
  },
  {
    id: `${id}#moves-to-the-host-of-the-request`,
    statement: 'A server that was evacuated to a host MUST run there.',
    quotes: [quote('The request may name the host.')],
    ...once,
    killedBy: ['compute:evacuation-stays-on-its-host'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      return evacuated(ctx, server, await someHost(ctx, server));
    },
  },
  ...(
    [
      ['active', 'ACTIVE', 'stops'],
      ['stopped', 'SHUTOFF', 'starts'],
    ] as const
  ).map(([state, status, verb]): WrittenClause => ({
    id: `${id}#keeps-${state}-servers-${state}`,
    statement: `${state === 'active' ? 'An active' : 'A stopped'} server MUST be ${status} after an evacuation up to 2.94.`,
    quotes: [quote('Up to 2.94 a server that was active is active afterwards, and one that was stopped is stopped.')],
    ...{ ...once, range: '2.1-2.94' },
    killedBy: [`compute:evacuation-${verb}-servers`],
    check: (ctx) => endsAs(ctx, state, status),
  })),
  {
    id: `${id}#stops-the-server`,
    statement: 'An active server MUST be SHUTOFF after an evacuation from 2.95 on.',
    quotes: [quote('From 2.95 on a server that was active or stopped is stopped afterwards.')],
    ...{ ...once, range: '2.95-' },
    killedBy: ['compute:evacuation-starts-servers'],
    check: (ctx) => endsAs(ctx, 'active', 'SHUTOFF'),
  },
  {
    id: `${id}#shows-the-password`,
    about: ['request /evacuate/adminPass'],
    statement: 'The response to an evacuation MUST have the password of the request up to 2.13, where it has one.',
    quotes: [quote('Where the response has a password up to 2.13, it is that of the request.')],
    ...{ ...once, range: withStorage },
    killedBy: [`${id}:ignore-member:body.adminPass`],
    check: judgeAcceptedWith(evacuateServer, '/evacuate/adminPass', (_, accepted) => {
      if (atPointer(bodyOf(accepted), '/adminPass') === undefined) {
        throw new NotBound('The target does not show the passwords of servers.');
      }
      return expectValue(accepted, '/adminPass', sentValue(accepted, '/evacuate/adminPass'));
    }),
  },
  {
    id: `${id}#refuses-servers-on-hosts-that-are-up`,
    statement: 'An evacuation of a server whose host is up MUST be answered with 400 and change nothing.',
    quotes: [quote('A server whose host is up is answered with 400.')],
    ...{ cases: 'once', identities: ['admin'] },
    killedBy: [`${id}:drop-check:host-down`],
    check: (ctx) => refusesUp(ctx, 400, smallest(ctx)),
  },
  {
    id: `${id}#refuses-an-unknown-host`,
    statement: 'An evacuation to a host that does not exist MUST be answered with 404 and change nothing.',
    quotes: [quote('A host that does not exist is answered with 404.')],
    ...{ cases: 'once', identities: ['admin'] },
    killedBy: [`${id}:drop-check:host-known`],
    check: (ctx) => refusesUp(ctx, 404, { ...smallest(ctx), host: `osc-${ctx.uuid()}` }),
  },
  {
    id: `${id}#refuses-the-own-host`,
    statement: 'An evacuation to the host that the server runs on MUST be answered with 400 and change nothing.',
    quotes: [quote('The host that the server runs on is answered with 400.')],
    ...once,
    killedBy: [`${id}:drop-check:other-host`],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const host = await ctx.fixture(async () => (await hostOf(ctx.run, server)) ?? '');
      return refusesDown(ctx, server, { ...smallest(ctx), host });
    },
  },
  {
    id: `${id}#refuses-passwords-on-shared-storage`,
    statement: 'An evacuation on shared storage with a password MUST be answered with 400 and change nothing.',
    quotes: [quote('Up to 2.13 a request with a password for a server on shared storage is answered with 400.')],
    ...{ ...once, range: withStorage },
    killedBy: [`${id}:drop-check:password`],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      return refusesDown(ctx, server, { onSharedStorage: true, adminPass: 'Osc-evacuation-1' });
    },
  },
  {
    id: `${id}#refuses-force-without-a-host`,
    statement: 'An evacuation with force and without a host MUST be answered with 400 and change nothing.',
    quotes: [quote('From 2.29 to 2.67 a request with ``force`` and without a host is answered with 400.')],
    ...{ ...once, range: '2.29-2.67' },
    killedBy: [`${id}:drop-check:forced`],
    check: async (ctx) => refusesDown(ctx, await serverToChange(ctx, { state: 'active' }), { force: true }),
  },
];

function smallest({ microversion: at }: CheckContext): Readonly<Record<string, Json>> {
  return includes(range(withStorage), at) ? { onSharedStorage: false } : {};
}

function send(ctx: CheckContext, server: Named, value: Readonly<Record<string, Json>>): Promise<Exchange> {
  return evacuateServer.send(ctx, { server }, valued(evacuateServer, value));
}

/** Sends the request; the server runs on another host then, or on that of the request. */
async function evacuated(ctx: CheckContext, server: Reusable<Server>, host?: string): Promise<readonly Finding[]> {
  server.makeDirty();
  await takeHostDown(ctx, server);
  const before = await ctx.fixture(async () => (await hostOf(ctx.run, server)) ?? '');
  const response = await send(ctx, server, { ...smallest(ctx), ...(host !== undefined && { host }) });
  return [
    ...expectStatus(response, 200),
    ...((await evacuateServer.effect?.(ctx, { server })) ?? []),
    // It is shown there some time after it has been built.
    ...(await ctx.eventually({
      look: () => showToAdmin(ctx, server),
      until: (seen) => (host === undefined ? hostIn(seen) !== before : hostIn(seen) === host),
      expected: `a server on ${host ?? `another host than ${before}`}`,
      seen: hostIn,
      timeoutMs: timeouts.server,
    })),
  ];
}

async function endsAs(ctx: CheckContext, state: 'active' | 'stopped', status: string): Promise<readonly Finding[]> {
  const server = await serverToChange(ctx, { state });
  return [
    ...(await evacuated(ctx, server)),
    ...expectResponse(await observeServer(ctx, server), 200, (seen) => expectValue(seen, '/server/status', status)),
  ];
}

/** A server whose host is up, and which stays as it is. */
async function refusesUp(
  ctx: CheckContext,
  status: 400 | 404,
  value: Readonly<Record<string, Json>>,
): Promise<readonly Finding[]> {
  await keepHostsUp(ctx);
  return refuses(ctx, evacuateServer, 'active', status, [value]);
}

/** The same for one whose host is down. */
async function refusesDown(
  ctx: CheckContext,
  server: Reusable<Server>,
  value: Readonly<Record<string, Json>>,
): Promise<readonly Finding[]> {
  server.makeDirty();
  await takeHostDown(ctx, server);
  return [...expectRefused(await send(ctx, server, value), 400), ...(await showsNoTask(ctx, server))];
}
