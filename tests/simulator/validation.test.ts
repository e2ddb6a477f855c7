import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, Lab, message, unknownId, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;
let server: string;

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
  server = await lab.server();
});
afterAll(() => lab.close());

/** Valid bodies get the 404 of the unknown volume. */
const bodies: readonly { readonly wanted: object; readonly version: string; readonly fits: boolean }[] = [
  ...fits('2.1', [
    { volumeId: unknownId.toUpperCase() },
    { volumeId: unknownId.replaceAll('-', '') },
    { volumeId: `{${unknownId}}` },
    { volumeId: `urn:uuid:${unknownId}` },
    { device: null },
    { device: '/dev/vdb1' },
    { device: '/dev/disk' },
    { device: '/dev/vdb\n' },
  ]),
  ...fails('2.1', [
    { volumeId: null },
    { volumeId: 1 },
    { volumeId: 'abc' },
    { volumeId: ` ${unknownId}` },
    { device: '' },
    { device: 'vdb' },
    { device: '/dev/VDB' },
    { device: '/dev/nvme0n1' },
    { device: true },
    { other: 1 },
    { tag: 'x' },
  ]),
  ...fails('2.48', [{ tag: 'x' }]),
  ...fits('2.49', [{ tag: 'x' }, { tag: ' ' }, { tag: '\n' }, { tag: '😀'.repeat(60) }]),
  ...fails('2.49', [{ tag: '' }, { tag: null }, { tag: 'a,b' }, { tag: 'a/b' }, { tag: 'x'.repeat(61) }]),
  ...fails('2.78', [{ delete_on_termination: true }]),
  ...fits('2.79', [{ delete_on_termination: true }, { delete_on_termination: 'No' }, { delete_on_termination: '0' }]),
  ...fails('2.79', [
    { delete_on_termination: 1 },
    { delete_on_termination: null },
    { delete_on_termination: 'y' },
    { delete_on_termination: 'oFF' },
  ]),
];

describe('the body of an attach', () => {
  it.each(bodies)('with $wanted at $version is valid: $fits', async ({ wanted, version, fits: passes }) => {
    const body = { volumeAttachment: { volumeId: unknownId, ...wanted } };
    const response = await demo.compute('POST', attachments(server), { version, body });
    expect(response.status, response.text).toBe(passes ? 404 : 400);
  });

  it.each([
    ['null', "None is not of type 'object'"],
    ['[]', "[] is not of type 'object'"],
    ['{}', "'volumeAttachment' is a required property"],
    ['{', 'Malformed request body'],
    ['{"volumeAttachment":{}} x', 'Malformed request body'],
    [
      '{"volumeAttachment":{"b":1,"volumeId":"00000000-0000-4000-8000-000000000000","a":null}}',
      "Invalid input for field/attribute volumeAttachment. Value: {'b': 1, 'volumeId': " +
        "'00000000-0000-4000-8000-000000000000', 'a': None}. Additional properties are not allowed ('a', 'b' were " +
        'unexpected)',
    ],
    [
      '{"volumeAttachment":{"volumeId":"x"}}',
      "Invalid input for field/attribute volumeId. Value: x. 'x' is not a 'uuid'",
    ],
  ])('%s is refused with Nova’s message', async (raw, words) => {
    const response = await demo.compute('POST', attachments(server), { raw });
    expect([response.status, message(response)]).toEqual([400, words]);
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  });

  it('is stored with any text of the flag as true, and the response repeats the text', async () => {
    const volume = await lab.volume();
    const body = { volumeAttachment: { volumeId: volume, delete_on_termination: 'false' } };
    const response = await demo.compute('POST', attachments(server), { version: '2.79', body });
    expect(at(response.body, '/volumeAttachment/delete_on_termination')).toBe('false');
    const shown = await demo.compute('GET', attachments(server, volume), { version: '2.79' });
    expect(at(shown.body, '/volumeAttachment/delete_on_termination')).toBe(true);
  });
});

describe('the body of an update', () => {
  it.each([
    ['2.84', { delete_on_termination: true }],
    ['2.85', { tag: null }],
    ['2.85', { delete_on_termination: null }],
    ['2.104', { attachment_id: unknownId }],
    ['2.104', { bdm_uuid: unknownId }],
    ['2.104', { volumeId: undefined }],
  ])('at %s with %o is refused', async (version, wanted) => {
    const body = { volumeAttachment: { volumeId: unknownId, ...wanted } };
    expect((await demo.compute('PUT', attachments(server, unknownId), { version, body })).status).toBe(400);
  });
});

describe('the order of checks', () => {
  const wrong = { body: { volumeAttachment: {} } };
  const right = { body: { volumeAttachment: { volumeId: unknownId } } };

  it('validates the body before it checks project and role', async () => {
    for (const cloud of ['sim-alt', 'sim-demo-reader'] as const) {
      expect((await (await lab.as(cloud)).compute('POST', attachments(server), wrong)).status).toBe(400);
    }
  });

  it('looks for the server before it checks the policy', async () => {
    const reader = await lab.as('sim-demo-reader');
    expect((await reader.compute('POST', attachments(unknownId), right)).status).toBe(404);
    expect((await reader.compute('POST', attachments(server), right)).status).toBe(403);
  });

  it('looks for the volume after the lock in an attach, before it in a detach', async () => {
    const locked = await lab.server();
    await demo.compute('POST', `/servers/${locked}/action`, { body: { lock: null } });
    const attach = await demo.compute('POST', attachments(locked), right);
    expect([attach.status, message(attach)]).toEqual([409, `Instance ${locked} is locked`]);
    expect((await demo.compute('DELETE', attachments(locked, unknownId))).status).toBe(404);
  });
});

function fits(version: string, all: readonly object[]) {
  return all.map((wanted) => ({ wanted, version, fits: true }));
}

function fails(version: string, all: readonly object[]) {
  return all.map((wanted) => ({ wanted, version, fits: false }));
}
