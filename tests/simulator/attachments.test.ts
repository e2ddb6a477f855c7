import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, eventually, Lab, message, unknownId, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;
let server: string;

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
  server = await lab.server();
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

const base = ['serverId', 'volumeId'];

const shapes: readonly {
  readonly version: string;
  readonly response: readonly string[] | undefined;
  readonly item: readonly string[];
}[] = [
  { version: '2.1', response: ['id', 'device', ...base], item: ['id', 'device', ...base] },
  { version: '2.48', response: ['id', 'device', ...base], item: ['id', 'device', ...base] },
  { version: '2.69', response: ['id', 'device', ...base], item: ['id', 'device', ...base] },
  { version: '2.70', response: ['id', 'device', 'tag', ...base], item: ['id', 'device', 'tag', ...base] },
  { version: '2.78', response: ['id', 'device', 'tag', ...base], item: ['id', 'device', 'tag', ...base] },
  {
    version: '2.79',
    response: ['id', 'device', 'tag', 'delete_on_termination', ...base],
    item: ['id', 'device', 'tag', 'delete_on_termination', ...base],
  },
  {
    version: '2.88',
    response: ['id', 'device', 'tag', 'delete_on_termination', ...base],
    item: ['id', 'device', 'tag', 'delete_on_termination', ...base],
  },
  {
    version: '2.89',
    response: ['id', 'device', 'tag', 'delete_on_termination', ...base],
    item: ['device', 'tag', 'delete_on_termination', 'attachment_id', 'bdm_uuid', ...base],
  },
  {
    version: '2.100',
    response: ['id', 'device', 'tag', 'delete_on_termination', ...base],
    item: ['device', 'tag', 'delete_on_termination', 'attachment_id', 'bdm_uuid', ...base],
  },
  {
    version: '2.101',
    response: undefined,
    item: ['device', 'tag', 'delete_on_termination', 'attachment_id', 'bdm_uuid', ...base],
  },
  {
    version: '2.104',
    response: undefined,
    item: ['device', 'tag', 'delete_on_termination', 'attachment_id', 'bdm_uuid', ...base],
  },
];

describe('attach, list, show and detach', () => {
  it.each(shapes)('have the fields of $version', async ({ version, response, item }) => {
    const volume = await lab.volume();
    const body = { volumeAttachment: { volumeId: volume } };
    const attached = await demo.compute('POST', attachments(server), { version, body });
    expect(attached.status).toBe(response ? 200 : 202);
    if (response) expect(keys(at(attached.body, '/volumeAttachment'))).toEqual(response.toSorted());
    else expect([attached.text, attached.headers.get('content-type')]).toEqual(['', 'text/html; charset=UTF-8']);
    await lab.volumeIs(volume, 'in-use');

    const shown = await demo.compute('GET', attachments(server, volume), { version });
    expect(keys(at(shown.body, '/volumeAttachment'))).toEqual(item.toSorted());
    const listed = await demo.compute('GET', attachments(server), { version });
    expect(at(listed.body, '/volumeAttachments')).toContainEqual(at(shown.body, '/volumeAttachment'));

    const detached = await demo.compute('DELETE', attachments(server, volume), { version });
    expect([detached.status, detached.text]).toEqual([202, '']);
    expect(detached.headers.get('content-type')).toBe('application/json');
    await eventually(async () => (await demo.compute('GET', attachments(server, volume))).status === 404);
    await lab.volumeIs(volume, 'available');
  });

  it('have the same ids as in the volume service', async () => {
    const { server: own, volume } = await lab.pair();
    const { body } = await demo.compute('GET', attachments(own, volume), { version: '2.89' });
    const seen = await demo.volume('GET', `/volumes/${volume}`);
    expect(at(seen.body, '/volume/attachments/0/attachment_id')).toBe(at(body, '/volumeAttachment/attachment_id'));
    expect(at(seen.body, '/volume/attachments/0/server_id')).toBe(own);
  });

  it('show in the server, with the flag from 2.3 on', async () => {
    const { server: own, volume } = await lab.pair();
    const field = '/server/os-extended-volumes:volumes_attached';
    expect(at((await demo.compute('GET', `/servers/${own}`)).body, field)).toEqual([{ id: volume }]);
    const later = await demo.compute('GET', `/servers/${own}`, { version: '2.3' });
    expect(at(later.body, field)).toEqual([{ id: volume, delete_on_termination: false }]);
  });

  it('name disks by the requested letter, with the prefix of the root disk', async () => {
    const volume = await lab.volume();
    const body = { volumeAttachment: { volumeId: volume, device: '/dev/sdq3' } };
    const response = await demo.compute('POST', attachments(server), { body });
    expect(at(response.body, '/volumeAttachment/device')).toBe('/dev/vdq');
    const other = { volumeAttachment: { volumeId: await lab.volume(), device: '/dev/vdq' } };
    const taken = await demo.compute('POST', attachments(server), { body: other });
    expect([taken.status, message(taken)]).toEqual([409, 'The supplied device path (/dev/vdq) is in use.']);
  });

  it('repeat the spelling of the request and store the canonical id', async () => {
    const volume = await lab.volume();
    const body = { volumeAttachment: { volumeId: volume.toUpperCase() } };
    const response = await demo.compute('POST', attachments(server), { body });
    expect(at(response.body, '/volumeAttachment/id')).toBe(volume.toUpperCase());
    expect(at((await demo.compute('GET', attachments(server, volume))).body, '/volumeAttachment/id')).toBe(volume);
  });

  it.each(['/volumes', '/attachments/detail'])('cannot be removed through the volume service (%s)', async (path) => {
    const { volume } = await lab.pair();
    const records = await demo.volume('GET', '/attachments', { version: '3.27' });
    const record = (at(records.body, '/attachments') as { id: string; volume_id: string }[]).find(
      (one) => one.volume_id === volume,
    );
    const target = path === '/volumes' ? `/volumes/${volume}` : `/attachments/${record?.id ?? ''}`;
    const response = await demo.volume('DELETE', target, { version: '3.27' });
    expect(response.status).toBe(path === '/volumes' ? 400 : 409);
  });
});

describe('update', () => {
  it('changes only the flag, from 2.85 on', async () => {
    const { server: own, volume } = await lab.pair();
    const path = attachments(own, volume);
    const put = (wanted: object, version = '2.85') =>
      demo.compute('PUT', path, { version, body: { volumeAttachment: { volumeId: volume, ...wanted } } });
    expect((await put({ delete_on_termination: true })).status).toBe(202);
    const flag = async (): Promise<unknown> =>
      at((await demo.compute('GET', path, { version: '2.79' })).body, '/volumeAttachment/delete_on_termination');
    expect(await flag()).toBe(true);
    expect((await put({ delete_on_termination: 'off' })).status).toBe(202);
    expect(await flag()).toBe(false);
    for (const [name, value] of Object.entries({ id: unknownId, serverId: unknownId, device: '/dev/vdz', tag: 'x' })) {
      const response = await put({ [name]: value });
      expect([response.status, message(response)]).toEqual([400, `The ${name} property is not mutable`]);
    }
    expect((await put({ id: volume, serverId: own, device: '/dev/vdb' })).status).toBe(202);
    expect((await put({}, '2.84')).status).toBe(403);
  });

  it('works on a locked server', async () => {
    const { server: own, volume } = await lab.pair();
    await demo.compute('POST', `/servers/${own}/action`, { body: { lock: null } });
    const body = { volumeAttachment: { volumeId: volume, delete_on_termination: true } };
    expect((await demo.compute('PUT', attachments(own, volume), { version: '2.85', body })).status).toBe(202);
  });

  it('has its own message for a volume that is not attached', async () => {
    const body = { volumeAttachment: { volumeId: unknownId } };
    const response = await demo.compute('PUT', attachments(server, unknownId), { version: '2.85', body });
    expect([response.status, message(response)]).toEqual([404, `No volume Block Device Mapping with id ${unknownId}.`]);
  });
});

describe('swap', () => {
  it('is permitted to administrators and services, while the volume migrates', async () => {
    const { server: own, volume } = await lab.pair();
    const target = await lab.volume();
    const admin = await lab.as('sim-admin');
    const swap = (session: Session, version: string, wanted: object = {}) =>
      session.compute('PUT', attachments(own, volume), {
        version,
        body: { volumeAttachment: { volumeId: target, ...wanted } },
      });
    expect((await swap(demo, '2.1')).status).toBe(403);
    const early = await swap(admin, '2.85', { delete_on_termination: true });
    expect([early.status, message(early)]).toEqual([
      409,
      `volume ${volume} is not migrating; this API should only be called by Cinder`,
    ]);
    const kept = await demo.compute('GET', attachments(own, volume), { version: '2.79' });
    expect(at(kept.body, '/volumeAttachment/delete_on_termination')).toBe(true);

    const migrating = { 'os-reset_status': { migration_status: 'migrating' } };
    expect((await admin.volume('POST', `/volumes/${volume}/action`, { body: migrating })).status).toBe(202);
    expect((await swap(admin, '2.85')).status).toBe(202);
    await lab.volumeIs(target, 'in-use');
    await lab.volumeIs(volume, 'available');
    expect((await demo.compute('GET', attachments(own, target))).status).toBe(200);
  });
});

describe('the volumes of a deleted server', () => {
  it('are kept or deleted according to the flag', async () => {
    const own = await lab.server();
    const [doomed, kept] = [await lab.volume(), await lab.volume()];
    await lab.attach(own, doomed, { delete_on_termination: true });
    await lab.attach(own, kept, { delete_on_termination: false });
    expect((await demo.compute('DELETE', `/servers/${own}`)).status).toBe(204);
    await eventually(async () => (await demo.compute('GET', attachments(own))).status === 404);
    await eventually(async () => (await demo.volume('GET', `/volumes/${doomed}`)).status === 404);
    await lab.volumeIs(kept, 'available');
  });
});

function keys(value: unknown): readonly string[] {
  return Object.keys(value as object).sort();
}
