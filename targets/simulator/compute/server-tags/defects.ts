/**
 * Faults of the tags of servers that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault } from '../../faults/of-endpoints.ts';
import type { EndpointRules, Shown } from '../../kernel/endpoint.ts';
import { type Json, member } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Server } from '../state.ts';

const list = 'compute/list-tags';
const replace = 'compute/replace-tags';
const removeAll = 'compute/delete-all-tags';
const check = 'compute/check-tag-existence';
const add = 'compute/add-a-single-tag';
const remove = 'compute/delete-a-single-tag';

type Subject = Of<OnServer>;

export const serverTagDefects: readonly Fault[] = [
  showing('tags-of-every-server', 'A server seems to have the tags of every server.', ({ cloud }) =>
    unique([...cloud.compute.servers.values()].flatMap(({ tags }) => tags)),
  ),
  changing('replaced-tags-are-added', replace, 'A replacement keeps the tags that the server had.', (call, { tags }) =>
    unique([...tags, ...sentTags(call)]),
  ),
  changing('tags-are-repeated', replace, 'A tag that is sent twice is stored twice.', sentTags),
  changing('added-tag-replaces-the-others', add, 'A new tag takes the place of all others.', (call) => [tagIn(call)]),
  changing('deleted-tag-takes-the-others', remove, 'A deletion of a tag removes all tags.', () => []),
  changing('tags-in-paths-are-not-utf-8', add, 'A tag in the path is read as Latin-1.', (call, { tags }) =>
    unique([...tags, Buffer.from(tagIn(call), 'utf8').toString('latin1')]),
  ),
  refusing('tags-of-59-characters', [replace, add], 'A tag has at most 59 characters.', (call) =>
    [...sentTags(call), tagIn(call)].some(({ length }) => length > 59),
  ),
  refusing('at-most-49-tags', [replace], 'A server has at most 49 tags.', (call) => sentTags(call).length > 49),
  refusing(
    'no-tags-are-refused',
    [removeAll],
    'Of a server without tags none are deleted.',
    (_, server) => server?.tags.length === 0,
  ),
  loosening('any-number-of-tags', 'A replacement may have any number of tags.', (tags) => ({
    ...tags,
    maxItems: 1000,
  })),
  loosening('any-tags', 'A replacement may have any strings as tags, and other values.', (tags) => ({
    ...tags,
    items: {},
  })),
  endpointFault(
    'compute:known-tag-is-new',
    [add],
    'A tag that the server has is answered with 201.',
    ({ success }) => ({
      success: success.slice(0, 1).map(({ status, content }) => ({ status, content })),
    }),
  ),
  endpointFault(
    'compute:location-of-another-tag',
    [add],
    'The Location of a new tag is that of the tags.',
    ({ response }) =>
      response
        ? {
            response: {
              ...response,
              headers: (response.headers ?? []).map((field) => ({
                ...field,
                value: (shown: Shown<never, never>) => asText(field.value(shown)).replace(/\/[^/]*$/, ''),
              })),
            },
          }
        : {},
  ),
];

/** `tags`: the tags that the server has afterwards. */
function changing(
  name: string,
  operation: string,
  summary: string,
  tags: (call: ComputeCall, server: Server) => readonly string[],
): Fault {
  const effect = ({ call }: Subject, item: Server | { readonly server: Server }): void => {
    const server = 'server' in item ? item.server : item;
    server.tags = tags(call, server);
  };
  return endpointFault(`compute:${name}`, [operation], summary, () => ({ effect }));
}

/** `tags`: those that a list shows and that a check finds. */
function showing(name: string, summary: string, tags: (call: ComputeCall) => readonly string[]): Fault {
  return endpointFault(`compute:${name}`, [list, check], summary, ({ response, refusals }) => ({
    ...(response && {
      response: {
        ...response,
        fields: response.fields.map((field) => ({ ...field, value: ({ call }: { call: ComputeCall }) => tags(call) })),
      },
    }),
    refusals: {
      ...refusals,
      tag: (subject: Subject) =>
        tags(subject.call).includes(tagIn(subject.call)) ? undefined : refusals.tag?.(subject as never),
    },
  }));
}

function refusing(
  name: string,
  operations: readonly string[],
  summary: string,
  isRefused: (call: ComputeCall, server: Server | undefined) => boolean,
): Fault {
  return endpointFault(`compute:${name}`, operations, summary, ({ checks, refusals }) => ({
    checks: [...checks, name],
    refusals: {
      ...refusals,
      [name]: ({ call, found }: Subject) => (isRefused(call, found.server) ? badRequest('Invalid tags') : undefined),
    },
  }));
}

/** Changes the shape of the tags of a replacement. */
function loosening(name: string, summary: string, change: (tags: Shape) => Shape): Fault {
  return endpointFault(`compute:${name}`, [replace], summary, ({ body }: EndpointRules) => {
    const { tags } = body?.shape.properties ?? {};
    if (!body || !tags) return {};
    return {
      body: { ...body, shape: { ...body.shape, properties: { ...body.shape.properties, tags: change(tags) } } },
    };
  });
}

function sentTags({ body }: ComputeCall): readonly string[] {
  const sent = member(body, 'tags');
  return Array.isArray(sent) ? sent.map(String).sort() : [];
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function tagIn({ params }: ComputeCall): string {
  return params.tag ?? '';
}

function unique(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)].sort();
}
