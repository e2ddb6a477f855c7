/** The clauses on migrations: filters, pages and times of the list of all, and those in progress of a server. */
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { expectResponse } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { jsonText, type JsonObject } from '../../../src/json.ts';
import { movedServer, type MovedServer } from '../fixtures/migrations.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused } from '../rules/refusal.ts';
import { endingClauses } from './ending.ts';
import { expectIds, expectThat, found, migrationsIn, nextIn, valuesOf } from './expect.ts';
import { ofServerClauses } from './of-server.ts';
import { early, late, listMigrations, migrationOperations } from './operations.ts';

const all = section('migrations.inc', 'List of all migrations');
const list = listMigrations.id;
const once = { cases: 'once', identities: ['admin'] } as const;
const filtered = all('A filter leaves the migrations that have its value.');

const written: readonly WrittenClause[] = [
  {
    id: 'compute/list-migrations-in-os-migrations#lists-cold-and-live-migrations',
    statement: 'A list of the migrations of a server MUST have its live and its cold migration.',
    quotes: [all('Lists the migrations of all servers: cold and live ones, resizes and evacuations.'), filtered],
    identities: ['admin'],
    killedBy: [`${list}:ignore-member:query.instance_uuid`, 'compute:live-migrations-only-are-listed'],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      return expectIds(await send(ctx, own), ids(own), 'any order');
    },
  },
  {
    id: 'compute/list-migrations-in-os-migrations#begins-with-the-last',
    statement: 'A list MUST begin with the last migration from 2.59 on.',
    quotes: [all('From 2.59 on the list begins with the last migration.')],
    ...once,
    range: '2.59-',
    killedBy: ['compute:migrations-oldest-first'],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      return expectIds(await send(ctx, own), ids(own));
    },
  },
  filter('status', '2.1-', () => ['status=completed', 'status=confirmed', 'status=osc'], [0, 1, undefined]),
  filter(
    'migration_type',
    '2.1-',
    () => ['migration_type=live-migration', 'migration_type=migration', 'migration_type=resize'],
    [0, 1, undefined],
  ),
  filter(
    'source_compute',
    '2.1-',
    ({ migrations: [last, first] }) => [`source_compute=${last.source}`, `source_compute=${first.source}`],
    [0, 1],
  ),
  {
    id: 'compute/list-migrations-in-os-migrations#finds-the-migrations-of-a-host',
    statement: 'A list with a host MUST have the migrations from it and to it, and no others.',
    quotes: [all('With ``host`` the list has the migrations from that host and those to it.'), filtered],
    ...once,
    killedBy: [`${list}:ignore-member:query.host`, 'compute:migrations-from-the-host-only'],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      const [last, first] = own.migrations;
      const findings: Finding[] = [];
      for (const host of [last.source, first.source]) {
        findings.push(...expectIds(await send(ctx, own, `host=${encodeURIComponent(host)}`), ids(own), 'any order'));
      }
      return [...findings, ...expectIds(await send(ctx, own, `host=osc-${ctx.uuid()}`), [])];
    },
  },
  {
    id: 'compute/list-migrations-in-os-migrations#filters-by-its-caller',
    statement: 'A list with the user or the project of a migration MUST have it, and one with another MUST NOT.',
    quotes: [filtered],
    ...once,
    range: '2.80-',
    killedBy: [`${list}:ignore-member:query.user_id`, `${list}:ignore-member:query.project_id`],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      const whole = await send(ctx, own);
      const findings: Finding[] = [...expectIds(whole, ids(own))];
      for (const name of ['user_id', 'project_id']) {
        for (const value of [...valuesOf(whole, name), ctx.uuid()]) {
          const wanted = found(whole, (one) => one[name] === value);
          findings.push(...expectIds(await send(ctx, own, `${name}=${value}`), wanted));
        }
      }
      return findings;
    },
  },
  {
    id: 'compute/list-migrations-in-os-migrations#has-at-most-the-limit',
    statement: 'Lists with the limit 1 MUST lead by their links to every migration, each once, in order.',
    quotes: [
      all('The response has at most as many migrations as the limit.'),
      all('Where the response has as many migrations as the limit, a link with the rel ``next`` leads to the rest.'),
    ],
    ...once,
    range: '2.59-',
    killedBy: [
      `${list}:ignore-member:query.limit`,
      'compute:migrations-without-next-link',
      'compute:migrations-link-without-filters',
    ],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      const [last = '', first = ''] = ids(own);
      const page = await send(ctx, own, 'limit=1');
      const next = nextIn(page);
      return [
        ...expectIds(page, [last]),
        ...expectResponse(page, 200, (listed) =>
          expectThat(
            listed,
            '/migrations_links',
            next?.includes(`instance_uuid=${own.server.id}`) === true,
            'a link to the next page of the migrations of the server',
          ),
        ),
        ...(next === undefined ? [] : expectIds(await listMigrations.send(ctx, {}, { query: next }), [first])),
      ];
    },
  },
  {
    id: 'compute/list-migrations-in-os-migrations#begins-after-the-marker',
    statement: 'A list with the UUID of a migration as its marker MUST begin with the migration before it.',
    quotes: [all('With the UUID of a migration as the marker, the list begins after that migration.')],
    ...once,
    range: '2.59-',
    killedBy: [`${list}:ignore-member:query.marker`],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      return expectIds(await send(ctx, own, `marker=${own.migrations[0].uuid ?? ''}`), ids(own).slice(1));
    },
  },
  {
    id: 'compute/list-migrations-in-os-migrations#refuses-an-unknown-marker',
    statement: 'A list with a marker that is no migration MUST be answered with 400.',
    quotes: [all('A marker that is no migration is answered with 400.')],
    ...once,
    range: '2.59-',
    killedBy: [`${list}:drop-check:marker`],
    check: async (ctx) => expectRefused(await listMigrations.send(ctx, {}, { query: `marker=${ctx.uuid()}` }), 400),
  },
  {
    id: 'compute/list-migrations-in-os-migrations#has-the-changes-since-a-time',
    statement:
      'A list with changes-since MUST have the migrations that were changed at that time or later, and no others.',
    quotes: [all('With ``changes-since`` the list has the migrations that were changed at that time or later.')],
    ...once,
    range: '2.59-',
    killedBy: [`${list}:ignore-member:query.changes-since`],
    check: (ctx) => limitedTo(ctx, 'changes-since', late, (changed, time) => changed >= time),
  },
  {
    id: 'compute/list-migrations-in-os-migrations#has-the-changes-before-a-time',
    statement:
      'A list with changes-before MUST have the migrations that were changed at that time or earlier, and no others.',
    quotes: [all('With ``changes-before`` the list has the migrations that were changed at that time or earlier.')],
    ...once,
    range: '2.66-',
    killedBy: [`${list}:ignore-member:query.changes-before`],
    check: (ctx) => limitedTo(ctx, 'changes-before', early, (changed, time) => changed <= time),
  },
  {
    id: 'compute/list-migrations-in-os-migrations#refuses-a-period-that-ends-before-it-begins',
    statement: 'A list with a changes-since that is later than its changes-before MUST be answered with 400.',
    quotes: [all('A ``changes-since`` that is later than ``changes-before`` is answered with 400.')],
    ...once,
    range: '2.66-',
    killedBy: [`${list}:drop-check:period`],
    check: async (ctx) =>
      expectRefused(
        await listMigrations.send(ctx, {}, { query: `changes-since=${late}&changes-before=${early}` }),
        400,
      ),
  },
  {
    id: 'compute/list-migrations-in-os-migrations#query-before-role',
    statement: 'A list with a wrong query by a member MUST be answered with 400.',
    quotes: [all('From 2.59 on the query is judged before the role of the caller.')],
    cases: 'once',
    range: '2.59-',
    killedBy: [`${list}:check-order:role-before-query`],
    check: async (ctx) => expectRefused(await listMigrations.send(ctx, {}, { query: 'limit=osc', as: 'member' }), 400),
  },
  {
    id: 'compute/list-migrations-in-os-migrations#links-to-those-in-progress',
    statement: 'A migration that has ended MUST NOT have links.',
    quotes: [all('A live migration in progress has links to itself, and no other migration has links.')],
    ...once,
    range: '2.23-',
    killedBy: ['compute:ended-migrations-have-links'],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      return expectResponse(await send(ctx, own), 200, (listed) =>
        migrationsIn(listed).flatMap((one, index) =>
          expectThat(listed, `/migrations/${index}/links`, !('links' in one), 'no links', one.links),
        ),
      );
    },
  },
];

export const migrationClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, migrationOperations),
  ...written,
  ...ofServerClauses,
  ...endingClauses,
];

/** A filter that leaves one of the migrations, or none. */
function filter(
  name: string,
  range: string,
  queries: (own: MovedServer) => readonly string[],
  left: readonly (0 | 1 | undefined)[],
): WrittenClause {
  return {
    id: `compute/list-migrations-in-os-migrations#filters-by-${name.replaceAll('_', '-')}`,
    statement: `A list with ${name} MUST have the migrations with its value, and no others.`,
    quotes: [filtered],
    ...{ ...once, range },
    killedBy: [`${list}:ignore-member:query.${name}`],
    check: async (ctx) => {
      const own = await movedServer(ctx);
      const findings: Finding[] = [];
      for (const [index, query] of queries(own).entries()) {
        const one = left[index];
        const expected = one === undefined ? [] : [own.migrations[one].id];
        findings.push(...expectIds(await send(ctx, own, query), expected));
      }
      return findings;
    },
  };
}

/** The list of the migrations of the server. */
function send(ctx: CheckContext, { server }: Pick<MovedServer, 'server'>, query?: string): Promise<Exchange> {
  const own = `instance_uuid=${server.id}`;
  return listMigrations.send(ctx, {}, { query: query === undefined ? own : `${own}&${query}` });
}

function ids({ migrations }: MovedServer): readonly string[] {
  return migrations.map(({ id }) => id);
}

/** The times are those of the migrations. */
async function limitedTo(
  ctx: CheckContext,
  parameter: string,
  beyond: string,
  includes: (changed: number, time: number) => boolean,
): Promise<readonly Finding[]> {
  const own = await movedServer(ctx);
  const whole = await send(ctx, own);
  const findings: Finding[] = [
    ...expectIds(whole, ids(own)),
    ...expectIds(await send(ctx, own, `${parameter}=${beyond}`), []),
  ];
  const changedAt = ({ updated_at }: JsonObject): number => Date.parse(`${jsonText(updated_at) ?? ''}Z`);
  for (const changed of valuesOf(whole, 'updated_at')) {
    const time = Date.parse(`${changed}Z`);
    const wanted = found(whole, (one) => includes(changedAt(one), time));
    findings.push(...expectIds(await send(ctx, own, `${parameter}=${changed}Z`), wanted));
  }
  return findings;
}
