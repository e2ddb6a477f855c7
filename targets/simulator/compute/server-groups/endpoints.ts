/**
 * Server groups: create, list, show, delete.
 *
 * Read from os-server-groups.inc and from the history of the API at 2.13, 2.15, 2.64, 2.75 and 2.102.
 */

import { range } from '../../../../src/microversion.ts';
import {
  at,
  type Endpoint,
  enveloped,
  type Lookup,
  query,
  type Shown,
  type Subject,
  unreadQuery,
} from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { isObject, member, textMember } from '../../kernel/http.ts';
import { badRequest, forbidden, notFound, type Refusal } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { pageQuery, slice } from '../paging.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { groupsOfProject, hasId, membersOf, seesGroup, type ServerGroup, serverGroups } from './groups.ts';

type Of<Found> = Subject<ComputeCall, Found>;
interface Named {
  readonly group: ServerGroup | undefined;
}

const collection = '/os-server-groups';
const item = `${collection}/:server_group_id`;

const hard = ['anti-affinity', 'affinity'];
const soft = ['soft-anti-affinity', 'soft-affinity'];
/** The only one of a list. */
const formerPolicy: Shape = { types: ['string'], enum: hard, enumAt: [{ range: range('2.15-'), values: soft }] };
const policy: Shape = { types: ['string'], enum: [...hard, ...soft] };

const fields: readonly Field<Shown<ComputeCall, ServerGroup>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'policies', range: range('2.1-2.63'), value: ({ item: group }) => [group.policy] },
  { name: 'metadata', range: range('2.1-2.63'), value: () => ({}) },
  { name: 'policy', range: range('2.64-'), value: ({ item: group }) => group.policy },
  {
    name: 'rules',
    range: range('2.64-'),
    value: ({ item: { maxServerPerHost: most } }) => (most === undefined ? {} : { max_server_per_host: most }),
  },
  { name: 'members', value: ({ call, item: group }) => membersOf(call, group) },
  { name: 'project_id', range: range('2.13-'), value: ({ item: { projectId } }) => projectId },
  { name: 'user_id', range: range('2.13-'), value: ({ item: { userId } }) => userId },
];

const named: Lookup<ComputeCall, ServerGroup> = {
  noun: 'a server group',
  id: ({ params }) => params.server_group_id ?? '',
  matches: hasId,
  rows: ({ cloud }) => serverGroups(cloud.compute),
  removed: ({ cloud }) => serverGroups(cloud.compute).removed,
  sees: ({ caller }, group) => seesGroup(caller, group),
};

const sameStatus = 'Either check refuses with 400, and the API promises no message.';

const createServerGroup = computeEndpoint('compute/create-server-group', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: enveloped(
    'server_group',
    {
      name: { types: ['string'], minLength: 1, maxLength: 255, format: 'name' },
      policies: at('2.1-2.63', { types: ['array'], minItems: 1, maxItems: 1, items: formerPolicy }),
      policy: at('2.64-', policy),
      rules: at('2.64-', {
        types: ['object'],
        properties: {
          max_server_per_host: { types: ['integer', 'string'], pattern: '^[0-9]*$', minLength: 1, minimum: 1 },
        },
        closed: true,
      }),
    },
    ['name', 'policies', 'policy'],
  ),
  policy: { rule: 'os-server-groups:create' },
  checks: ['query', 'body', 'role', 'quota', 'rules'],
  refusals: { quota: overQuota, rules: rulesOfOtherPolicy },
  result: newGroup,
  effect: ({ call }, group) => {
    serverGroups(call.cloud.compute).add(group);
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'server_group', fields },
  unobservable: {
    'check-order:body-before-query': sameStatus,
    'check-order:rules-before-query': sameStatus,
    'check-order:rules-before-body': sameStatus,
  },
});

const listServerGroups = computeEndpoint('compute/list-server-groups', {
  method: 'GET',
  path: collection,
  query: query({ all_projects: { types: ['string'] }, ...pageQuery }, '2.75-'),
  policy: { rule: 'os-server-groups:index' },
  checks: ['query', 'role'],
  listing: {
    noun: 'server groups',
    rows: named.rows,
    removed: named.removed,
    includes: ({ call, query: { all_projects: everywhere } }, { projectId }) =>
      (everywhere !== undefined && call.caller.roles.has('admin')) || projectId === call.caller.projectId,
    page: slice,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'server_groups', fields },
});

const showServerGroup = computeEndpoint('compute/show-server-group-details', {
  method: 'GET',
  path: item,
  query: query({}, '2.102-'),
  policy: { rule: 'os-server-groups:show', project: ({ found }) => found.group?.projectId },
  lookups: { group: named },
  checks: ['query', 'group', 'role'],
  refusals: { group: unknownGroup },
  result: ({ found }) => found.group,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'server_group', fields },
});

const deleteServerGroup = computeEndpoint('compute/delete-server-group', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: { rule: 'os-server-groups:delete', project: ({ found }) => found.group?.projectId },
  lookups: { group: named },
  checks: ['query', 'group', 'role'],
  refusals: { group: unknownGroup },
  result: ({ found }) => found.group,
  effect: ({ call }, group) => {
    serverGroups(call.cloud.compute).remove(group);
  },
  success: [{ status: 204, content: 'none' }],
});

export const serverGroupEndpoints: readonly Endpoint[] = [
  createServerGroup,
  listServerGroups,
  showServerGroup,
  deleteServerGroup,
];

function unknownGroup({ call, found }: Of<Named>): Refusal | undefined {
  return found.group ? undefined : notFound(`Instance group ${call.params.server_group_id ?? ''} could not be found.`);
}

function overQuota({ call: { cloud, caller } }: Of<unknown>): Refusal | undefined {
  const limit = cloud.settings.quotas.serverGroups;
  const used = groupsOfProject(cloud.compute, caller.projectId).length;
  return limit >= 0 && used + 1 > limit ? forbidden('Quota exceeded, too many server groups.') : undefined;
}

function rulesOfOtherPolicy({ wanted }: Of<unknown>): Refusal | undefined {
  const { policy: wantedPolicy, rules } = wanted;
  const hasRules = isObject(rules) && Object.keys(rules).length > 0;
  return hasRules && wantedPolicy !== 'anti-affinity'
    ? badRequest('Only anti-affinity policy supports rules.')
    : undefined;
}

function newGroup({ call: { cloud, caller }, wanted }: Of<unknown>): ServerGroup {
  const { policies, rules } = wanted;
  const listed = Array.isArray(policies) ? (policies as readonly unknown[])[0] : undefined;
  const most = member(rules, 'max_server_per_host');
  return {
    id: cloud.newId(),
    name: textMember(wanted, 'name') ?? '',
    projectId: caller.projectId ?? '',
    userId: caller.userId,
    policy: textMember(wanted, 'policy') ?? String(listed),
    maxServerPerHost: most === undefined ? undefined : Number(most),
    members: [],
  };
}
