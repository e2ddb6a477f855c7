/** Requests by which a suite of others could reach what is not the run's own: none of them leaves. */
import { expect, test } from 'vitest';
import { hasMember } from '../../src/contract/discriminator.ts';
import type { Changes } from '../../src/resources/declared-change.ts';
import { guardedRecorder } from '../../src/execution/checked-requests.ts';
import { sendRequest, type ServiceRequest } from '../../src/execution/send-request.ts';
import type { Json } from '../../src/json.ts';
import { guardOf } from '../../suites/changes.ts';
import { contractOf, plainOperation } from '../execution/tiny-contract.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

const ours = '0a000000-0000-4000-8000-000000000001';
const volume = '0a000000-0000-4000-8000-000000000002';
const theirs = '0b000000-0000-4000-8000-000000000003';

/** A suite of others that tests key pairs, flavors and aggregates. */
const changes: Changes = {
  compute: [
    { call: 'DELETE /flavors/{flavor_id}', refers: { 'path flavor_id': { to: { type: 'flavor' } } } },
    { call: 'DELETE /os-keypairs/{name}', refers: { 'path name': { to: { type: 'key pair' } } } },
    {
      call: 'PUT /os-aggregates/{id}',
      refers: { 'path id': { to: { type: 'aggregate' } }, 'body /aggregate/host': { to: { type: 'host' } } },
      values: ['query force'],
    },
    {
      call: 'POST /servers/{server_id}/action',
      action: 'copyTo',
      refers: { 'path server_id': { to: { type: 'server', ids: 'uuid' } } },
      creates: { type: 'copy', name: 'body /copyTo/name', id: '/copy/id' },
    },
  ],
};

async function run() {
  const tiny = tinyRun(contractOf(plainOperation('compute/show-thing', ['2.1-'])), () => responded(202));
  for (const [type, id] of [
    ['server', ours],
    ['volume', volume],
    ['flavor', '7'],
    ['aggregate', '1'],
  ] as const) {
    await tiny.run.ledger.intend(type, `osc-000000-${type}-1`);
    tiny.run.ledger.created({ type, name: `osc-000000-${type}-1`, id });
  }
  const guard = guardOf(tiny.run, { suites: [{ name: 'acme', changes }] });
  return { ...tiny, run: { ...tiny.run, guard, recorder: guardedRecorder(tiny.run.recorder) } };
}

const attachments = `/servers/${ours}/os-volume_attachments`;
const attach = (more: Partial<ServiceRequest>): Partial<ServiceRequest> => ({
  method: 'POST',
  path: attachments,
  ...more,
});
/** As a module in JavaScript may have it. */
const disguise = (shown: Json, sent: Json): Json => ({ ...(shown as object), toJSON: () => sent }) as unknown as Json;

const refused: readonly (readonly [string, Partial<ServiceRequest>])[] = [
  ['deletes a flavor of others by its number', { path: '/flavors/42' }],
  ['deletes a flavor by the number of an aggregate of the run', { path: '/flavors/1' }],
  ['deletes a key pair of others by its name', { path: '/os-keypairs/default' }],
  ['deletes a key pair of another run', { path: '/os-keypairs/osc-111111-keypair-1' }],
  ['goes up a path', { path: `/servers/${ours}/../../flavors/42` }],
  ['goes up a path in codes', { path: '/servers/%2e%2e%2fflavors%2f42' }],
  ['goes up a path in codes of codes', { path: '/servers/%252e%252e%252fflavors%252f42' }],
  ['goes up a path backwards', { path: '/servers/..%5cflavors%5c42' }],
  ['is read as another path by whoever decodes a slash', { path: `/servers/${theirs}%2Fmetadata` }],
  ['ends its path early', { path: `/servers/${theirs}?/${ours}` }],
  ['ends its path early in codes', { path: `/servers/${theirs}%3F` }],
  ['has an empty step', { path: `//servers/${ours}` }],
  ['ends in a slash', { path: `/servers/${ours}/` }],
  ['leaves the version of the API', { path: '/v2.1/flavors/7', version: 'root' }],
  ['names a service that nobody declares', { service: 'placement', path: '/resource_providers/1' }],
  ['has an unheard-of method', { method: 'PURGE', path: `/servers/${ours}` }],
  [
    'says another method in a header',
    { method: 'GET', path: '/flavors/42', headers: { 'X-HTTP-Method-Override': 'DELETE' } },
  ],
  ['says another path in a header', { method: 'GET', path: '/flavors', headers: { 'x-original-url': '/flavors/42' } }],
  ['widens itself by a query', { path: `/servers/${ours}`, query: 'all_tenants=1' }],
  ['names another in a query', { path: `/servers/${ours}`, query: `osc_unknown=${theirs}` }],
  ['has a member that nobody declares', attach({ body: { volumeAttachment: { volumeId: volume, host: 'h1' } } })],
  ['has a member beside', attach({ body: { volumeAttachment: { volumeId: volume }, server_id: theirs } })],
  ['hides another below a made-up member', attach({ body: { osc_unknown: [{ a: theirs }] } })],
  ['hides another in a key', attach({ body: { osc_unknown: { [theirs]: 1 } } })],
  ['hides another in a list', attach({ body: [{ volumeAttachment: { volumeId: theirs } }] })],
  ['hides another below its place', attach({ body: { volumeAttachment: { volumeId: { id: theirs } } } })],
  ['has a member twice', attach({ rawBody: `{"volumeAttachment":{"volumeId":"${theirs}","volumeId":"${volume}"}}` })],
  ['is no JSON, but JSON to some', attach({ rawBody: `{"volumeAttachment":{"volumeId":"${theirs}","tag":NaN}}` })],
  [
    'is no JSON and writes letters in codes',
    attach({ rawBody: `{"volumeAttachment":{"volumeId":"\\u0030${theirs.slice(1)}","tag":NaN}}` }),
  ],
  ['is a form', attach({ rawBody: `volumeId=${theirs.replaceAll('-', '%2D')}` })],
  ['has another charset', attach({ body: {}, headers: { 'Content-Type': 'application/json; charset=utf-16' } })],
  ['shows one body and sends another', attach({ body: disguise({}, { volumeAttachment: { volumeId: theirs } }) })],
  ['has two actions', { method: 'POST', path: `/servers/${ours}/action`, body: { pause: null, 'os-stop': null } }],
  [
    'has an action that creates, in a body that is no JSON',
    { method: 'POST', path: `/servers/${ours}/action`, rawBody: '{"copyTo": {"name": "osc"}, "copyTo": ' },
  ],
  [
    'names another in a body without an action',
    { method: 'POST', path: `/servers/${ours}/action`, rawBody: `{"${theirs}": ` },
  ],
  ['has no action, and is for another server', { method: 'POST', path: `/servers/${theirs}/action`, body: {} }],
  [
    'has an action that nobody declares',
    { method: 'POST', path: `/servers/${ours}/action`, body: { obliterate: null } },
  ],
  [
    'names a host of others in a body that is no JSON',
    { method: 'PUT', path: '/os-aggregates/1', rawBody: '{"aggregate":{"host":"h1","host":"h1"}}' },
  ],
];

test.each(refused)('a request that %s is not sent', async (_, more) => {
  const { run: tiny, sent } = await run();
  for (const purpose of ['act', 'preparation', 'clean-up'] as const) {
    const request = { service: 'compute', method: 'DELETE', path: '', purpose, ...more };
    await expect(sendRequest(tiny, request)).rejects.toThrow('was not sent: ');
  }
  expect(sent).toEqual([]);
});

test.each([
  ['deletes a flavor of the run', { path: '/flavors/7' }],
  ['deletes by a name of the run that nothing has', { path: '/os-keypairs/osc-000000-nothing' }],
  ['names no UUID where ids are UUIDs', { path: '/servers/null' }],
  ['has a made-up member', attach({ body: { volumeAttachment: { volumeId: volume, osc_unknown: 'x' } } })],
  ['has a made-up parameter', { path: `/servers/${ours}`, query: 'osc_unknown=1' }],
  ['has no action', { method: 'POST', path: `/servers/${ours}/action`, body: {} }],
  ['is no JSON and names nothing', attach({ rawBody: '{"volumeAttachment":{"volumeId":NaN}}' })],
])('a request under test that %s is sent', async (_, more) => {
  const { run: tiny, sent } = await run();
  await sendRequest(tiny, { service: 'compute', method: 'DELETE', path: '', purpose: 'act', ...more });
  expect(sent).toHaveLength(1);
});

test('what is sent past the guard, with the recorder itself, does not leave', async () => {
  const { run: tiny, sent } = await run();
  const request = { method: 'DELETE', url: 'http://compute.test/flavors/42', headers: [] };
  const requestFacts = { purpose: 'act', identity: 'member', request } as const;
  await expect(tiny.recorder.send(requestFacts)).rejects.toThrow(
    'was not sent: the ownership guard has not checked it. Use ctx.call or ctx.send.',
  );
  expect(sent).toEqual([]);
});

test('the message about a request that is not declared names its operation and its type of resource', async () => {
  const contract = contractOf({
    ...plainOperation('compute/delete-agent', ['2.1-']),
    method: 'DELETE',
    path: '/agents/{agent_id}',
  });
  const { run: tiny } = tinyRun(contract, () => responded(202));
  const request = { service: 'compute', method: 'DELETE', path: '/agents/42', purpose: 'act' } as const;
  await expect(sendRequest(tiny, request)).rejects.toThrow(
    "DELETE /agents/42 was not sent: compute/delete-agent changes something, and no declaration says which resources it refers to. Declare them as in { call: 'DELETE /agents/{agent_id}', refers: { 'path agent_id': { to: { type: 'agent' } } } } (docs/adding-a-resource.md).",
  );
});

test('of operations that share a call, the message names the one of the body', async () => {
  const action = (id: 'compute/start-agent' | 'compute/stop-agent', member: string) => ({
    ...plainOperation(id, ['2.1-']),
    method: 'POST',
    path: '/agents/{agent_id}/action',
    when: hasMember(member),
  });
  const contract = contractOf(action('compute/start-agent', 'start'), action('compute/stop-agent', 'stop'));
  const { run: tiny } = tinyRun(contract, () => responded(202));
  const request = { service: 'compute', method: 'POST', path: '/agents/42/action', purpose: 'act' } as const;
  await expect(sendRequest(tiny, { ...request, body: { stop: null } })).rejects.toThrow(
    'POST /agents/42/action was not sent: compute/stop-agent changes something',
  );
});
