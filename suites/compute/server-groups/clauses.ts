/** Clauses on server groups that no rule expresses. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { bodyOf, expectNoBody, expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { jsonList, jsonObject } from '../../../src/json.ts';
import { removeResource } from '../../../src/resources/resource-type.ts';
import { bootServer, server } from '../resource-types/server.ts';
import { one } from '../../../src/resources/resource-counts.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused } from '../rules/refusal.ts';
import { requireForeignAdmin } from '../rules/roles.ts';
import { ownGroup, sharedGroup } from '../resource-types/server-group.ts';
import { deleteServerGroup, groupsWith, listServerGroups, serverGroupOperations } from './operations.ts';
import { creatingGroups } from './creating.ts';

const file = 'os-server-groups.inc';
const listing = section(file, 'List Server Groups');
const showing = section(file, 'Show Server Group Details');
const deleting = section(file, 'Delete Server Group');
const parameter = (key: string) => section('parameters.yaml', key);

const list = 'compute/list-server-groups';
const show = 'compute/show-server-group-details';
const remove = 'compute/delete-server-group';

const written: readonly WrittenClause[] = [
  {
    id: 'compute/list-server-groups#lists-the-groups-of-the-project',
    statement: 'A list MUST have the server groups of the project, and none of another project.',
    quotes: [
      listing("Lists the server groups of the caller's project."),
      parameter('groups')('The server groups, or the requested part of them.'),
    ],
    identities: ['other'],
    killedBy: [`${list}:unscoped-lookup:list`],
    check: async (ctx) => {
      const own = await sharedGroup(ctx);
      return [
        ...lists(await listServerGroups.send(ctx, {}), own.id, true),
        ...lists(await listServerGroups.send(ctx, {}, { as: 'other' }), own.id, false),
      ];
    },
  },
  {
    id: 'compute/list-server-groups#shows-administrators-every-project',
    statement:
      'A list with all_projects by an administrator MUST have the server groups of other projects, whatever its value.',
    quotes: [
      listing('With ``all_projects`` an administrator gets the groups of every project.'),
      parameter('group_all_projects')('Asks for the groups of every project.'),
      parameter('group_all_projects')('Only its presence counts, not its value.'),
    ],
    identities: ['admin'],
    cases: 'once',
    killedBy: [`${list}:ignore-member:query.all_projects`, 'compute:all-projects-reads-its-value'],
    check: async (ctx) => {
      requireForeignAdmin(ctx);
      const own = await sharedGroup(ctx);
      const findings: Finding[] = [];
      for (const query of ['all_projects=1', 'all_projects=false', 'all_projects=']) {
        findings.push(...lists(await listServerGroups.send(ctx, {}, { as: 'admin', query }), own.id, true));
      }
      return findings;
    },
  },
  {
    id: 'compute/list-server-groups#shows-others-their-project-only',
    statement:
      'A list with all_projects by a member of another project MUST NOT have the server groups of this project.',
    quotes: [listing('For other callers ``all_projects`` makes no difference.')],
    identities: ['other'],
    cases: 'once',
    killedBy: [`${list}:unscoped-lookup:list`, 'compute:groups-of-all-projects-for-anyone'],
    check: async (ctx) => {
      const own = await sharedGroup(ctx);
      return lists(await listServerGroups.send(ctx, {}, { as: 'other', query: 'all_projects=1' }), own.id, false);
    },
  },
  {
    id: 'compute/list-server-groups#has-at-most-the-limit',
    statement: 'A list with the limit 1 MUST have one server group where the project has one or more.',
    quotes: [parameter('group_limit')('How many groups the response has at most.')],
    cases: 'once',
    killedBy: [`${list}:ignore-member:query.limit`],
    check: async (ctx) => {
      await Promise.all([sharedGroup(ctx), ownGroup(ctx)]);
      return expectCount(await listServerGroups.send(ctx, {}, { query: 'limit=1' }), 1);
    },
  },
  {
    id: 'compute/list-server-groups#takes-a-great-limit-for-the-greatest',
    statement: 'A limit above what the service allows MUST be answered with as much as it allows.',
    quotes: [
      parameter('group_limit')('Without it, or above the configured ``max_limit``, the bound is ``max_limit``.'),
    ],
    cases: 'once',
    killedBy: [`${list}:refuse-value:query.limit.great`],
    check: async (ctx) => {
      const own = await sharedGroup(ctx);
      return lists(await listServerGroups.send(ctx, {}, { query: 'limit=2147483648' }), own.id, true);
    },
  },
  {
    id: 'compute/list-server-groups#leaves-out-the-offset',
    statement: 'A list with a greater offset than the project has server groups MUST be empty.',
    quotes: [parameter('group_offset')('How many groups to leave out at the beginning.')],
    cases: 'once',
    killedBy: [`${list}:ignore-member:query.offset`],
    check: async (ctx) => {
      await sharedGroup(ctx);
      return expectCount(await listServerGroups.send(ctx, {}, { query: 'offset=100000' }), 0);
    },
  },
  {
    id: 'compute/show-server-group-details#shows-its-servers',
    statement: 'The members of a server group MUST be the ids of its servers that are not deleted.',
    quotes: [
      showing('Shows one server group.'),
      parameter('group_members')('The ids of the servers of the group that are not deleted.'),
    ],
    cases: 'once',
    killedBy: [`${show}:null-field:members`, 'compute:groups-show-deleted-members'],
    check: async (ctx) => {
      const group = await ownGroup(ctx);
      const own = await ctx.fixture(async () => {
        ctx.after(await ctx.reservation.charge(one('server')));
        const booted = await bootServer(ctx.run, 'grouped', { group });
        ctx.after(() => ctx.run.background(removeResource(ctx.run, server, booted.id)));
        return booted;
      });
      const members = async (expected: readonly string[]): Promise<readonly Finding[]> =>
        expectResponse(
          await ctx.call('compute/show-server-group-details', { path: { server_group_id: group.id } }),
          200,
          (shown) => expectValue(shown, '/server_group/members', [...expected]),
        );
      const before = await members([own.id]);
      await ctx.fixture(() => removeResource(ctx.run, server, own.id));
      return [...before, ...(await members([]))];
    },
  },
  {
    id: 'compute/delete-server-group#deletes',
    statement: 'A deleted server group MUST neither be shown nor listed.',
    quotes: [deleting('Deletes a server group.'), deleting('A successful response has no body.')],
    killedBy: [`${remove}:skip-effect`, `${list}:keep-deleted:list`],
    check: judgeAccepted(deleteServerGroup, {}, ({ id, shown, listed }, accepted) => {
      const body = expectNoBody(accepted);
      return body.length > 0 ? body : [...expectRefused(shown, 404), ...lists(listed, id, false)];
    }),
  },
];

export const serverGroupClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, serverGroupOperations),
  ...written,
  ...creatingGroups,
];

/** Whether the list has the group. */
function lists(response: Parameters<typeof expectResponse>[0], id: string, isListed: boolean): readonly Finding[] {
  return expectResponse(response, 200, (list) => {
    const found = groupsWith(list, 'id', id);
    if (found.length > 0 === isListed) return [];
    return [
      {
        kind: 'value',
        exchange: list.id,
        pointer: '/server_groups',
        expected: isListed ? id : null,
        seen: found[0] ?? null,
      },
    ];
  });
}

function expectCount(response: Parameters<typeof expectResponse>[0], expected: number): readonly Finding[] {
  return expectResponse(response, 200, (list) => {
    const seen = jsonList(jsonObject(bodyOf(list)).server_groups).length;
    return seen === expected
      ? []
      : [{ kind: 'value', exchange: list.id, pointer: '/server_groups/length', expected, seen }];
  });
}
