/**
 * Faults of the metadata of servers that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault, showing } from '../../faults/of-endpoints.ts';
import type { EndpointRules, Shown } from '../../kernel/endpoint.ts';
import { isObject, type Json, type JsonObject, member } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';
import { metadataOf } from '../servers/create.ts';
import type { Server } from '../state.ts';

const list = 'compute/list-all-metadata';
const createItems = 'compute/create-or-update-metadata-items';
const replaceItems = 'compute/replace-metadata-items';
const showItem = 'compute/show-metadata-item-details';
const updateItem = 'compute/create-or-update-metadata-item';
const deleteItem = 'compute/delete-metadata-item';
const storing = [createItems, replaceItems, updateItem];

type Subject = Of<OnServer>;
type Items = Readonly<Record<string, string>>;

export const serverMetadataDefects: readonly Fault[] = [
  finding('metadata-of-every-server', [list, showItem], 'A server seems to have the items of every server.', (call) =>
    Object.fromEntries([...call.cloud.compute.servers.values()].flatMap(({ metadata }) => Object.entries(metadata))),
  ),
  finding('keys-ignore-case', [showItem], 'An item is found by its key in capitals too.', (call, { metadata }) => {
    const key = keyOf(call);
    const found = Object.entries(metadata).find(([name]) => name.toLowerCase() === key.toLowerCase());
    return found ? { [key]: found[1] } : {};
  }),
  endpointFault(
    'compute:no-metadata-is-null',
    [list],
    'The metadata of a server without items is null.',
    ({ response }) =>
      withField(response, ({ item: { metadata } }) => (Object.keys(metadata).length === 0 ? null : metadata)),
  ),
  endpointFault(
    'compute:servers-show-no-metadata',
    ['compute/show-server-details'],
    'A server shows no items.',
    showing('metadata', () => ({})),
  ),
  endpointFault(
    'compute:created-items-alone-are-answered',
    [createItems],
    'The response to a creation of items has those of the request only.',
    ({ response }) => withField(response, ({ call }) => sentIn(call)),
  ),
  endpointFault(
    'compute:item-with-all-others',
    [showItem, updateItem],
    'The response for one item has all items.',
    ({ response }) => withField(response, ({ item: { metadata } }) => metadata),
  ),
  changing(
    'created-items-replace-the-others',
    [createItems],
    'Created items take the place of all others.',
    (sent) => sent,
  ),
  changing('known-items-keep-their-values', [createItems, updateItem], 'An item keeps its value.', (sent, items) => ({
    ...sent,
    ...items,
  })),
  changing('replaced-items-stay', [replaceItems], 'A replacement keeps the items of before.', (sent, items) => ({
    ...items,
    ...sent,
  })),
  changing('updated-item-replaces-the-others', [updateItem], 'An item takes the place of all others.', (sent) => sent),
  changing('deleted-item-takes-the-others', [deleteItem], 'A deletion of an item removes all items.', () => ({})),
  refusing(
    'no-items-are-refused',
    [createItems, replaceItems],
    'An empty object is refused.',
    (sent) => Object.keys(sent).length === 0,
  ),
  refusing('keys-of-254-characters', storing, 'A key has at most 254 characters.', (sent) =>
    Object.keys(sent).some(({ length }) => length > 254),
  ),
  refusing('keys-without-spaces', storing, 'A key has no space.', (sent) =>
    Object.keys(sent).some((key) => key.includes(' ')),
  ),
  refusing('values-of-254-characters', storing, 'A value has at most 254 characters.', (sent) =>
    Object.values(sent).some((value) => typeof value === 'string' && value.length > 254),
  ),
  refusing('values-of-255-bytes', storing, 'A value has at most 255 bytes.', (sent) =>
    Object.values(sent).some((value) => typeof value === 'string' && Buffer.byteLength(value) > 255),
  ),
  refusing('no-empty-values', storing, 'A value is not empty.', (sent) => Object.values(sent).includes('')),
  endpointFault('compute:at-most-127-items', storing, 'A server has at most 127 items.', ({ refusals }) => ({
    refusals: {
      ...refusals,
      count: (subject: Subject) =>
        refusals.count?.({ ...subject, wanted: { ...subject.wanted, 'one more': '' } } as never),
    },
  })),
  loosening('any-keys', storing, 'A key may be any string.', ({ others, ...shape }) => ({
    ...shape,
    others: { names: '', shape: others?.shape ?? {} },
  })),
  loosening('any-values', storing, 'A value may be anything.', ({ others, ...shape }) => ({
    ...shape,
    others: { names: others?.names ?? '', shape: {} },
  })),
  endpointFault(
    'compute:other-members-beside-meta',
    [updateItem],
    'The request for one item may have members beside meta.',
    ({ body }) => (body ? { body: { ...body, shape: { ...body.shape, closed: false } } } : {}),
  ),
  loosening('items-in-any-number', [updateItem], 'The request for one item may have none or several.', (shape) => ({
    ...shape,
    minProperties: 0,
    maxProperties: Infinity,
  })),
];

/** `items`: those that a list shows and that are found by their keys. */
function finding(
  name: string,
  operations: readonly string[],
  summary: string,
  items: (call: ComputeCall, server: Server) => Items,
): Fault {
  return endpointFault(`compute:${name}`, operations, summary, ({ response, refusals }) => ({
    ...withField(response, ({ call, item: server }, field) => {
      const seen = items(call, server);
      return field === 'meta' ? { [keyOf(call)]: seen[keyOf(call)] ?? null } : seen;
    }),
    refusals: {
      ...refusals,
      item: (subject: Subject) => {
        const { call, found } = subject;
        const isFound = found.server && Object.hasOwn(items(call, found.server), keyOf(call));
        return isFound ? undefined : refusals.item?.(subject as never);
      },
    },
  }));
}

/** `items`: those that the server has afterwards, from those of the request and those of before. */
function changing(
  name: string,
  operations: readonly string[],
  summary: string,
  items: (sent: Items, before: Items) => Items,
): Fault {
  const effect = ({ wanted }: Subject, server: Server): void => {
    server.metadata = items(metadataOf(wanted), server.metadata);
  };
  return endpointFault(`compute:${name}`, operations, summary, () => ({ effect }));
}

function refusing(
  name: string,
  operations: readonly string[],
  summary: string,
  isInvalid: (sent: JsonObject) => boolean,
): Fault {
  return endpointFault(`compute:${name}`, operations, summary, ({ checks, refusals }) => ({
    checks: [...checks, name],
    refusals: {
      ...refusals,
      [name]: ({ wanted }: Subject) => (isInvalid(wanted) ? badRequest('Invalid metadata') : undefined),
    },
  }));
}

/** Changes the shape of the items of a request. */
function loosening(
  name: string,
  operations: readonly string[],
  summary: string,
  change: (items: Shape) => Shape,
): Fault {
  return endpointFault(`compute:${name}`, operations, summary, ({ body }) => {
    const items = body?.envelope === undefined ? undefined : body.shape.properties?.[body.envelope];
    if (!body?.envelope || !items) return {};
    return { body: { ...body, shape: { ...body.shape, properties: { [body.envelope]: change(items) } } } };
  });
}

function withField(
  response: EndpointRules['response'],
  value: (shown: Shown<ComputeCall, Server>, field: string) => Json,
): Partial<EndpointRules> {
  if (!response) return {};
  const fields = response.fields.map((field) => ({
    ...field,
    value: (shown: Shown<ComputeCall, Server>) => value(shown, field.name),
  }));
  return { response: { ...response, fields } };
}

function sentIn({ body }: ComputeCall): JsonObject {
  const sent = member(body, 'metadata');
  return isObject(sent) ? sent : {};
}

function keyOf({ params }: ComputeCall): string {
  return params.key ?? '';
}
