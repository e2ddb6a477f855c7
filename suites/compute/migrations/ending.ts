/** The operations that complete or abort a live migration in progress, and the clauses on what becomes of it. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  operation,
  resourceIn,
  type AcceptedCall,
  type DeclaredOperation,
  type NotCompleted,
  type OperationDeclaration,
  type RejectedCall,
  type Resources,
  type ServerStateRules,
} from '../../../src/clauses/define-operation.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { OperationId } from '../../../src/contract/model.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import type { Json } from '../../../src/json.ts';
import { movingServer } from '../fixtures/migrations.ts';
import { deletedServer, serverToKeep } from '../fixtures/server-in-state.ts';
import { startStates, type StartState } from '../fixtures/server-states.ts';
import { eventsShown, eventuallyLogged } from '../observe-actions.ts';
import { server } from '../resource-types/server.ts';
import { isSettled, serverStatus } from '../resource-types/show-server.ts';
import { expectRefused, observeServer } from '../rules/refusal.ts';
import { allowed, forbidden, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import { migrationsIn, textOf } from './expect.ts';

const ending = section('migrations.inc', 'Completion and abort');
const reserved = forbidden(
  ending('Neither a member nor a reader of the project may complete or abort the migrations of its servers.'),
);

/** What a completion or an abort has led to. */
export interface Ended {
  /** As an administrator sees the server. */
  readonly shown: Exchange;
  /** Its migrations. */
  readonly listed: Exchange;
  /** Findings on its entry among the actions of the server. */
  readonly logged: readonly Finding[];
}

/** The name of its entry among the actions of the server. */
type Log = 'live_migration_force_complete' | 'live_migration_cancel';

const completing = 'compute/force-migration-complete-action';
const aborting = 'compute/delete-migration';

/** What both operations have in common. */
function ends(
  id: OperationId,
  noun: string,
  log: Log,
  body?: AcceptedCall['body'],
): Omit<OperationDeclaration<Ended>, 'call'> {
  const withBody = body && { body };
  return {
    noun,
    caller: 'admin',
    resources: {
      server: { to: server, at: ['path server_id'], scope: 'project' },
      migration: { to: { type: 'migration' }, at: ['path migration_id'], part: 'unchecked' },
    },
    accepted: async (ctx) => ({ resources: await moving(ctx), ...withBody }),
    rejected: async (ctx) => ({ ...(await unmoved(ctx, 'active')), ...withBody }),
    removed: async (ctx) => ({ server: await deletedServer(ctx), migration: { id: ctx.uuid() } }),
    effect: (ctx, resources) => settled(ctx, resources),
    observe: (ctx, resources, response) => observed(ctx, resources, response, log),
    roles: {
      admin: allowed(whoMayCall('An administrator may call every operation for the servers of every project.')),
      member: reserved,
      reader: reserved,
      service: forbiddenSince27(
        ending('The service role alone gives no right to complete or abort the migrations of servers.'),
      ),
    },
    serverStates: statesOf(id, `${noun} of`, withBody),
    refusedFirst: ['resource before role'],
  };
}

export const forceCompletion = operation<Ended>(completing, {
  call: 'POST /servers/{server_id}/migrations/{migration_id}/action',
  ...ends(completing, 'A completion of the migration', 'live_migration_force_complete', { '/force_complete': null }),
});

export const abortMigration = operation<Ended>(aborting, {
  call: 'DELETE /servers/{server_id}/migrations/{migration_id}',
  ...ends(aborting, 'An abort of the migration', 'live_migration_cancel'),
});

export const endingClauses: readonly WrittenClause[] = [
  {
    id: `${forceCompletion.id}#completes-the-migration`,
    statement: 'A migration that a request completes MUST be shown as completed, and its server on the new host.',
    quotes: [ending('Completes a live migration that is running: the server runs on the new host.')],
    identities: ['admin'],
    killedBy: ['compute:forced-migrations-end-in-error'],
    check: judgeAccepted(forceCompletion, {}, (ended) => expectEnd(ended, 'completed', 'dest_compute')),
  },
  {
    id: `${abortMigration.id}#cancels-the-migration`,
    statement: 'A migration that a request aborts MUST be shown as cancelled, and its server on the former host.',
    quotes: [ending('Aborts a live migration that is running: the server stays on its host.')],
    identities: ['admin'],
    killedBy: [`${abortMigration.id}:skip-effect`],
    check: judgeAccepted(abortMigration, {}, (ended) => expectEnd(ended, 'cancelled', 'source_compute')),
  },
  ...(
    [
      [forceCompletion, 'live_migration_force_complete', 400],
      [abortMigration, 'live_migration_cancel', 404],
    ] as const
  ).flatMap(([declared, log, status]): readonly WrittenClause[] => [
    {
      id: `${declared.id}#is-among-the-actions-of-the-server`,
      statement: `${declared.noun} MUST be among the actions of its server as ${log}, under its request id, with events that succeed.`,
      quotes: [ending('Both are among the actions of the server, under their request ids.')],
      ...{ range: `${eventsShown}-`, cases: 'once', identities: ['admin'] },
      killedBy: [`${declared.id}:skip-effect`],
      check: judgeAccepted(declared, {}, ({ logged }) => logged),
    },
    {
      id: `${declared.id}#finds-migrations-of-the-server-only`,
      about: ['path migration_id'],
      statement: `${declared.noun} of a server that moves MUST be answered with ${status} where the server has no such migration.`,
      quotes: [
        ending('A completion of a migration that the server does not have is answered with 400, an abort with 404.'),
      ],
      ...{ cases: 'once', identities: ['admin'] },
      killedBy: [`${declared.id}:drop-check:migration`],
      check: async (ctx) => {
        const { server: own } = await moving(ctx);
        const resources = { server: own, migration: { id: ctx.uuid() } };
        const response = await declared.send(ctx, resources, sent(declared));
        return [...expectRefused(response, status), ...(await settled(ctx, resources))];
      },
    },
  ]),
];

function sent({ id }: DeclaredOperation<Ended>): { readonly members?: Readonly<Record<string, Json>> } {
  return id === forceCompletion.id ? { members: { '/force_complete': null } } : {};
}

async function moving(ctx: CheckContext): Promise<Resources & { readonly server: { readonly id: string } }> {
  const { server: own, id } = await movingServer(ctx, ['running']);
  return { server: own, migration: { id } };
}

/** A request for a server that does not move, which it leaves as it is. */
async function unmoved(ctx: CheckContext, state: StartState): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverToKeep(ctx, { state });
  const { status } = startStates[state].steps.at(-1) ?? { status: 'ACTIVE' };
  return {
    resources: { server: own, migration: { id: ctx.uuid() } },
    shown: () => observeServer(ctx, own),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : expectResponse(await observeServer(ctx, own), 200, (seen) => [
            ...expectValue(seen, '/server/status', state === 'soft-deleted' ? 'SOFT_DELETED' : status),
            ...expectValue(seen, '/server/OS-EXT-STS:task_state', null),
          ]),
    makeDirty,
  };
}

function statesOf(id: OperationId, noun: string, withBody: Pick<AcceptedCall, 'body'> | undefined): ServerStateRules {
  const states = Object.keys(startStates);
  return {
    noun,
    quote: ending('A server that does not move is answered with 409.'),
    refused: Object.fromEntries(states.map((state) => [state, 'always'])),
    // It is the task that matters.
    faults: Object.fromEntries(states.map((state) => [state, `${id}:drop-check:state`])),
    unchanged: ending('A completion or an abort that is refused leaves the server as it is.'),
    rejectedIn: async (ctx, state) => ({ ...(await unmoved(ctx, state as StartState)), ...withBody }),
  };
}

/** The server has no task. */
function settled(ctx: CheckContext, resources: Resources): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeServer(ctx, resourceIn(resources, 'server')),
    until: isSettled,
    expected: 'a server without a task',
    seen: (last) => serverStatus(last) ?? 'no server',
    timeoutMs: timeouts.server,
  });
}

async function observed(
  ctx: CheckContext,
  resources: Resources,
  response: Exchange,
  log: Log,
): Promise<Ended | NotCompleted> {
  const own = resourceIn(resources, 'server');
  const incomplete = await settled(ctx, resources);
  if (incomplete.length > 0) return { incomplete };
  const common = { service: 'compute', method: 'GET', as: 'admin', purpose: 'observation' } as const;
  const query = `instance_uuid=${own.id}`;
  return {
    shown: await ctx.send({ ...common, path: `/servers/${own.id}` }),
    listed: await ctx.send({ ...common, path: '/os-migrations', query, microversion: '2.23' }),
    logged: await eventuallyLogged(ctx, own, response, log),
  };
}

/** The status of the newest migration, and on which of its hosts the server is. */
function expectEnd(
  { shown, listed }: Ended,
  status: string,
  host: 'source_compute' | 'dest_compute',
): readonly Finding[] {
  return expectResponse(listed, 200, (list) => {
    const all = migrationsIn(list);
    const newest = [...all].sort((a, b) => Number(textOf(b.id)) - Number(textOf(a.id)))[0] ?? {};
    const at = all.indexOf(newest);
    return [
      ...expectValue(list, `/migrations/${at}/status`, status),
      ...expectResponse(shown, 200, (seen) => [
        ...expectValue(seen, '/server/OS-EXT-SRV-ATTR:host', newest[host] ?? null),
        ...expectValue(seen, '/server/status', 'ACTIVE'),
      ]),
    ];
  });
}
