/** Clauses on the creation of server groups that no rule expresses. */
import { judgeAccepted, judgeAcceptedWith, sentBody } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectResponse, expectValue, sameJson, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { jsonObject, type Json } from '../../../src/json.ts';
import { expectRefused } from '../rules/refusal.ts';
import { createServerGroup, groupsWith, isWithRules, newGroup, type ObservedGroup } from './operations.ts';

const file = 'os-server-groups.inc';
const creating = section(file, 'Create Server Group');
const parameter = (key: string) => section('parameters.yaml', key);

const create = 'compute/create-server-group';

const softPolicies = 'The policies ``soft-affinity`` and ``soft-anti-affinity`` are known since microversion 2.15.';

export const creatingGroups: readonly WrittenClause[] = [
  {
    id: 'compute/create-server-group#creates-what-was-requested',
    statement:
      'A created server group MUST be shown and listed with the name, policy and rules of its request, and without servers.',
    quotes: [
      creating("Creates a server group without servers in the caller's project."),
      creating('A group has the name, the policy and the rules of its request.'),
      parameter('group_name')('The name of the group.'),
      parameter('group_policies')('A list with the policy of the group.'),
      parameter('group_policy')('The policy of the group.'),
      parameter('group_policy_wanted')('The policy of the group.'),
      parameter('group_rules')(
        'The rules of the policy: ``max_server_per_host`` is how many servers of the group one host may have.',
      ),
    ],
    cases: 'boundaries',
    killedBy: [`${create}:ignore-member:body.rules`, `${create}:skip-effect`],
    check: (ctx) =>
      isWithRules(ctx)
        ? judgeAcceptedWith(createServerGroup, '/server_group/rules', asRequested)(ctx)
        : judgeAccepted(createServerGroup, {}, asRequested)(ctx),
  },
  {
    id: 'compute/create-server-group#names-its-owner',
    statement: 'A created server group MUST name the project and the user of its request from 2.13 on.',
    quotes: [
      parameter('group_project')('The project of the group, by its id.'),
      parameter('group_user')('The user who created the group, by id.'),
    ],
    range: '2.13-',
    cases: 'once',
    killedBy: [`${create}:null-field:project_id`],
    check: async (ctx) => {
      const { projectId, userId } = await ctx.fixture(() => Promise.resolve(ownerOf(ctx)));
      if (projectId === null || userId === null) {
        throw new NotBound('The sign-in of the member does not show its project and user.');
      }
      return judgeAccepted(createServerGroup, {}, (_, created) =>
        expectEach(created, { '/server_group/project_id': projectId, '/server_group/user_id': userId }),
      )(ctx);
    },
  },
  {
    id: 'compute/create-server-group#has-empty-metadata',
    statement: 'The metadata of a created server group MUST be empty up to 2.63.',
    quotes: [parameter('group_metadata')('Always empty.')],
    range: '2.1-2.63',
    cases: 'once',
    killedBy: [`${create}:null-field:metadata`],
    check: judgeAccepted(createServerGroup, {}, (_, created) => expectEach(created, { '/server_group/metadata': {} })),
  },
  {
    id: 'compute/create-server-group#refuses-other-than-one-policy',
    statement: 'A creation with no policy or with two MUST be answered with 400 up to 2.63.',
    quotes: [creating('A list of policies that does not have one item is answered with 400.')],
    range: '2.1-2.63',
    killedBy: [`${create}:drop-check:body`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const policies of [[], ['affinity', 'anti-affinity']]) {
        findings.push(...(await refusedWith(ctx, { '/server_group/policies': policies })));
      }
      return findings;
    },
  },
  {
    id: 'compute/create-server-group#accepts-soft-policies',
    statement: 'A creation with a soft policy MUST be accepted from 2.15 on.',
    quotes: [creating(softPolicies)],
    range: '2.15-',
    killedBy: [
      `${create}:refuse-value:body.policy.soft-affinity`,
      `${create}:shift-range:body.policies.values:begins-late`,
    ],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const policy of ['soft-affinity', 'soft-anti-affinity']) {
        const response = await createServerGroup.send(ctx, {}, { members: await newGroup(ctx, policy) });
        findings.push(...expectResponse(response, 200, () => []));
      }
      return findings;
    },
  },
  {
    id: 'compute/create-server-group#accepts-every-policy',
    statement: 'A creation with each documented policy MUST be accepted from 2.64 on.',
    quotes: [
      parameter('group_policy_wanted')(
        'The valid values are ``anti-affinity``, ``affinity``, ``soft-anti-affinity`` and ``soft-affinity``.',
      ),
    ],
    range: '2.64-',
    cases: 'once',
    killedBy: [`${create}:refuse-value:body.policy.affinity`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      // Every clause on creation sends anti-affinity.
      for (const policy of ['affinity', 'soft-anti-affinity', 'soft-affinity']) {
        const response = await createServerGroup.send(ctx, {}, { members: await newGroup(ctx, policy) });
        findings.push(...expectResponse(response, 200, () => []));
      }
      return findings;
    },
  },
  {
    id: 'compute/create-server-group#refuses-soft-policies-early',
    statement: 'A creation with a soft policy MUST be answered with 400 before 2.15.',
    quotes: [creating(softPolicies)],
    range: '2.1-2.14',
    killedBy: [`${create}:shift-range:body.policies.values:begins-early`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const policy of ['soft-affinity', 'soft-anti-affinity']) {
        findings.push(...(await refusedWith(ctx, { '/server_group/policies': [policy] })));
      }
      return findings;
    },
  },
  {
    id: 'compute/create-server-group#refuses-rules-for-another-policy',
    statement: 'A creation with rules for another policy than anti-affinity MUST be answered with 400.',
    quotes: [
      creating('Rules for another policy than ``anti-affinity`` are answered with 400.'),
      parameter('group_rules_wanted')(
        'Rules for the policy ``anti-affinity``: ``max_server_per_host`` is how many servers of the group one host may have.',
      ),
    ],
    range: '2.64-',
    cases: 'once',
    killedBy: [`${create}:drop-check:rules`],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const policy of ['affinity', 'soft-affinity', 'soft-anti-affinity']) {
        const rules = { max_server_per_host: 2 };
        findings.push(...(await refusedWith(ctx, { '/server_group/policy': policy, '/server_group/rules': rules })));
      }
      return findings;
    },
  },
];

/** The project and the user of the member; null where the sign-in does not show them. */
function ownerOf({ run }: CheckContext): { readonly projectId: string | null; readonly userId: string | null } {
  const { projectId = null, userId = null } = run.sessions.get('member') ?? {};
  return { projectId, userId };
}

function expectEach(shown: Checked, expected: Readonly<Record<string, Json>>): readonly Finding[] {
  return Object.entries(expected).flatMap(([pointer, value]) => expectValue(shown, pointer, value));
}

/** The response, and the group as it is shown and listed, have what the request had, and no servers. */
function asRequested(seen: ObservedGroup | undefined, created: Checked): readonly Finding[] {
  const sent = jsonObject(jsonObject(sentBody(created)).server_group);
  const expected = { ...sent, members: [] };
  const pointers = Object.fromEntries(
    Object.entries(expected).map(([name, value]): [string, Json] => [`/server_group/${name}`, value]),
  );
  const response = expectEach(created, pointers);
  if (!seen) return response;
  const listed = expectResponse(seen.listed, 200, (list) => {
    const [found] = groupsWith(list, 'id', seen.id);
    return Object.entries(expected).flatMap(([name, value]): readonly Finding[] => {
      const shown = found?.[name] ?? null;
      return sameJson(shown, value)
        ? []
        : [{ kind: 'value', exchange: list.id, pointer: '/server_groups', expected: value, seen: shown }];
    });
  });
  return [...response, ...expectResponse(seen.shown, 200, (group) => expectEach(group, pointers)), ...listed];
}

async function refusedWith(ctx: CheckContext, more: Readonly<Record<string, Json>>): Promise<readonly Finding[]> {
  const target = await createServerGroup.rejected(ctx);
  const response = await createServerGroup.send(ctx, {}, { members: { ...target.body, ...more } });
  return [...expectRefused(response, 400), ...(await target.unchanged())];
}
