import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { at, eventually, Lab, message, unknownId, type CloudName, type Session, text } from './lab.ts';

let lab: Lab;
let demo: Session;
let admin: Session;

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
  admin = await lab.as('sim-admin');
});
afterAll(() => lab.close());

describe('volumes', () => {
  it('are created, listed, renamed and deleted', async () => {
    const made = await demo.volume('POST', '/volumes', { body: { volume: { size: 1, name: 'first' } } });
    expect([made.status, at(made.body, '/volume/status')]).toEqual([202, 'creating']);
    const id = text(made, '/volume/id');
    await lab.volumeIs(id, 'available');
    await demo.volume('PUT', `/volumes/${id}`, { body: { volume: { name: 'second' } } });
    const listed = await demo.volume('GET', '/volumes/detail?name=second');
    expect(at(listed.body, '/volumes/0/id')).toBe(id);
    expect((await demo.volume('DELETE', `/volumes/${id}`)).status).toBe(202);
    await eventually(async () => (await demo.volume('GET', `/volumes/${id}`)).status === 404);
  });

  it.each([{}, { size: 0 }, { size: 'x' }, { size: 1.5 }, { size: -1 }])('of %o are refused', async (volume) => {
    expect((await demo.volume('POST', '/volumes', { body: { volume } })).status).toBe(400);
  });

  it('of an unknown type are not found', async () => {
    const body = { volume: { size: 1, volume_type: 'none' } };
    const response = await demo.volume('POST', '/volumes', { body });
    expect([response.status, message(response)]).toEqual([404, 'Volume type with name none could not be found.']);
  });

  it('show migration and host to administrators only', async () => {
    const volume = await lab.volume();
    expect((await demo.volume('GET', `/volumes/${volume}`)).body).not.toHaveProperty('volume.migration_status');
    expect((await admin.volume('GET', `/volumes/${volume}`)).body).toHaveProperty('volume.migration_status', null);
  });

  it('can be set to error by administrators', async () => {
    const volume = await lab.volume();
    const body = { 'os-reset_status': { status: 'error' } };
    expect((await demo.volume('POST', `/volumes/${volume}/action`, { body })).status).toBe(403);
    expect((await admin.volume('POST', `/volumes/${volume}/action`, { body })).status).toBe(202);
    expect(at((await demo.volume('GET', `/volumes/${volume}`)).body, '/volume/status')).toBe('error');
  });

  it('are migrating for some time when they are moved', async () => {
    const { volume } = await lab.pair();
    const body = { 'os-migrate_volume': { host: 'sim-host@other#other' } };
    expect((await admin.volume('POST', `/volumes/${volume}/action`, { body })).status).toBe(202);
    const status = async (): Promise<unknown> =>
      at((await admin.volume('GET', `/volumes/${volume}`)).body, '/volume/migration_status');
    await eventually(async () => (await status()) === 'success');
  });
});

test.each([
  [false, 404, undefined],
  [true, 200, null],
])(
  'an operator can permit the service role to see volumes and their migration: %s',
  async (serviceSeesMigrations, ...sees) => {
    const own = await Lab.start({ serviceSeesMigrations });
    const volume = await own.volume();
    const look = async (cloud: CloudName) => {
      const { status, body } = await (await own.as(cloud)).volume('GET', `/volumes/${volume}`);
      return [status, at(body, '/volume/migration_status')];
    };
    expect(await look('sim-demo-service')).toEqual(sees);
    expect(await look('sim-demo')).toEqual([200, undefined]);
    expect((await look('sim-alt-service'))[0]).toBe(404);
    await own.close();
  },
);

describe('microversions of the volume service', () => {
  it.each([
    [undefined, 200, 'volume 3.0'],
    ['3.27', 200, 'volume 3.27'],
    ['latest', 200, 'volume 3.71'],
    ['3.72', 406, 'volume 3.72'],
    ['x', 400, null],
  ])('%s', async (version, status, header) => {
    const response = await demo.volume('GET', '/volumes', version === undefined ? {} : { version });
    expect([response.status, response.headers.get('openstack-api-version')]).toEqual([status, header]);
  });

  it('have attachments from 3.27 on', async () => {
    expect((await demo.volume('GET', '/attachments', { version: '3.26' })).status).toBe(404);
    expect((await demo.volume('GET', '/attachments', { version: '3.27' })).status).toBe(200);
  });
});

describe('attachments created by a client', () => {
  it('reserve a volume until they are deleted', async () => {
    const volume = await lab.volume();
    const body = { attachment: { volume_uuid: volume, instance_uuid: unknownId } };
    const made = await demo.volume('POST', '/attachments', { version: '3.27', body });
    expect(at(made.body, '/attachment/status')).toBe('reserved');
    await lab.volumeIs(volume, 'reserved');
    const id = text(made, '/attachment/id');
    expect((await demo.volume('DELETE', `/attachments/${id}`, { version: '3.27' })).status).toBe(200);
    await lab.volumeIs(volume, 'available');
  });
});

describe('malformed requests', () => {
  it('do not stop the server', async () => {
    await rawRequest('/compute/v2.1/servers/%zz/os-volume_attachments', { 'X-Auth-Token': demo.token });
    await rawRequest('/compute/v2.1/servers?%', { 'X-Auth-Token': demo.token, 'OpenStack-API-Version': ',,,' });
    await rawRequest('/compute/v2.1/servers', { 'X-Auth-Token': demo.token }, Buffer.from([0xff, 0xfe]));
    await rawRequest('//', {});
    await rawRequest('/elsewhere', {});
    await rawRequest('/identity/v3/auth/tokens', {}, Buffer.from('{"auth": {"identity": {"methods": [null, {}]}}}'));
    expect((await demo.compute('GET', '/flavors')).status).toBe(200);
  });
});

/** Sends raw bytes that no client library would send. */
function rawRequest(path: string, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<number> {
  const { hostname, port } = new URL(lab.origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, headers, method: body ? 'POST' : 'GET' }, (incoming) => {
      incoming.resume();
      incoming.on('end', () => {
        expect(incoming.statusCode, path).not.toBe(500);
        resolve(incoming.statusCode ?? 0);
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
