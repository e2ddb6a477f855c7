/** The clauses on the recorded actions of servers; here those on what one action shows, and to whom. */
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import { bodyOf, expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { serverToKeep } from '../fixtures/server-in-state.ts';
import { deletedServerWithActions, serverWithActions } from '../fixtures/server-with-actions.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused } from '../rules/refusal.ts';
import { actionsIn, expectEvents, expectMember, expectThat } from './expect.ts';
import { listingClauses } from './listing.ts';
import { instanceActionOperations, listActions, ofThe, showAction, withAction } from './operations.ts';

const file = 'instance-actions.inc';
const every = section(file, 'Every action');
const showing = section(file, 'One action');
const who = section(file, 'Who may read them');
const show = showAction.id;

const written: readonly WrittenClause[] = [
  {
    id: 'compute/show-server-action-details#shows-the-action-of-the-request',
    statement:
      'A request for an action MUST be answered with the action of that request id, its server and its caller.',
    quotes: [
      every(
        'An action has the id of the request that began it, the id of its server, and the user and the project of its caller.',
      ),
      showing('Shows the action with the request id of the path, with the members that it has in the list.'),
    ],
    killedBy: ['compute:any-action-is-shown', `${show}:null-field:user_id`, `${show}:null-field:project_id`],
    check: async (ctx) => {
      const own = await serverWithActions(ctx);
      const session = ctx.run.sessions.get('member');
      const findings: Finding[] = [];
      for (const { id, name } of own.actions) {
        findings.push(
          ...expectAll(await showAction.send(ctx, withAction(own, { id })), {
            request_id: id,
            ...(name !== undefined && { action: name }),
            instance_uuid: own.server.id,
            ...(session?.projectId !== undefined && { project_id: session.projectId }),
            ...(session?.userId !== undefined && { user_id: session.userId }),
          }),
        );
      }
      return findings;
    },
  },
  {
    id: 'compute/show-server-action-details#agrees-with-the-list',
    statement: 'An action MUST have the members that it has in the list, with the same values.',
    quotes: [showing('Shows the action with the request id of the path, with the members that it has in the list.')],
    killedBy: ['compute:listed-actions-have-another-start'],
    check: async (ctx) => {
      const own = await serverWithActions(ctx);
      const listed = await listActions.send(ctx, ofThe(own));
      const shown = await showAction.send(ctx, withAction(own));
      return expectResponse(listed, 200, (all) => {
        const found = actionsIn(all).find(({ request_id }) => request_id === own.actions[0].id);
        return expectAll(shown, found ?? { request_id: 'an action of the list' });
      });
    },
  },
  {
    id: 'compute/show-server-action-details#has-no-message-without-a-failure',
    statement: 'An action that did not fail MUST have null as its message.',
    quotes: [every('An action that did not fail has no message.')],
    cases: 'once',
    killedBy: ['compute:actions-have-messages'],
    check: async (ctx) =>
      expectAll(await showAction.send(ctx, withAction(await serverWithActions(ctx))), { message: null }),
  },
  {
    id: 'compute/show-server-action-details#shows-its-last-change',
    statement: 'An action that has completed MUST show updated_at, which is not before start_time.',
    quotes: [every('From 2.58 on an action shows when it was changed last, which is not before its start.')],
    range: '2.58-',
    killedBy: [`${show}:null-field:updated_at`],
    check: async (ctx) =>
      expectResponse(await showAction.send(ctx, withAction(await serverWithActions(ctx))), 200, (shown) => {
        const { start_time, updated_at } = actionIn(shown);
        return expectThat(
          shown,
          '/instanceAction/updated_at',
          isNotBefore(updated_at, start_time),
          `a time from ${jsonText(start_time) ?? 'the start'} on`,
          updated_at,
        );
      }),
  },
  {
    id: 'compute/show-server-action-details#finds-the-actions-of-the-server-only',
    statement: 'A request id that is no action of the server MUST be answered with 404.',
    quotes: [showing('A request id that is no action of the server is answered with 404.')],
    cases: 'once',
    killedBy: [`${show}:drop-check:action`, 'compute:actions-of-any-server-are-shown'],
    check: async (ctx) => {
      const [own, other] = await Promise.all([serverWithActions(ctx), serverToKeep(ctx, { state: 'active' })]);
      const resources = { ...withAction(own), server: other };
      return [
        ...expectRefused(await showAction.send(ctx, resources), 404),
        ...expectRefused(await showAction.send(ctx, withAction(own, { id: `req-${ctx.uuid()}` })), 404),
      ];
    },
  },
  {
    id: 'compute/show-server-action-details#hides-events-up-to-2.50',
    statement: 'An action MUST show its events to an administrator, and to no member, up to 2.50.',
    quotes: [showing('Up to 2.50 administrators only see the events of an action.')],
    ...{ range: '2.1-2.50', identities: ['admin'] },
    killedBy: [`${show}:shift-range:gate.events-for-all:begins-early`, `${show}:drop-field:events`],
    check: (ctx) =>
      toBoth(ctx, ({ member, admin }) => [
        ...expectResponse(member, 200, (shown) =>
          expectThat(
            shown,
            '/instanceAction/events',
            !('events' in actionIn(shown)),
            'no events',
            actionIn(shown).events,
          ),
        ),
        ...expectEvents(admin, () => []),
      ]),
  },
  {
    id: 'compute/show-server-action-details#shows-events-that-have-finished',
    statement: 'An action that has completed MUST show events with start_time, finish_time and the result Success.',
    quotes: [
      showing('From 2.51 on everybody who may show an action sees its events.'),
      showing('An event that has finished has its start, its end, which is not before that, and its result.'),
    ],
    range: '2.51-',
    killedBy: [`${show}:shift-range:gate.events-for-all:begins-late`, 'compute:events-without-result'],
    check: async (ctx) =>
      expectEvents(await showAction.send(ctx, withAction(await serverWithActions(ctx))), (event, shown, pointer) => [
        ...expectValue(shown, `${pointer}/result`, 'Success'),
        ...expectThat(
          shown,
          `${pointer}/finish_time`,
          isNotBefore(event.finish_time, event.start_time),
          `a time from ${jsonText(event.start_time) ?? 'the start'} on`,
          event.finish_time,
        ),
      ]),
  },
  visibleToAdministrators('traceback', '2.51-', showing('Administrators only see the traceback of an event.')),
  visibleToAdministrators(
    'host',
    '2.62-',
    showing('From 2.62 on administrators see the name of the host of an event, and others do not.'),
  ),
  visibleToAdministrators(
    'details',
    '2.84-',
    showing('From 2.84 on administrators see the details of an event, and others do not.'),
  ),
  {
    id: 'compute/show-server-action-details#shows-the-host-of-the-server',
    statement:
      'The event of an action on the host of the server MUST have its hostId, and its host for an administrator.',
    quotes: [
      showing('From 2.62 on an event has the ``hostId`` of the host where it happened, as the server shows it.'),
      showing('From 2.62 on administrators see the name of the host of an event, and others do not.'),
    ],
    ...{ range: '2.62-', identities: ['admin'] },
    killedBy: ['compute:events-of-another-host'],
    check: async (ctx) => {
      const { server } = await serverWithActions(ctx);
      const path = `/servers/${server.id}`;
      const seen = await ctx.send({ service: 'compute', method: 'GET', path, as: 'admin', purpose: 'observation' });
      return toBoth(ctx, ({ member, admin }) => onHost(seen, member, admin));
    },
  },
  {
    id: 'compute/show-server-action-details#shows-the-actions-of-deleted-servers',
    statement: 'An action of a server that was deleted MUST be shown from 2.21 on.',
    quotes: [who('From 2.21 on the actions of a server that was deleted are listed and shown.')],
    range: '2.21-',
    killedBy: [`${show}:shift-range:gate.deleted:begins-late`],
    check: async (ctx) => {
      const own = await deletedServerWithActions(ctx);
      return expectAll(await showAction.send(ctx, withAction(own)), { request_id: own.actions[0].id });
    },
  },
  {
    id: 'compute/show-server-action-details#forgets-deleted-servers',
    statement: 'An action of a server that was deleted MUST be answered with 404 up to 2.20.',
    quotes: [who('Before 2.21 the actions of a server that was deleted are answered with 404.')],
    range: '2.1-2.20',
    killedBy: [`${show}:shift-range:gate.deleted:begins-early`, `${show}:drop-check:deleted`],
    check: async (ctx) => {
      const own = await deletedServerWithActions(ctx);
      return expectRefused(await showAction.send(ctx, withAction(own)), 404);
    },
  },
];

export const instanceActionClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, instanceActionOperations),
  ...listingClauses,
  ...written,
];

function visibleToAdministrators(name: string, range: string, quote: WrittenClause['quotes'][number]): WrittenClause {
  return {
    id: `compute/show-server-action-details#shows-the-${name}-to-administrators-only`,
    statement: `The events of an action MUST have ${name} for an administrator, and for no member.`,
    quotes: [quote],
    ...{ range, identities: ['admin'] },
    killedBy: [`compute:events-show-their-${name}-to-all`, `compute:events-hide-their-${name}`],
    check: (ctx) =>
      toBoth(ctx, ({ member, admin }) => [
        ...expectEvents(member, expectMember(name, false)),
        ...expectEvents(admin, expectMember(name, true)),
      ]),
  };
}

interface Both {
  readonly member: Exchange;
  readonly admin: Exchange;
}

/** The same action as two callers see it. */
async function toBoth(ctx: CheckContext, judge: (seen: Both) => readonly Finding[]): Promise<readonly Finding[]> {
  const own = await serverWithActions(ctx);
  const send = (as: Identity): Promise<Exchange> => showAction.send(ctx, withAction(own), { as });
  return judge({ member: await send('member'), admin: await send('admin') });
}

function onHost(seen: Exchange, member: Exchange, admin: Exchange): readonly Finding[] {
  return expectResponse(seen, 200, (server) => {
    const of = (name: string): Json => atPointer(bodyOf(server), `/server/${name}`) ?? null;
    const judge = (name: string, expected: Json) => (_: JsonObject, shown: Checked, pointer: string) =>
      expectValue(shown, `${pointer}/${name}`, expected);
    return [
      ...expectEvents(member, judge('hostId', of('hostId'))),
      ...expectEvents(admin, judge('hostId', of('hostId'))),
      ...expectEvents(admin, judge('host', of('OS-EXT-SRV-ATTR:host'))),
    ];
  });
}

function actionIn(shown: Checked): JsonObject {
  return jsonObject(atPointer(bodyOf(shown), '/instanceAction'));
}

function expectAll(response: Exchange, values: Readonly<Record<string, Json>>): readonly Finding[] {
  return expectResponse(response, 200, (shown) =>
    Object.entries(values).flatMap(([name, value]) => expectValue(shown, `/instanceAction/${name}`, value)),
  );
}

/** Times of the service have no zone; both are in one. */
function isNotBefore(time: Json | undefined, start: Json | undefined): boolean {
  return Date.parse(jsonText(time) ?? '') >= Date.parse(jsonText(start) ?? '');
}
