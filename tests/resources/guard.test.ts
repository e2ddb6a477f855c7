/** Nothing is changed by an id that the ledger lacks: the request never leaves. */
import { expect, test } from 'vitest';
import { sendRequest, type ServiceRequest } from '../../src/execution/send-request.ts';
import { contractOf, plainOperation } from '../execution/tiny-contract.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

const ours = '0a000000-0000-4000-8000-000000000001';
const gone = '0a000000-0000-4000-8000-000000000002';
const theirs = '0b000000-0000-4000-8000-000000000003';
const nobodys = '0c000000-0000-4000-8000-000000000004';
const drawn = '0d000000-0000-4000-8000-000000000005';

/** A world that owns one server, had another, and has seen somebody else's in a list. */
async function run() {
  const servers = [{ id: ours }, { id: theirs, name: 'theirs' }];
  const tiny = tinyRun(contractOf(plainOperation('compute/show-thing', ['2.1-'])), ({ method }) =>
    method === 'GET' ? responded(200, { servers }) : responded(202),
  );
  for (const [id, name] of [
    [ours, 'osc-000000-server-1'],
    [gone, 'osc-000000-server-2'],
  ] as const) {
    await tiny.run.ledger.intend('server', name);
    tiny.run.ledger.created({ type: 'server', name, id });
  }
  tiny.run.ledger.removed({ type: 'server', name: 'osc-000000-server-2', id: gone });
  await tiny.run.ledger.intend('server', 'osc-000000-server-3');
  await sendRequest(tiny.run, { service: 'compute', method: 'GET', path: '/servers', purpose: 'observation' });
  return tiny;
}

type Change = Omit<ServiceRequest, 'service'>;

/** The service that has the path. */
function serviceOf({ path }: Change): string {
  if (/^\/(?:users|projects)/.test(path)) return 'identity';
  return path.startsWith('/volumes') ? 'block-storage' : 'compute';
}

const attachment = (volumeId: string) => ({ volumeAttachment: { volumeId } });
const bootFrom = (uuid: string) => ({
  server: { name: 'osc-000000-server-3', block_device_mapping_v2: [{ source_type: 'volume', uuid }] },
});

const refused: readonly (readonly [string, Change])[] = [
  ['deletes what a list told of', { method: 'DELETE', path: `/servers/${theirs}`, purpose: 'clean-up' }],
  ['deletes what nobody knows', { method: 'DELETE', path: `/volumes/${nobodys}`, purpose: 'clean-up' }],
  [
    'acts upon it',
    { method: 'POST', path: `/servers/${theirs}/action`, purpose: 'preparation', body: { pause: null } },
  ],
  ['judges with what nobody drew', { method: 'DELETE', path: `/servers/${nobodys}`, purpose: 'act' }],
  ['prepares with what was drawn', { method: 'DELETE', path: `/servers/${drawn}`, purpose: 'preparation' }],
  ['judges with it', { method: 'DELETE', path: `/servers/${theirs}/os-volume_attachments/${ours}`, purpose: 'act' }],
  ['writes it large', { method: 'DELETE', path: `/servers/${theirs.toUpperCase()}`, purpose: 'act' }],
  ['writes it in codes', { method: 'DELETE', path: `/servers/%30${theirs.slice(1)}`, purpose: 'act' }],
  ['names it second', { method: 'PUT', path: `/servers/${ours}/os-volume_attachments/${theirs}`, purpose: 'act' }],
  [
    'attaches it',
    { method: 'POST', path: `/servers/${ours}/os-volume_attachments`, purpose: 'act', body: attachment(theirs) },
  ],
  [
    'attaches it by raw text',
    {
      method: 'POST',
      path: `/servers/${ours}/os-volume_attachments`,
      purpose: 'act',
      rawBody: JSON.stringify(attachment(theirs)),
    },
  ],
  ['boots from it', { method: 'POST', path: '/servers', purpose: 'preparation', body: bootFrom(theirs) }],
  ['removes a user', { method: 'DELETE', path: `/users/${nobodys}`, purpose: 'clean-up' }],
  ['removes a project', { method: 'DELETE', path: `/projects/${nobodys}`, purpose: 'clean-up' }],
  ['changes a password', { method: 'PATCH', path: `/users/${nobodys}`, purpose: 'clean-up', body: { user: {} } }],
  [
    'gives a stranger a role',
    { method: 'PUT', path: `/projects/${ours}/users/${nobodys}/roles/r`, purpose: 'preparation' },
  ],
  [
    'gives our own a role elsewhere',
    { method: 'PUT', path: `/projects/${theirs}/users/${ours}/roles/r`, purpose: 'preparation' },
  ],
  [
    'makes a user without an intent',
    { method: 'POST', path: '/users', purpose: 'preparation', body: { user: { name: 'osc-000000-other' } } },
  ],
  [
    'creates without an intent',
    { method: 'POST', path: '/volumes', purpose: 'preparation', body: { volume: { name: 'osc-000000-volume-9' } } },
  ],
  [
    'creates without a name',
    { method: 'POST', path: '/servers', purpose: 'preparation', body: { server: { flavorRef: '1' } } },
  ],
];

test.each(refused)('a request that %s is not sent', async (_, change) => {
  const { run: tiny, sent } = await run();
  const before = sent.length;
  await expect(sendRequest(tiny, { service: serviceOf(change), ...change })).rejects.toThrow('was not sent: ');
  expect(sent).toHaveLength(before);
});

const sentOnes: readonly (readonly [string, Change])[] = [
  ['looks at what is not ours', { method: 'GET', path: `/servers/${theirs}`, purpose: 'observation' }],
  ['deletes what is ours', { method: 'DELETE', path: `/servers/${ours}`, purpose: 'clean-up' }],
  ['deletes what was ours', { method: 'DELETE', path: `/servers/${gone}`, purpose: 'act' }],
  [
    'gives our own a role in the project of an identity',
    { method: 'PUT', path: `/projects/p1/users/${ours}/roles/r`, purpose: 'preparation' },
  ],
  ['judges with an id that was drawn', { method: 'DELETE', path: `/servers/${drawn}`, purpose: 'act' }],
  ['writes ours large', { method: 'DELETE', path: `/servers/${ours.toUpperCase()}`, purpose: 'act' }],
  ['judges with what is no id', { method: 'DELETE', path: '/servers/%20', purpose: 'act' }],
  ['creates what is intended', { method: 'POST', path: '/servers', purpose: 'preparation', body: bootFrom(ours) }],
];

test.each(sentOnes)('a request that %s is sent', async (_, change) => {
  const { run: tiny, sent } = await run();
  const before = sent.length;
  tiny.guard.draw(drawn);
  await sendRequest(tiny, { service: serviceOf(change), ...change });
  expect(sent).toHaveLength(before + 1);
});

test('a run that only reads sends nothing that changes anything', async () => {
  const { run: tiny, sent } = await run();
  const before = sent.length;
  const reading = { ...tiny, readOnly: true } as const;
  await sendRequest(reading, { service: 'compute', method: 'GET', path: '/servers', purpose: 'preparation' });
  for (const purpose of ['act', 'preparation', 'clean-up'] as const) {
    const change = { service: 'compute', method: 'DELETE', path: `/servers/${ours}`, purpose } as const;
    await expect(sendRequest(reading, change)).rejects.toThrow(
      `DELETE /servers/${ours} was not sent: this run is read-only.`,
    );
  }
  expect(sent).toHaveLength(before + 1);
});
