/** Clauses on the list of the actions of a server: its order, its pages and the times that it can be limited to. */
import { bodyOf, expectResponse, respondedWith } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../../../src/json.ts';
import { deletedServer, serverToKeep } from '../fixtures/server-in-state.ts';
import { serverWithActions, type ServerWithActions } from '../fixtures/server-with-actions.ts';
import { expectRefused } from '../rules/refusal.ts';
import { actionsIn, expectIds, expectThat, idsIn } from './expect.ts';
import { early, late, listActions, ofThe } from './operations.ts';

const file = 'instance-actions.inc';
const listing = section(file, 'List of actions');
const who = section(file, 'Who may read them');
const list = listActions.id;

const paged = { range: '2.58-', cases: 'once' } as const;

export const listingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/list-actions-for-server#lists-the-last-action-first',
    statement: 'A list MUST begin with the last action of the server, and have none of another server.',
    quotes: [listing('Lists the actions of a server, the last one first, and none of another server.')],
    killedBy: ['compute:actions-oldest-first', 'compute:actions-of-every-server'],
    check: async (ctx) => {
      const [own, other] = await Promise.all([serverWithActions(ctx), serverToKeep(ctx, { state: 'active' })]);
      const response = await send(ctx, own);
      return [
        ...expectIds(response, idsOf(own), 'first'),
        ...expectResponse(await send(ctx, { server: other }), 200, (listed) => {
          const seen = idsIn(listed).find((id) => idsOf(own).includes(id));
          return expectThat(listed, '/instanceActions', seen === undefined, 'no action of another server', seen);
        }),
      ];
    },
  },
  {
    id: 'compute/list-actions-for-server#has-at-most-the-limit',
    statement: 'A list with the limit 1 MUST have the last action only, and a link to the next page.',
    quotes: [
      listing('The response has at most as many actions as the limit.'),
      listing('Where the response has as many actions as the limit, a link with the rel ``next`` leads to the rest.'),
    ],
    ...paged,
    killedBy: [`${list}:ignore-member:query.limit`, 'compute:actions-without-next-link'],
    check: async (ctx) => {
      const own = await serverWithActions(ctx);
      const response = await send(ctx, own, 'limit=1');
      return [...expectIds(response, idsOf(own).slice(0, 1)), ...expectLink(response)];
    },
  },
  {
    id: 'compute/list-actions-for-server#links-to-the-rest',
    statement: 'The links of lists with the limit 1 MUST lead to every action of the server, each once, in order.',
    quotes: [
      listing('Where the response has as many actions as the limit, a link with the rel ``next`` leads to the rest.'),
      listing('Lists the actions of a server, the last one first, and none of another server.'),
    ],
    ...paged,
    killedBy: ['compute:actions-link-to-the-same-page', `${list}:ignore-member:query.marker`],
    check: async (ctx) => {
      const own = await serverWithActions(ctx);
      const whole = await send(ctx, own);
      const findings: Finding[] = [...expectIds(whole, idsOf(own), 'first')];
      let query: string | undefined = 'limit=1';
      for (const { request_id: id } of actionsOf(whole)) {
        if (query === undefined) break;
        const page: Exchange = await send(ctx, own, query);
        query = nextIn(page);
        findings.push(...expectIds(page, [jsonText(id) ?? '']), ...expectLink(page));
      }
      return findings;
    },
  },
  {
    id: 'compute/list-actions-for-server#begins-after-the-marker',
    statement: 'A list with an action as its marker MUST begin with the action before it.',
    quotes: [listing('With the request id of an action as the marker, the list begins after that action.')],
    ...paged,
    killedBy: [`${list}:ignore-member:query.marker`],
    check: async (ctx) => {
      const own = await serverWithActions(ctx);
      const [last = '', ...others] = idsOf(own);
      return expectIds(await send(ctx, own, `marker=${last}`), others, 'first');
    },
  },
  {
    id: 'compute/list-actions-for-server#refuses-an-unknown-marker',
    statement: 'A list with a marker that is no action of the server MUST be answered with 400.',
    quotes: [listing('A marker that is no action of the server is answered with 400.')],
    ...paged,
    killedBy: [`${list}:drop-check:marker`],
    check: async (ctx) => {
      const [own, other] = await Promise.all([serverWithActions(ctx), serverToKeep(ctx, { state: 'active' })]);
      const [last = ''] = idsOf(own);
      return [
        ...expectRefused(await send(ctx, own, `marker=req-${ctx.uuid()}`), 400),
        ...expectRefused(await send(ctx, { server: other }, `marker=${last}`), 400),
      ];
    },
  },
  {
    id: 'compute/list-actions-for-server#has-the-changes-since-a-time',
    statement:
      'A list with changes-since MUST have the actions that were changed at that time or later, and no others.',
    quotes: [listing('With ``changes-since`` the list has the actions that were changed at that time or later.')],
    ...paged,
    killedBy: [`${list}:ignore-member:query.changes-since`, 'compute:action-changes-exclude-their-time'],
    check: (ctx) => limitedTo(ctx, 'changes-since', late, (changed, time) => changed >= time),
  },
  {
    id: 'compute/list-actions-for-server#has-the-changes-before-a-time',
    statement:
      'A list with changes-before MUST have the actions that were changed at that time or earlier, and no others.',
    quotes: [listing('With ``changes-before`` the list has the actions that were changed at that time or earlier.')],
    ...paged,
    range: '2.66-',
    killedBy: [`${list}:ignore-member:query.changes-before`, 'compute:action-changes-exclude-their-time'],
    check: (ctx) => limitedTo(ctx, 'changes-before', early, (changed, time) => changed <= time),
  },
  {
    id: 'compute/list-actions-for-server#refuses-a-period-that-ends-before-it-begins',
    statement: 'A list with a changes-since that is later than its changes-before MUST be answered with 400.',
    quotes: [listing('A ``changes-since`` that is later than ``changes-before`` is answered with 400.')],
    ...paged,
    range: '2.66-',
    killedBy: [`${list}:drop-check:period`],
    check: async (ctx) => {
      const own = await serverWithActions(ctx);
      return expectRefused(await send(ctx, own, `changes-since=${late}&changes-before=${early}`), 400);
    },
  },
  {
    id: 'compute/list-actions-for-server#lists-the-actions-of-deleted-servers',
    statement:
      'A list of the actions of a server that was deleted MUST have its creation and its deletion from 2.21 on.',
    quotes: [who('From 2.21 on the actions of a server that was deleted are listed and shown.')],
    range: '2.21-',
    killedBy: [`${list}:shift-range:gate.deleted:begins-late`],
    check: async (ctx) => {
      const server = await deletedServer(ctx);
      return expectResponse(await send(ctx, { server }), 200, (listed) => {
        const names = actionsIn(listed).flatMap(({ action }) => jsonText(action) ?? []);
        const isComplete = names.at(-1) === 'create' && names.some((name) => /delete/i.test(name));
        return expectThat(listed, '/instanceActions/*/action', isComplete, 'create, and a deletion', [...names]);
      });
    },
  },
  {
    id: 'compute/list-actions-for-server#forgets-deleted-servers',
    statement: 'A list of the actions of a server that was deleted MUST be answered with 404 up to 2.20.',
    quotes: [who('Before 2.21 the actions of a server that was deleted are answered with 404.')],
    range: '2.1-2.20',
    killedBy: [`${list}:shift-range:gate.deleted:begins-early`, `${list}:drop-check:deleted`],
    check: async (ctx) => expectRefused(await send(ctx, { server: await deletedServer(ctx) }), 404),
  },
];

function send(ctx: CheckContext, own: Pick<ServerWithActions, 'server'>, query = ''): Promise<Exchange> {
  return listActions.send(ctx, ofThe(own), query === '' ? {} : { query });
}

function idsOf({ actions }: ServerWithActions): readonly string[] {
  return actions.map(({ id }) => id);
}

/** Those of a list that is accepted. */
function actionsOf(response: Exchange): readonly JsonObject[] {
  const listed = respondedWith(response, 200);
  return listed ? actionsIn(listed) : [];
}

/** The query of the link to the next page. */
function nextIn(response: Exchange): string | undefined {
  const listed = respondedWith(response, 200);
  const links = listed ? jsonList(atPointer(bodyOf(listed), '/links')).map(jsonObject) : [];
  const href = jsonText(links.find(({ rel }) => rel === 'next')?.href) ?? '';
  const at = href.indexOf('?');
  return at < 0 ? undefined : href.slice(at + 1);
}

function expectLink(response: Exchange): readonly Finding[] {
  return expectResponse(response, 200, (listed) =>
    expectThat(listed, '/links', nextIn(response) !== undefined, 'a link to the next page', undefined),
  );
}

/** The times are those of the actions of the whole list. */
async function limitedTo(
  ctx: CheckContext,
  parameter: string,
  beyond: string,
  includes: (changed: number, time: number) => boolean,
): Promise<readonly Finding[]> {
  const own = await serverWithActions(ctx);
  const whole = await send(ctx, own);
  const findings: Finding[] = [
    ...expectIds(whole, idsOf(own), 'first'),
    ...expectIds(await send(ctx, own, `${parameter}=${beyond}`), []),
  ];
  const all = actionsOf(whole).map(({ request_id, updated_at }) => ({
    id: jsonText(request_id) ?? '',
    changed: `${jsonText(updated_at) ?? ''}Z`,
  }));
  for (const { changed } of all) {
    const time = Date.parse(changed);
    const wanted = all.filter((one) => includes(Date.parse(one.changed), time)).map(({ id }) => id);
    findings.push(...expectIds(await send(ctx, own, `${parameter}=${changed}`), wanted));
  }
  return findings;
}
