/** Servers of the simulator over HTTP: create one or several, list, update. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, type CloudName, eventually, Lab, type Response, text, unknownId } from './lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.start({ quotas: { servers: 40 } });
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

interface Ask {
  readonly version?: string;
  readonly body?: unknown;
  readonly as?: CloudName;
}

async function ask(method: string, path: string, { version = '2.104', body, as = 'sim-demo' }: Ask = {}) {
  return (await lab.as(as)).compute(method, path, { version, ...(body !== undefined && { body }) });
}

async function create(wanted: object, asking: Omit<Ask, 'body'> = {}): Promise<Response> {
  const server = { name: 'made', flavorRef: '42', imageRef: await lab.image(), networks: 'none', ...wanted };
  return ask('POST', '/servers', { ...asking, body: { server } });
}

async function names(query: string, asking: Ask = {}): Promise<readonly unknown[]> {
  const response = await ask('GET', `/servers?${query}`, asking);
  expect(response.status, response.text).toBe(200);
  return (at(response.body, '/servers') as readonly unknown[]).map((server) => at(server, '/name'));
}

async function removed(response: Response): Promise<void> {
  const id = text(response, '/server/id');
  await ask('DELETE', `/servers/${id}`);
  await eventually(async () => (await ask('GET', `/servers/${id}`)).status === 404);
}

describe('a new server', () => {
  it.each([
    ['2.36', { networks: 'none' }, 400],
    ['2.37', { networks: undefined }, 400],
    ['2.37', { networks: 'auto' }, 202],
    ['2.18', { networks: [], description: 'text' }, 400],
    ['2.51', { tags: ['a'] }, 400],
    ['2.52', { tags: ['a'] }, 202],
    ['2.52', { tags: ['a/b'] }, 400],
    ['2.62', { trusted_image_certificates: ['a'] }, 400],
    ['2.63', { trusted_image_certificates: ['a', 'a'] }, 400],
    ['2.73', { host: 'sim-host' }, 400],
    ['2.74', { host: 'sim-host' }, 403],
    ['2.89', { hostname: 'own' }, 400],
    ['2.90', { hostname: 'own' }, 202],
    ['2.104', { hostname: '-' }, 400],
    ['2.104', { accessIPv4: '1.2.3.4', accessIPv6: 'fe80::1' }, 202],
    ['2.104', { accessIPv4: '1.2.3' }, 400],
    ['2.104', { accessIPv6: '1.2.3.4' }, 400],
    ['2.104', { user_data: 'not base64!' }, 400],
    ['2.104', { metadata: { key: 1 } }, 400],
    ['2.104', { key_name: 'missing' }, 400],
    ['2.104', { networks: [{ uuid: unknownId }] }, 400],
    ['2.104', { security_groups: [{ name: 'missing' }] }, 400],
    ['2.104', { min_count: 3, max_count: 2 }, 400],
    ['2.104', { min_count: 0 }, 400],
    ['2.104', { min_count: 50 }, 403],
    ['2.104', { flavorRef: 'missing' }, 400],
    ['2.104', { imageRef: unknownId }, 400],
    ['2.104', { other: 1 }, 400],
  ])('at %s with %j is %i', async (version, wanted, status) => {
    const response = await create(wanted, { version });
    expect(response.status, response.text).toBe(status);
    if (status === 202) await removed(response);
  });

  it('is shown with what was asked for', async () => {
    const made = await create(
      {
        networks: 'auto',
        description: 'text',
        tags: ['b', 'a'],
        hostname: 'own.example.org',
        availability_zone: 'nova',
        config_drive: true,
        'OS-DCF:diskConfig': 'AUTO',
        accessIPv4: '1.2.3.4',
        trusted_image_certificates: ['one'],
        security_groups: [{ name: 'web' }],
      },
      { version: '2.94' },
    );
    const id = text(made, '/server/id');
    await lab.serverIs(id, 'ACTIVE');
    const { body } = await ask('GET', `/servers/${id}`, { version: '2.96' });
    expect(at(body, '/server')).toMatchObject({
      description: 'text',
      tags: ['a', 'b'],
      'OS-EXT-SRV-ATTR:hostname': 'own.example.org',
      pinned_availability_zone: 'nova',
      config_drive: 'True',
      'OS-DCF:diskConfig': 'AUTO',
      accessIPv4: '1.2.3.4',
      trusted_image_certificates: ['one'],
      security_groups: [{ name: 'web' }],
    });
    await removed(made);
  });

  it('may be one of several, with a reservation', async () => {
    const response = await create({ name: 'many', min_count: 2, max_count: 3, return_reservation_id: true });
    expect(response.status, response.text).toBe(202);
    const reservation = text(response, '/reservation_id');
    expect(response.body).toEqual({ reservation_id: reservation });
    expect(await names(`reservation_id=${reservation}&sort_key=display_name&sort_dir=asc`)).toEqual([
      'many-1',
      'many-2',
      'many-3',
    ]);
    const first = await create({ name: 'pair', max_count: 2 });
    expect(at(first.body, '/server/id')).toMatch(/-/);
    expect(await names('name=pair')).toEqual(['pair-2', 'pair-1']);
  });
});

describe('a list of servers', () => {
  let id: string;

  beforeAll(async () => {
    id = await lab.server({ name: 'listed' });
    await ask('PUT', `/servers/${id}/tags`, { body: { tags: ['red', 'blue'] } });
    await lab.runAction(id, { pause: null }, 'PAUSED');
    await ask('POST', `/servers/${id}/action`, { body: { lock: null } });
  });

  it.each([
    ['name=listed&status=PAUSED', true],
    ['name=listed&status=active', false],
    ['name=listed&tags=red,blue', true],
    ['name=listed&tags=red,green', false],
    ['name=listed&tags-any=red,green', true],
    ['name=listed&not-tags=red,green', true],
    ['name=listed&not-tags-any=red,green', false],
    ['name=listed&locked=true', true],
    ['name=listed&locked=false', false],
    ['name=listed&vm_state=paused', true],
    ['name=listed&vm_state=active', false],
    ['name=listed&flavor=84', false],
    ['name=listed&changes-since=2020-01-01T00:00:00Z', true],
    ['name=listed&changes-since=2999-01-01', false],
    ['name=listed&changes-before=2020-01-01', false],
    // For administrators only.
    ['name=listed&host=missing', true],
  ])('with %s has it: %s', async (query, has) => {
    expect(await names(query)).toEqual(has ? ['listed'] : []);
  });

  it('has filters for administrators, and all projects for them', async () => {
    const as = 'sim-admin';
    expect(await names('name=listed', { as })).toEqual([]);
    expect(await names('name=listed&all_tenants', { as })).toEqual(['listed']);
    expect(await names('name=listed&all_tenants=on&host=sim-host', { as })).toEqual(['listed']);
    expect(await names('name=listed&all_tenants=1&host=missing', { as })).toEqual([]);
    expect((await ask('GET', '/servers?all_tenants=1')).status).toBe(403);
    expect((await ask('GET', '/servers?all_tenants=maybe', { as })).status).toBe(400);
    expect((await ask('GET', '/servers?sort_key=host')).status).toBe(403);
  });

  it.each([
    ['2.74', 'other=1', 200],
    ['2.75', 'other=1', 400],
    ['2.37', 'status=unknown', 200],
    ['2.38', 'status=unknown', 400],
    ['2.72', 'sort_key=locked', 400],
    ['2.73', 'sort_key=locked', 200],
    ['2.104', 'sort_key=other', 400],
    ['2.104', 'sort_dir=up', 400],
    ['2.104', 'limit=-1', 400],
    ['2.104', `marker=${unknownId}`, 400],
    ['2.104', 'changes-since=yesterday', 400],
    ['2.104', 'changes-since=2021-01-01&changes-before=2020-01-01', 400],
  ])('at %s with %s is %i', async (version, query, status) => {
    expect((await ask('GET', `/servers?${query}`, { version })).status).toBe(status);
  });

  it('shows deleted servers to administrators', async () => {
    const made = await create({ name: 'doomed' });
    await lab.serverIs(text(made, '/server/id'), 'ACTIVE');
    await removed(made);
    expect(await names('name=doomed')).toEqual([]);
    expect(await names('name=doomed&deleted=true')).toEqual([]);
    expect(await names('name=doomed&deleted=true&all_tenants=1', { as: 'sim-admin' })).toEqual(['doomed']);
    const since = 'name=doomed&changes-since=2020-01-01';
    const { body } = await ask('GET', `/servers/detail?${since}`);
    expect(at(body, '/servers/0')).toMatchObject({ status: 'DELETED', 'OS-EXT-STS:vm_state': 'deleted' });
  });
});

describe('an update', () => {
  it.each([
    ['2.1', { name: ' renamed ' }, 400, {}],
    ['2.1', { accessIPv4: '1.2.3.4' }, 200, { accessIPv4: '1.2.3.4' }],
    ['2.1', { 'OS-DCF:diskConfig': 'AUTO' }, 200, { 'OS-DCF:diskConfig': 'AUTO' }],
    ['2.18', { description: 'text' }, 400, {}],
    ['2.19', { description: null }, 200, { description: null }],
    ['2.89', { hostname: 'own' }, 400, {}],
    ['2.90', { hostname: 'own' }, 200, { 'OS-EXT-SRV-ATTR:hostname': 'own' }],
    ['2.103', { pinned_availability_zone: null }, 400, {}],
    ['2.104', { pinned_availability_zone: null }, 200, { pinned_availability_zone: null }],
    ['2.104', { pinned_availability_zone: 'nova' }, 200, { pinned_availability_zone: 'nova' }],
    ['2.104', { pinned_availability_zone: 'other' }, 409, {}],
    ['2.1', { name: '' }, 400, {}],
    ['2.1', { status: 'ERROR' }, 400, {}],
  ])('at %s with %j is %i', async (version, server, status, shown) => {
    const id = await lab.server({ metadata: {} });
    const response = await ask('PUT', `/servers/${id}`, { version, body: { server } });
    expect(response.status, response.text).toBe(status);
    if (status === 200) expect(at(response.body, '/server')).toMatchObject(shown);
    await ask('DELETE', `/servers/${id}`);
  });
});

describe('flavors and limits', () => {
  const flavors = async (query: string, version = '2.104'): Promise<unknown> =>
    (at((await ask('GET', `/flavors?${query}`, { version })).body, '/flavors') as readonly unknown[]).map((flavor) =>
      at(flavor, '/id'),
    );

  it('are filtered, sorted and paged', async () => {
    expect(await flavors('minRam=100')).toEqual(['84']);
    expect(await flavors('sort_key=memory_mb&sort_dir=desc')).toEqual(['84', '42']);
    expect(await flavors('limit=1&marker=42')).toEqual(['84']);
    expect(await flavors('name=micro', '2.102')).toEqual(['84']);
    expect(await flavors('name=micro', '2.74')).toEqual(['42', '84']);
    expect((await ask('GET', '/flavors?name=micro', { version: '2.75' })).status).toBe(400);
    expect((await ask('GET', '/flavors?marker=missing')).status).toBe(400);
    expect((await ask('GET', '/flavors?minDisk=some')).status).toBe(400);
  });

  it('of another project are for administrators', async () => {
    const { projectId } = await lab.as('sim-demo');
    expect((await ask('GET', `/limits?tenant_id=${projectId}`)).status).toBe(403);
    expect((await ask('GET', `/limits?tenant_id=${projectId}`, { as: 'sim-admin' })).status).toBe(200);
    expect((await ask('GET', `/os-quota-sets/${projectId}`, { as: 'sim-alt' })).status).toBe(403);
  });
});
