/** Clauses on lists of servers, other than those on their filters. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation, SendOptions } from '../../../src/clauses/define-operation.ts';
import { bodyOf, expectResponse, expectValue, sameJson, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { deletedServer, serverToKeep } from '../fixtures/server-in-state.ts';
import { control, observeServer } from '../rules/refusal.ts';
import { requireForeignAdmin } from '../rules/roles.ts';
import { expectListed, idsIn } from './listed.ts';
import { refusedLists } from './refused-lists.ts';
import { againstTheirAge, oneAfterAnother } from './create-one.ts';
import { listed, listing, listServers, listServersInDetail, serverLists } from './lists.ts';

const pages = listing(
  'With ``limit`` a list has at most that many servers, and a link to the next page where there may be more.',
);
const order = listing(
  'A list has the newest server first, or is sorted by ``sort_key`` in the direction ``sort_dir``.',
);
const deletedOnes = listing(
  'A list with ``changes-since`` has deleted servers too; with ``deleted`` an administrator lists those alone.',
);
const longAgo = '2020-01-01T00:00:00Z';

export const listingClauses: readonly WrittenClause[] = serverLists.flatMap((list) => [
  ...clausesOn(list),
  ...refusedLists(list),
]);

function clausesOn(list: DeclaredOperation): readonly WrittenClause[] {
  const { id, noun } = list;
  const ask = (ctx: CheckContext, query: string, as?: SendOptions['as']): Promise<Exchange> =>
    list.send(ctx, {}, { query, ...(as && { as }) });
  return [
    {
      id: `${id}#lists-the-servers-of-the-project`,
      statement: `${noun} MUST have the servers of the project, and none of another project.`,
      quotes: [listing('Lists the servers of the project of the caller.')],
      identities: ['other'],
      cases: 'ends',
      killedBy: [`${id}:unscoped-lookup:list`],
      check: async (ctx) => {
        const own = await listed(ctx);
        const query = `name=${own.name}`;
        return [
          ...expectListed(await ask(ctx, query), own.id, true),
          ...expectListed(await ask(ctx, query, 'other'), own.id, false),
        ];
      },
    },
    {
      id: `${id}#lists-every-project-for-administrators`,
      about: ['query all_tenants'],
      statement: `${noun} with all_tenants by an administrator MUST have the servers of other projects, and without it none.`,
      quotes: [
        listing(
          'With ``all_tenants`` an administrator gets the servers of every project, and others are answered with 403.',
        ),
      ],
      identities: ['admin'],
      cases: 'once',
      killedBy: [`${id}:ignore-member:query.all_tenants`],
      check: async (ctx) => {
        requireForeignAdmin(ctx);
        const { id: own, name } = await listed(ctx);
        const findings: Finding[] = [];
        for (const value of ['1', 'true', '']) {
          findings.push(...expectListed(await ask(ctx, `name=${name}&all_tenants=${value}`, 'admin'), own, true));
        }
        return [...findings, ...expectListed(await ask(ctx, `name=${name}&all_tenants=0`, 'admin'), own, false)];
      },
    },
    {
      id: `${id}#has-at-most-the-limit`,
      about: ['query limit', 'response /servers_links'],
      statement: `${noun} with the limit 1 MUST have one server, and a link to the next page after it.`,
      quotes: [pages],
      cases: 'once',
      killedBy: [
        `${id}:ignore-member:query.limit`,
        'compute:servers-without-next-page',
        'compute:next-page-from-the-start',
      ],
      check: async (ctx) => {
        await twoServers(ctx);
        return expectResponse(await ask(ctx, 'limit=1'), 200, (seen) => {
          const [first, ...rest] = idsIn(seen);
          const href = jsonText(atPointer(bodyOf(seen), '/servers_links/0/href')) ?? '';
          const isNext = first !== undefined && new URLSearchParams(href.split('?')[1] ?? '').get('marker') === first;
          return [
            ...(first !== undefined && rest.length === 0
              ? []
              : [finding(seen, '/servers', 'one server', rest.length + 1)]),
            ...expectValue(seen, '/servers_links/0/rel', 'next'),
            ...(isNext
              ? []
              : [finding(seen, '/servers_links/0/href', `a link with the marker ${first ?? 'of that server'}`, href)]),
          ];
        });
      },
    },
    {
      id: `${id}#continues-after-the-marker`,
      about: ['query marker'],
      statement: `${noun} with a marker MUST have the servers after it, in the order of the list.`,
      quotes: [listing('With ``marker`` a list begins after the server with that id.')],
      cases: 'once',
      killedBy: [`${id}:ignore-member:query.marker`],
      check: async (ctx) => {
        const ids = await twoServers(ctx);
        const sorted = [...ids].sort();
        const query = `sort_key=uuid&sort_dir=asc&marker=${sorted[0] ?? ''}`;
        const response = await ask(ctx, query);
        return [
          ...expectListed(response, sorted[0] ?? '', false),
          ...expectListed(response, sorted[1] ?? '', true),
          ...expectResponse(response, 200, (seen) =>
            idsIn(seen).flatMap((one, at) =>
              one > (sorted[0] ?? '') ? [] : [finding(seen, `/servers/${at}/id`, 'an id after the marker', one)],
            ),
          ),
        ];
      },
    },
    {
      id: `${id}#sorts-by-the-key`,
      about: ['query sort_key', 'query sort_dir'],
      statement: `${noun} MUST be in the order of sort_key, upwards or downwards as sort_dir demands.`,
      quotes: [order],
      cases: 'once',
      killedBy: [`${id}:ignore-member:query.sort_key`, `${id}:ignore-member:query.sort_dir`],
      check: async (ctx) => {
        const byName = await againstTheirAge(ctx);
        // Servers that are still being built may come first, whatever the order.
        const known = byName.length > 0 ? byName : await twoServers(ctx);
        const findings: Finding[] = [];
        for (const direction of ['asc', 'desc'] as const) {
          const response = await ask(ctx, `sort_key=uuid&sort_dir=${direction}`);
          findings.push(
            ...expectResponse(response, 200, (seen) =>
              expectOrder(
                seen,
                idsIn(seen).filter((one) => known.includes(one)),
                direction,
              ),
            ),
          );
          const other = await ask(ctx, `sort_key=display_name&sort_dir=${direction}`);
          const wanted = direction === 'asc' ? byName : [...byName].reverse();
          findings.push(
            ...expectResponse(other, 200, (seen) => {
              const own = idsIn(seen).filter((one) => wanted.includes(one));
              return sameJson(own, wanted) ? [] : [finding(seen, '/servers', wanted, own)];
            }),
          );
        }
        return findings;
      },
    },
    {
      id: `${id}#lists-the-newest-first`,
      statement: `${noun} without a sort key MUST have the newest server first.`,
      quotes: [order],
      cases: 'once',
      killedBy: ['compute:oldest-servers-first'],
      check: async (ctx) => {
        await oneAfterAnother(ctx);
        const response = await ask(ctx, '');
        const details = control(
          await listServersInDetail.send(ctx, {}, { purpose: 'observation' }),
          'the servers in detail',
        );
        const created = new Map(
          jsonList(atPointer(bodyOf(details), '/servers')).map((each) => [
            atPointer(each, '/id'),
            jsonText(atPointer(each, '/created')) ?? '',
          ]),
        );
        return expectResponse(response, 200, (seen) =>
          expectOrder(
            seen,
            idsIn(seen).flatMap((one) => created.get(one) ?? []),
            'desc',
          ),
        );
      },
    },
    {
      id: `${id}#is-empty-for-unknown-statuses`,
      statement: `${noun} by an unknown status MUST be empty before 2.38.`,
      quotes: [
        listing('A status that is none is answered with 400 since microversion 2.38, and with an empty list before.'),
      ],
      range: '2.1-2.37',
      killedBy: [`${id}:shift-range:gate.known-status:begins-early`],
      check: async (ctx) => {
        await listed(ctx);
        return expectResponse(await ask(ctx, 'status=osc'), 200, (seen) => expectValue(seen, '/servers', []));
      },
    },
    {
      id: `${id}#lists-deleted-servers-as-changes`,
      about: ['query changes-since'],
      statement: `${noun} with changes-since MUST have deleted servers, and without it none.`,
      quotes: [deletedOnes],
      cases: 'once',
      killedBy: [`${id}:ignore-member:query.changes-since`, 'compute:deleted-servers-are-listed'],
      check: async (ctx) => {
        const own = await deletedServer(ctx);
        return [
          ...expectListed(await ask(ctx, `changes-since=${longAgo}&name=${own.name}`), own.id, true),
          ...expectListed(await ask(ctx, `name=${own.name}`), own.id, false),
        ];
      },
    },
    {
      id: `${id}#lists-deleted-servers-for-administrators`,
      about: ['query deleted'],
      statement: `${noun} with deleted by an administrator MUST have deleted servers, and no others.`,
      quotes: [deletedOnes],
      identities: ['admin'],
      cases: 'once',
      killedBy: [`${id}:ignore-member:query.deleted`],
      check: async (ctx) => {
        const [own, other] = [await deletedServer(ctx), await listed(ctx)];
        const query = (name: string): string => `deleted=1&all_tenants=1&name=${name}`;
        return [
          ...expectListed(await ask(ctx, query(own.name), 'admin'), own.id, true),
          ...expectListed(await ask(ctx, query(other.name), 'admin'), other.id, false),
        ];
      },
    },
    agreesWithShow(list),
  ];
}

/** The entry of a server in a list, and the server as it is shown. */
function agreesWithShow(list: DeclaredOperation): WrittenClause {
  const isShort = list.id === listServers.id;
  return {
    id: `${list.id}#agrees-with-the-server`,
    statement: isShort
      ? `${list.noun} MUST have the id, the name and the links of each server as the server shows them.`
      : `${list.noun} MUST have each server with the members and values that a show has, its groups aside.`,
    quotes: [
      isShort
        ? listing('A list has the id, the name and the links of each server.')
        : listing('A list in detail has each server as a show has it, its groups aside.'),
    ],
    cases: 'boundaries',
    killedBy: ['compute:lists-have-other-names'],
    check: async (ctx) => {
      const own = await listed(ctx);
      const version = formatMicroversion(ctx.microversion);
      const shown = jsonObject(
        atPointer(bodyOf(control(await observeServer(ctx, own, version), 'the server')), '/server'),
      );
      const members = Object.entries(shown).filter(([key]) =>
        isShort ? ['id', 'name', 'links'].includes(key) : key !== 'server_groups',
      );
      return expectResponse(await list.send(ctx, {}, { query: `name=${own.name}` }), 200, (seen) =>
        members.flatMap(([key, value]) => expectValue(seen, `/servers/0/${key}`, value)),
      );
    },
  };
}

/** The ids of two servers of the project. */
async function twoServers(ctx: CheckContext): Promise<readonly [string, string]> {
  const [one, other] = await Promise.all([listed(ctx), serverToKeep(ctx, { state: 'active' })]);
  return [one.id, other.id];
}

function expectOrder(seen: Checked, values: readonly string[], direction: 'asc' | 'desc'): readonly Finding[] {
  const wrong = values.findIndex((value, at) => {
    const before = values[at - 1];
    return before !== undefined && (direction === 'asc' ? before > value : before < value);
  });
  if (wrong < 0) return [];
  const words = direction === 'asc' ? 'not before' : 'not after';
  return [finding(seen, `/servers/${wrong}`, `a value ${words} ${values[wrong - 1] ?? ''}`, values[wrong] ?? null)];
}

function finding(seen: Checked, pointer: string, expected: Json, found: Json): Finding {
  return { kind: 'value', exchange: seen.id, pointer, expected, seen: found };
}
