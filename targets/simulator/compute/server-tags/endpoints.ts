/**
 * The tags of a server: list, replace, delete all; check, add and delete one.
 *
 * Read from os-server-tags.inc.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, query, single, unreadQuery } from '../../kernel/endpoint.ts';
import { type Json, member, textMember } from '../../kernel/http.ts';
import { pythonText } from '../../kernel/python-text.ts';
import { badRequest, notFound, type Refusal } from '../../kernel/refusal.ts';
import { deviation } from '../../kernel/shape.ts';
import { collectionOf, foundServer, ofServer, policyOn } from '../below-server.ts';
import type { ComputeCall } from '../call.ts';
import { type Of, type OnServer, permitting, unknownServer, wrongState } from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { tag } from '../servers/bodies.ts';
import { links } from '../servers/view.ts';
import type { Server } from '../state.ts';

const collection = collectionOf('tags');
const item = `${collection}/:tag`;
const introduced = range('2.26-');

/** Each server can have so many. */
const most = 50;

const states = permitting('active', 'paused', 'suspended', 'stopped');
/** Unlike other changes these are made while the server has a task. */
const changing = { server: unknownServer, state: wrongState('update_tags', 'any') };

const listTags = computeEndpoint('compute/list-tags', {
  method: 'GET',
  path: collection,
  range: introduced,
  query: query({}, '2.102-'),
  policy: policyOn('os-server-tags:index'),
  lookups: ofServer,
  checks: ['query', 'server', 'role'],
  refusals: { server: unknownServer },
  result: foundServer,
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'tags', value: ({ item: { tags } }) => tags }] },
});

const replaceTags = computeEndpoint('compute/replace-tags', {
  method: 'PUT',
  path: collection,
  range: introduced,
  query: unreadQuery,
  body: single('tags', { types: ['array'], maxItems: most, items: tag }),
  policy: policyOn('os-server-tags:update_all'),
  states,
  lookups: ofServer,
  checks: ['query', 'body', 'server', 'role', 'state'],
  refusals: changing,
  result: foundServer,
  effect: ({ call }, server) => {
    const sent = member(call.body, 'tags');
    server.tags = sorted(Array.isArray(sent) ? sent.map((one: Json) => pythonText(one)) : []);
  },
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'tags', value: ({ item: { tags } }) => tags }] },
});

const deleteTags = computeEndpoint('compute/delete-all-tags', {
  method: 'DELETE',
  path: collection,
  range: introduced,
  query: unreadQuery,
  policy: policyOn('os-server-tags:delete_all'),
  states,
  lookups: ofServer,
  checks: ['query', 'server', 'role', 'state'],
  refusals: changing,
  result: foundServer,
  effect: (_, server) => {
    server.tags = [];
  },
  success: [{ status: 204, content: 'none' }],
});

const checkTag = computeEndpoint('compute/check-tag-existence', {
  method: 'GET',
  path: item,
  range: introduced,
  query: query({}, '2.102-'),
  policy: policyOn('os-server-tags:show'),
  lookups: ofServer,
  checks: ['query', 'server', 'role', 'tag'],
  refusals: { server: unknownServer, tag: unknownTag },
  result: foundServer,
  success: [{ status: 204, content: 'none' }],
});

interface Added {
  readonly server: Server;
  readonly isNew: boolean;
}

const addTag = computeEndpoint('compute/add-a-single-tag', {
  method: 'PUT',
  path: item,
  range: introduced,
  query: unreadQuery,
  policy: policyOn('os-server-tags:update'),
  states,
  lookups: ofServer,
  checks: ['query', 'server', 'role', 'state', 'form', 'count'],
  refusals: {
    ...changing,
    form: ({ call }) => {
      const message = deviation(tag, tagIn(call), call.at);
      return message === undefined ? undefined : badRequest(`Tag '${tagIn(call)}' is invalid. ${message}`);
    },
    count: ({ call, found: { server } }) =>
      server && server.tags.length >= most && !server.tags.includes(tagIn(call))
        ? badRequest(`The number of tags exceeded the per-server limit ${most}`)
        : undefined,
  },
  result: ({ call, found: { server } }): Added | undefined =>
    server && { server, isNew: !server.tags.includes(tagIn(call)) },
  effect: ({ call }, { server }) => {
    server.tags = sorted([...server.tags, tagIn(call)]);
  },
  success: [
    { status: 201, content: 'none', when: ({ isNew }: Added) => isNew },
    { status: 204, content: 'none' },
  ],
  response: {
    fields: [],
    headers: [
      {
        name: 'Location',
        value: ({ call, item: { server } }) =>
          textMember(links(call, `servers/${server.id}/tags/${encodeURIComponent(tagIn(call))}`)[0], 'href'),
      },
    ],
  },
});

const deleteTag = computeEndpoint('compute/delete-a-single-tag', {
  method: 'DELETE',
  path: item,
  range: introduced,
  query: unreadQuery,
  policy: policyOn('os-server-tags:delete'),
  states,
  lookups: ofServer,
  checks: ['query', 'server', 'role', 'state', 'tag'],
  refusals: { ...changing, tag: unknownTag },
  result: foundServer,
  effect: ({ call }, server) => {
    server.tags = server.tags.filter((one) => one !== tagIn(call));
  },
  success: [{ status: 204, content: 'none' }],
});

export const serverTagEndpoints: readonly Endpoint[] = [listTags, replaceTags, deleteTags, checkTag, addTag, deleteTag];

function tagIn({ params }: ComputeCall): string {
  return params.tag ?? '';
}

function unknownTag({ call, found: { server } }: Of<OnServer>): Refusal | undefined {
  return server?.tags.includes(tagIn(call)) === true
    ? undefined
    : notFound(`Server ${server?.id ?? ''} has no tag '${tagIn(call)}'`);
}

function sorted(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)].sort();
}
