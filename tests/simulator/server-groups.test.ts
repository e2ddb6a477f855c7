/** Server groups of the simulator, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, type CloudName, eventually, Lab, message, type Response, text, unknownId } from './lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.start({ shelvedOffload: 'on-request' });
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

const groups = '/os-server-groups';

async function ask(
  method: string,
  path: string,
  version = '2.64',
  body?: unknown,
  as: CloudName = 'sim-demo',
): Promise<Response> {
  return (await lab.as(as)).compute(method, path, { version, ...(body === undefined ? {} : { body }) });
}

const create = (wanted: object, version?: string, as?: CloudName): Promise<Response> =>
  ask('POST', groups, version, { server_group: { name: 'tested', ...wanted } }, as);

async function group(as?: CloudName): Promise<string> {
  return text(await create({ policy: 'affinity' }, '2.64', as), '/server_group/id');
}

describe('a new server group', () => {
  it.each([
    ['2.1', { policies: ['affinity'] }, { policies: ['affinity'], metadata: {} }],
    ['2.12', { policies: ['anti-affinity'] }, { policies: ['anti-affinity'], metadata: {} }],
    ['2.13', { policies: ['affinity'] }, { policies: ['affinity'], metadata: {}, project_id: true, user_id: true }],
    [
      '2.63',
      { policies: ['soft-affinity'] },
      { policies: ['soft-affinity'], metadata: {}, project_id: true, user_id: true },
    ],
    ['2.64', { policy: 'soft-affinity' }, { policy: 'soft-affinity', rules: {}, project_id: true, user_id: true }],
    [
      '2.64',
      { policy: 'anti-affinity', rules: { max_server_per_host: '3' } },
      { policy: 'anti-affinity', rules: { max_server_per_host: 3 }, project_id: true, user_id: true },
    ],
  ])('at %s with %j is shown with %j', async (version, wanted, expected) => {
    const { projectId, userId } = await lab.as('sim-demo');
    const owner = 'project_id' in expected ? { project_id: projectId, user_id: userId } : {};
    const response = await create(wanted, version);
    expect(response.status, response.text).toBe(200);
    const id = text(response, '/server_group/id');
    const whole = { id, name: 'tested', members: [], ...expected, ...owner };
    expect(response.body).toEqual({ server_group: whole });
    expect((await ask('GET', `${groups}/${id}`, version)).body).toEqual({ server_group: whole });
    const { body } = await ask('GET', groups, version);
    expect(at(body, '/server_groups')).toContainEqual(whole);
  });

  it.each([
    ['2.1', {}],
    ['2.1', { policies: [] }],
    ['2.1', { policies: ['affinity', 'anti-affinity'] }],
    ['2.1', { policies: 'affinity' }],
    ['2.14', { policies: ['soft-affinity'] }],
    ['2.63', { policy: 'affinity' }],
    ['2.63', { policies: ['affinity'], rules: {} }],
    ['2.64', {}],
    ['2.64', { policies: ['affinity'] }],
    ['2.64', { policy: 'nearby' }],
    ['2.64', { policy: 'affinity', metadata: {} }],
    ['2.64', { policy: 'affinity', rules: { max_server_per_host: 2 } }],
    ['2.64', { policy: 'anti-affinity', rules: { max_server_per_host: 0 } }],
    ['2.64', { policy: 'anti-affinity', rules: { max_server_per_host: '0' } }],
    ['2.64', { policy: 'anti-affinity', rules: { max_server_per_host: -1 } }],
    ['2.64', { policy: 'anti-affinity', rules: { max_server_per_host: true } }],
    ['2.64', { policy: 'anti-affinity', rules: { servers: 1 } }],
    ['2.64', { policy: 'affinity', name: '' }],
    ['2.64', { policy: 'affinity', name: ' spaced' }],
    ['2.64', { policy: 'affinity', name: 'spaced ' }],
    ['2.64', { policy: 'affinity', name: 'tab\tbed' }],
    ['2.64', { policy: 'affinity', name: '😀' }],
    ['2.64', { policy: 'affinity', name: 'x'.repeat(256) }],
    ['2.64', { policy: 'affinity', name: null }],
  ])('at %s is refused with %j', async (version, wanted) => {
    expect((await create(wanted, version)).status).toBe(400);
  });

  it.each(['x'.repeat(255), 'a b', 'Größe – 号', '.'])('may be named %s', async (name) => {
    const response = await create({ policy: 'affinity', name });
    expect(at(response.body, '/server_group/name')).toBe(name);
  });

  it('may have empty rules with any policy, and no rule at 2.64 is refused before the role', async () => {
    expect((await create({ policy: 'affinity', rules: {} })).status).toBe(200);
    expect((await create({ policy: 'nearby' }, '2.64', 'sim-demo-reader')).status).toBe(400);
  });
});

describe('the permissions', () => {
  it.each([
    ['POST', 'sim-demo', 200],
    ['POST', 'sim-demo-reader', 403],
    ['POST', 'sim-demo-service', 403],
    ['POST', 'sim-admin', 200],
    ['POST', 'sim-system-admin', 403],
    ['GET list', 'sim-demo-reader', 200],
    ['GET list', 'sim-demo-service', 403],
    ['GET', 'sim-demo-reader', 200],
    ['GET', 'sim-demo-service', 403],
    ['GET', 'sim-admin', 200],
    ['GET', 'sim-alt', 404],
    ['DELETE', 'sim-demo-reader', 403],
    ['DELETE', 'sim-alt', 404],
    ['DELETE', 'sim-admin', 204],
    ['DELETE', 'sim-demo', 204],
  ] as const)('%s as %s is answered with %i', async (what, as, status) => {
    const [method = '', isList] = what.split(' ');
    const path = method === 'POST' || isList ? groups : `${groups}/${await group()}`;
    const body = method === 'POST' ? { server_group: { name: 'x', policy: 'affinity' } } : undefined;
    expect((await ask(method, path, '2.64', body, as)).status).toBe(status);
  });

  it('of an earlier release let every user of the project create groups', async () => {
    const queens = await Lab.start({ maximum: '2.60' });
    const reader = await queens.as('sim-demo-reader');
    const body = { server_group: { name: 'x', policies: ['soft-affinity'] } };
    expect((await reader.compute('POST', groups, { version: '2.60', body })).status).toBe(200);
    await queens.close();
  });
});

describe('a list', () => {
  it('has the groups of the project; with all_projects, for administrators, all groups', async () => {
    const [own, other] = [await group(), await group('sim-alt')];
    const listed = async (query: string, as: CloudName): Promise<readonly unknown[]> => {
      const { body } = await ask('GET', groups + query, '2.64', undefined, as);
      return (at(body, '/server_groups') as readonly unknown[]).map((one) => at(one, '/id'));
    };
    const plain = await listed('', 'sim-demo');
    expect(plain).toContain(own);
    expect(plain).not.toContain(other);
    expect(await listed('?all_projects=True', 'sim-demo')).toEqual(plain);
    expect(await listed('', 'sim-admin')).not.toContain(own);
    expect(await listed('?all_projects', 'sim-admin')).toEqual(expect.arrayContaining([own, other]));
    expect(await listed('?all_projects=no', 'sim-admin')).toEqual(expect.arrayContaining([own, other]));
  });

  it('is sliced by limit and offset', async () => {
    const made = [await group('sim-alt'), await group('sim-alt'), await group('sim-alt')];
    const ids = async (query: string): Promise<unknown> => {
      const { body } = await ask('GET', groups + query, '2.64', undefined, 'sim-alt');
      return (at(body, '/server_groups') as readonly unknown[]).map((one) => at(one, '/id'));
    };
    const all = (await ids('')) as readonly unknown[];
    expect(all.slice(-3)).toEqual(made);
    expect(await ids('?limit=2')).toEqual(all.slice(0, 2));
    expect(await ids('?limit=0')).toEqual(all);
    expect(await ids('?limit=2&offset=1')).toEqual(all.slice(1, 3));
    expect(await ids('?offset=1000')).toEqual([]);
  });

  it.each([
    ['?limit=x', '2.1', 400],
    ['?limit=-1', '2.1', 400],
    ['?offset=', '2.1', 400],
    ['?limit=%0A', '2.1', 500],
    ['?limit=%FF', '2.1', 400],
    ['?other=1', '2.74', 200],
    ['?other=1', '2.75', 400],
  ])('with %s at %s is answered with %i', async (query, version, status) => {
    expect((await ask('GET', groups + query, version)).status).toBe(status);
  });
});

describe('a group that is not found', () => {
  it.each(['GET', 'DELETE'])('%s is answered with 404', async (method) => {
    const deleted = await group();
    expect((await ask('DELETE', `${groups}/${deleted}`)).status).toBe(204);
    for (const id of [unknownId, 'not-a-uuid', deleted]) {
      const response = await ask(method, `${groups}/${id}`);
      expect(response.status).toBe(404);
      expect(message(response)).toContain(id);
    }
    expect(at((await ask('GET', groups)).body, '/server_groups')).not.toContainEqual(
      expect.objectContaining({ id: deleted }),
    );
  });

  it('is found by an id in capitals', async () => {
    expect((await ask('GET', `${groups}/${(await group()).toUpperCase()}`)).status).toBe(200);
  });
});

describe('an unknown query parameter', () => {
  it.each([
    ['GET', '2.101', 200],
    ['GET', '2.102', 400],
    ['DELETE', '2.102', 204],
  ])('of %s at %s is answered with %i', async (method, version, status) => {
    expect((await ask(method, `${groups}/${await group()}?other=1`, version)).status).toBe(status);
  });

  it.each(['GET', 'POST', 'DELETE'])('of %s is refused at 2.102 by the cloud without defects', async (method) => {
    const exemplary = await Lab.start({ respond: 'exemplary' });
    const demo = await exemplary.as('sim-demo');
    const body = { server_group: { name: 'x', policy: 'affinity' } };
    const path = method === 'POST' ? groups : `${groups}/${unknownId}`;
    const response = (version: string): Promise<Response> =>
      demo.compute(method, `${path}?other=1`, { version, ...(method === 'POST' ? { body } : {}) });
    expect((await response('2.101')).status).toBe(method === 'POST' ? 200 : 404);
    expect((await response('2.102')).status).toBe(400);
    expect((await demo.compute('GET', `${groups}?limit=%0A`)).status).toBe(200);
    await exemplary.close();
  });
});

describe('the members', () => {
  it('are the servers that were created with the group as hint, until they are deleted', async () => {
    const demo = await lab.as('sim-demo');
    const id = await group();
    const server = await bootedIn(id);
    const members = async (): Promise<unknown> =>
      at((await ask('GET', `${groups}/${id}`)).body, '/server_group/members');
    expect(await members()).toEqual([server]);
    const shown = await demo.compute('GET', `/servers/${server}`, { version: '2.100' });
    expect(at(shown.body, '/server/server_groups')).toEqual([id]);
    expect(at(shown.body, '/server/scheduler_hints')).toEqual({ group: id });
    await demo.compute('DELETE', `/servers/${server}`);
    await eventually(async () => JSON.stringify(await members()) === '[]');
  });

  it.each([
    ['of another project', () => group('sim-alt')],
    ['that does not exist', async () => unknownId],
    ['that is no UUID', async () => 'x'],
  ])('cannot be added to a group %s', async (_, hinted) => {
    expect((await bootIn(await hinted())).status).toBe(400);
  });

  it('of a deleted group are servers without a group', async () => {
    const id = await group();
    const server = await bootedIn(id);
    await ask('DELETE', `${groups}/${id}`);
    const shown = await ask('GET', `/servers/${server}`, '2.71');
    expect(at(shown.body, '/server/server_groups')).toEqual([]);
  });
});

async function bootIn(id: string): Promise<Response> {
  const server = { name: 'member', flavorRef: '42', networks: 'none', imageRef: await lab.image() };
  return ask('POST', '/servers', '2.37', { server, 'os:scheduler_hints': { group: id } });
}

async function bootedIn(id: string): Promise<string> {
  const server = text(await bootIn(id), '/server/id');
  await lab.serverIs(server, 'ACTIVE');
  return server;
}

it('the quotas of groups and of their members are enforced and shown', async () => {
  const small = await Lab.start({ quotas: { serverGroups: 1, serverGroupMembers: 1 } });
  const demo = await small.as('sim-demo');
  const wanted = (name: string) => ({ version: '2.64', body: { server_group: { name, policy: 'affinity' } } });
  const id = text(await demo.compute('POST', groups, wanted('one')), '/server_group/id');
  const refused = await demo.compute('POST', groups, wanted('two'));
  expect(refused.status).toBe(403);
  expect(message(refused)).toBe('Quota exceeded, too many server groups.');
  const quotas = await demo.compute('GET', `/os-quota-sets/${demo.projectId}/detail`);
  expect(at(quotas.body, '/quota_set/server_groups')).toEqual({ limit: 1, in_use: 1, reserved: 0 });
  const limits = await demo.compute('GET', '/limits');
  expect(at(limits.body, '/limits/absolute')).toMatchObject({
    maxServerGroups: 1,
    totalServerGroupsUsed: 1,
    maxServerGroupMembers: 1,
  });
  const server = { name: 'member', flavorRef: '42', networks: 'none', imageRef: await small.image() };
  const boot = { version: '2.37', body: { server, 'os:scheduler_hints': { group: id } } };
  expect((await demo.compute('POST', '/servers', boot)).status).toBe(202);
  expect((await demo.compute('POST', '/servers', boot)).status).toBe(403);
  await demo.compute('DELETE', `${groups}/${id}`);
  expect((await demo.compute('POST', groups, wanted('three'))).status).toBe(200);
  await small.close();
});
