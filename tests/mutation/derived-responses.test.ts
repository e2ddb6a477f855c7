/** What derived faults do to a reply. */
import { expect, test } from 'vitest';
import type { ReceivedResponse } from '../../src/client/exchange.ts';
import type { Json } from '../../src/json.ts';
import { tamperedHeader } from '../../src/mutation/trial.ts';
import { collection, edgeOf, faultOf, member, responseOf, server, through, volume, type Asking } from './own-faults.ts';

const show: Asking = { method: 'GET', path: member, version: '2.70' };
const list: Asking = { method: 'GET', path: collection, version: '2.70' };
const shown = { id: volume, serverId: server, volumeId: volume, device: '/dev/vdb', tag: 'x' };
const json = [
  ['content-type', 'application/json'],
  ['x-openstack-request-id', 'req-1'],
  ['vary', 'OpenStack-API-Version'],
] as const;
const one = { volumeAttachment: shown };
const two = { volumeAttachments: [shown, { ...shown, device: '/dev/vdc' }] };

const { tag, ...tagless } = shown;

/** `about` and `range` of a fault of the show, and what it makes of the body. */
const bodies: readonly (readonly [string, Json])[] = [
  ['drops-member:/volumeAttachment/tag', { volumeAttachment: tagless }],
  ['drops-member:/volumeAttachment', {}],
  ['renames-member:/volumeAttachment/tag', { volumeAttachment: { ...tagless, tag_: tag } }],
  ['renames-member:/volumeAttachment', { volumeAttachment_: shown }],
  ['retypes-member:/volumeAttachment/tag', { volumeAttachment: { ...shown, tag: 12 } }],
  ['retypes-member:/volumeAttachment', { volumeAttachment: 'osc' }],
  ['nulls-member:/volumeAttachment/device', { volumeAttachment: { ...shown, device: null } }],
  ['nulls-member:/volumeAttachment', { volumeAttachment: null }],
  ['extra-member:/', { ...one, osc_extra: true }],
  ['extra-member:/volumeAttachment', { volumeAttachment: { ...shown, osc_extra: true } }],
  [
    'member-early-or-late:/volumeAttachment/delete_on_termination',
    { volumeAttachment: { ...shown, delete_on_termination: false } },
  ],
  [
    'member-early-or-late:/volumeAttachment/bdm_uuid',
    { volumeAttachment: { ...shown, bdm_uuid: '00000000-0000-4000-8000-000000000000' } },
  ],
  ['recases-member:/volumeAttachment/serverId', { volumeAttachment: { ...shown, serverId: server.toUpperCase() } }],
  [
    'other-identifier:/volumeAttachment/volumeId',
    { volumeAttachment: { ...shown, volumeId: '00000000-0000-4000-8000-000000000000' } },
  ],
  ['wrong-envelope', shown],
];

test.each(bodies)('%s changes the body of a show, its length and its mark, and nothing else', async (name, body) => {
  const { fault, version } = edgeOf(within(name, 'compute/show-volume-attachment'));
  const { outcome } = await through(fault, { ...show, version }, responseOf(200, one, json));
  expect(JSON.parse(outcome.response?.body ?? '')).toEqual(body);
  expect(outcome.response).toEqual({
    ...responseOf(200, body, json),
    headers: marked(responseOf(200, body, json), fault.id),
  });
});

/** The same in a list, where every item is changed. */
const items: readonly (readonly [string, Json])[] = [
  ['drops-member:/volumeAttachments/[]/tag', { volumeAttachments: [tagless, { ...tagless, device: '/dev/vdc' }] }],
  ['retypes-member:/volumeAttachments/[]/tag', { volumeAttachments: two.volumeAttachments.map(withTag(12)) }],
  ['nulls-member:/volumeAttachments', { volumeAttachments: null }],
  ['retypes-member:/volumeAttachments', { volumeAttachments: 'osc' }],
  [
    'extra-member:/volumeAttachments/[]',
    { volumeAttachments: two.volumeAttachments.map((item) => ({ ...item, osc_extra: true })) },
  ],
  ['extra-member:/', { ...two, osc_extra: true }],
  ['wrong-envelope', two.volumeAttachments],
];

test.each(items)('%s changes every item of a list', async (name, body) => {
  const { fault, version } = edgeOf(within(name, 'compute/list-volume-attachments'));
  const { outcome } = await through(fault, { ...list, version }, responseOf(200, two, json));
  expect(JSON.parse(outcome.response?.body ?? '')).toEqual(body);
});

test.each(['drops-member:/volumeAttachments/[]/tag', 'extra-member:/volumeAttachments/[]'])(
  '%s leaves an empty list as it is',
  async (name) => {
    const { fault, version } = edgeOf(within(name, 'compute/list-volume-attachments'));
    const response = responseOf(200, { volumeAttachments: [] }, json);
    expect((await through(fault, { ...list, version }, response)).outcome.response).toBe(response);
  },
);

test('a member that a reply may leave out is never dropped, one that may be null is never nulled', () => {
  const id = (name: string) => () => edgeOf(within(name, 'compute/show-volume-attachment'));
  expect(id('drops-member:/volumeAttachment/device')).toThrow(RangeError);
  expect(id('nulls-member:/volumeAttachment/tag')).toThrow(RangeError);
});

const statuses: readonly (readonly [string, string, number, number])[] = [
  ['status-neighbour', '200 as 202', 200, 202],
  ['status-class', '200 as 500', 200, 500],
  ['status-neighbour', '401 as 403', 401, 403],
  ['status-neighbour', '404 as 400', 404, 400],
  ['status-class', '404 as success', 404, 200],
];

test.each(statuses)('%s %s answers %i with %i', async (kind, rest, status, other) => {
  const { fault, version } = edgeOf(`${kind}:compute/show-volume-attachment:${rest}`);
  expect(fault.status).toBe(status);
  const asking = { ...show, version };
  const { outcome } = await through(fault, asking, responseOf(status, one, json));
  expect(outcome.response?.status).toBe(other);
  const elsewhere = responseOf(status === 404 ? 403 : 404, one, json);
  expect((await through(fault, asking, elsewhere)).outcome.response).toBe(elsewhere);
});

test('drops-the-body leaves the length, and a body of nothing', async () => {
  const { fault, version } = edgeOf('drops-the-body:compute/show-volume-attachment');
  const { outcome } = await through(fault, { ...show, version }, responseOf(200, one, json));
  expect(outcome.response?.body).toBe('');
  expect(outcome.response?.headers).toContainEqual(['content-length', '0']);
});

test('adds-a-body puts JSON where none belongs, with its type', async () => {
  const fault = faultOf('adds-a-body:compute/detach-volume:2.1-2.101');
  const { outcome } = await through(
    fault,
    { method: 'DELETE', path: member, version: '2.79' },
    responseOf(202, undefined),
  );
  expect(outcome.response).toEqual({
    status: 202,
    headers: [
      ['content-type', 'application/json'],
      ['content-length', '12'],
      [tamperedHeader, fault.id],
    ],
    body: '{"osc":true}',
  });
});

test.each([
  ['drops-header', 'vary', undefined],
  ['wrong-header', 'vary', 'Accept'],
  ['drops-header', 'content-type', undefined],
  ['wrong-header', 'content-type', 'text/html'],
  ['wrong-header', 'x-openstack-request-id', 'req-osc'],
])('%s of %s leaves %s', async (kind, name, value) => {
  const { fault, version } = edgeOf(`${kind}:compute/show-volume-attachment:${name}`);
  const response = responseOf(200, one, json);
  const { outcome } = await through(fault, { ...show, version }, response);
  const left = outcome.response?.headers.filter(([key]) => key === name).map(([, text]) => text);
  expect(left).toEqual(value === undefined ? [] : [value]);
  expect(outcome.response).toMatchObject({ status: 200, body: response.body });
});

test('a header that is not there is neither dropped nor made up', async () => {
  const response = responseOf(200, one);
  for (const kind of ['drops-header', 'wrong-header']) {
    const { fault, version } = edgeOf(`${kind}:compute/show-volume-attachment:vary`);
    expect((await through(fault, { ...show, version }, response)).outcome.response, kind).toBe(response);
  }
});

const bystanders: readonly (readonly [string, Asking, ReceivedResponse, boolean])[] = [
  ['a request without the mark', show, responseOf(200, one, json), false],
  ['a microversion before', { ...show, version: '2.69' }, responseOf(200, one, json), true],
  ['a microversion after', { ...show, version: '2.79' }, responseOf(200, one, json), true],
  ['a microversion that is refused', { ...show, version: '2.999' }, responseOf(200, one, json), true],
  ['another operation', list, responseOf(200, one, json), true],
  ['no operation', { ...show, path: '/flavors' }, responseOf(200, one, json), true],
  ['a refusal', show, responseOf(404, one, json), true],
  ['a body that is no JSON', show, { status: 200, headers: json, body: '<html>' }, true],
  ['a body without the member', show, responseOf(200, { volumeAttachment: {} }, json), true],
  ['a body of another form', show, responseOf(200, [shown], json), true],
];

test.each(bystanders)('%s gets its reply untouched', async (_, asking, response, isMarked) => {
  const { fault } = edgeOf(within('drops-member:/volumeAttachment/tag', 'compute/show-volume-attachment'));
  const { outcome, reached } = await through(fault, asking, response, isMarked);
  expect(outcome.response).toBe(response);
  expect(reached.flatMap(({ headers }) => headers.map(([name]) => name))).toEqual(['openstack-api-version']);
});

test('a mark that names no fault known here goes through, and does not reach the service', async () => {
  const response = responseOf(200, one, json);
  const { outcome, reached } = await through(undefined, show, response);
  expect(outcome.response).toBe(response);
  expect(reached[0]?.headers).toEqual([['openstack-api-version', 'compute 2.70']]);
});

function within(name: string, operation: string): string {
  const [kind = '', ...about] = name.split(':');
  return [kind, operation, ...about].join(':');
}

function withTag(value: Json) {
  return (item: typeof shown) => ({ ...item, tag: value });
}

function marked({ headers }: ReceivedResponse, id: string): ReceivedResponse['headers'] {
  return [...headers, [tamperedHeader, id]];
}
