import { afterEach, describe, expect, it } from 'vitest';
import { maxima, type SimulatorOptions } from '../../targets/simulator/index.ts';
import { at, attachments, Lab, message, unknownId, send } from './lab.ts';

let lab: Lab | undefined;

afterEach(() => lab?.close());

async function start(options: SimulatorOptions): Promise<Lab> {
  lab = await Lab.start(options);
  return lab;
}

describe.each(maxima)('a release that ends at %s', (maximum) => {
  const newest = maximum === '2.104';

  it('shows this maximum and refuses the next microversion', async () => {
    const cloud = await start({ maximum });
    const { body } = await send('GET', `${cloud.origin}/compute/`);
    expect(at(body, '/versions/1/version')).toBe(maximum);
    expect(at(body, '/versions/0/status')).toBe(newest ? 'DEPRECATED' : 'SUPPORTED');
    const next = `2.${Number(maximum.slice(2)) + 1}`;
    const response = await (await cloud.as('sim-demo')).compute('GET', '/flavors', { version: next });
    expect(message(response)).toBe(
      `Version ${next} is not supported by the API. Minimum is 2.1 and maximum is ${maximum}.`,
    );
  });

  it('attaches and detaches volumes', async () => {
    const cloud = await start({ maximum });
    const { server, volume } = await cloud.pair();
    const demo = await cloud.as('sim-demo');
    expect((await demo.compute('GET', attachments(server, volume), { version: 'latest' })).status).toBe(200);
    expect((await demo.compute('DELETE', attachments(server, volume))).status).toBe(202);
  });

  it('has its own rules for swaps of volumes that do not migrate', async () => {
    const cloud = await start({ maximum });
    const { server, volume } = await cloud.pair();
    const target = await cloud.volume();
    const statusFor = async (part: 'sim-demo' | 'sim-demo-service' | 'sim-admin'): Promise<number> => {
      const session = await cloud.as(part);
      const body = { volumeAttachment: { volumeId: target } };
      return (await session.compute('PUT', attachments(server, volume), { body })).status;
    };
    expect(await statusFor('sim-demo')).toBe(403);
    // From 2025.2 on the service role may swap, but sees no volume by default.
    expect(await statusFor('sim-demo-service')).toBe(newest ? 404 : 403);
    const freely = maximum === '2.60' || maximum === '2.93';
    expect(await statusFor('sim-admin')).toBe(freely ? 202 : 409);
    if (freely) await cloud.volumeIs(target, 'in-use');
  });

  it('refuses to detach a root disk', async () => {
    const cloud = await start({ maximum });
    const uuid = await cloud.image();
    const root = { boot_index: 0, uuid, source_type: 'image', destination_type: 'volume', volume_size: 1 };
    const server = await cloud.server({ block_device_mapping_v2: [root] });
    const demo = await cloud.as('sim-demo');
    const listed = await demo.compute('GET', attachments(server));
    const volume = String(at(listed.body, '/volumeAttachments/0/volumeId'));
    const response = await demo.compute('DELETE', attachments(server, volume));
    expect(response.status).toBe(maximum === '2.60' ? 403 : 400);
  });
});

describe('other variants', () => {
  it.each([
    ['honoured', '/dev/vdf'],
    ['rewritten', '/dev/sdf'],
    ['ignored', '/dev/vdb'],
  ] as const)('name disks by the setting: %s', async (deviceNaming, expected) => {
    const cloud = await start({ deviceNaming });
    const [server, volumeId] = [await cloud.server(), await cloud.volume()];
    const demo = await cloud.as('sim-demo');
    const body = { volumeAttachment: { volumeId, device: '/dev/vdf' } };
    const response = await demo.compute('POST', attachments(server), { body });
    expect(at(response.body, '/volumeAttachment/device')).toBe(expected);
  });

  it('limit the number of disks', async () => {
    const cloud = await start({ maxDisks: 2 });
    const { server } = await cloud.pair();
    const demo = await cloud.as('sim-demo');
    const body = { volumeAttachment: { volumeId: await cloud.volume() } };
    const response = await demo.compute('POST', attachments(server), { body });
    expect(response.status).toBe(403);
    expect(message(response)).toContain('The maximum allowed number of disk devices (2)');
  });

  it('have quotas', async () => {
    const cloud = await start({ quotas: { servers: 0, volumes: 0 } });
    const demo = await cloud.as('sim-demo');
    const server = { name: 'x', flavorRef: '42', networks: 'none', imageRef: await cloud.image() };
    expect((await demo.compute('POST', '/servers', { version: '2.37', body: { server } })).status).toBe(403);
    expect((await demo.volume('POST', '/volumes', { body: { volume: { size: 1 } } })).status).toBe(413);
    const limits = await demo.compute('GET', '/limits');
    expect(at(limits.body, '/limits/absolute/maxTotalInstances')).toBe(0);
  });

  it('are independent of each other', async () => {
    const cloud = await start({});
    const other = await Lab.start({ maximum: '2.60' });
    const server = await cloud.server();
    const otherAdmin = await other.as('sim-admin');
    expect((await otherAdmin.compute('GET', `/servers/${server}`)).status).toBe(404);
    expect(
      (await send('GET', `${other.origin}/compute/v2.1/servers`, { token: (await cloud.as('sim-demo')).token })).status,
    ).toBe(401);
    await other.close();
  });
});

describe('the legacy endpoint', () => {
  it('has no microversions and drops unknown members', async () => {
    const cloud = await start({});
    const demo = await cloud.as('sim-demo');
    const [server, volume] = [await cloud.server(), await cloud.volume()];
    const path = `!/compute/v2${attachments(server)}`;
    const wanted = { volumeAttachment: { volumeId: volume, tag: 7, other: 1 }, more: true };
    const response = await demo.compute('POST', path, { version: '2.79', body: wanted });
    expect(response.status, response.text).toBe(200);
    expect(Object.keys(at(response.body, '/volumeAttachment') as object)).toEqual([
      'id',
      'serverId',
      'volumeId',
      'device',
    ]);
    expect(response.headers.get('openstack-api-version')).toBeNull();
    expect(response.headers.get('vary')).toBeNull();
    expect(response.headers.get('x-compute-request-id')).toMatch(/^req-/);
    expect((await demo.compute('POST', path, { body: { more: true } })).status).toBe(400);
    expect((await demo.compute('GET', `${path}?limit=abc`)).status).toBe(400);
    expect((await demo.compute('GET', `${path}?foo=1`, { version: '2.75' })).status).toBe(200);
    const swap = { volumeAttachment: { volumeId: unknownId } };
    expect((await demo.compute('PUT', `${path}/${volume}`, { body: swap })).status).toBe(403);
  });
});
