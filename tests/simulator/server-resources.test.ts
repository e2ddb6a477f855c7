/** Metadata, tags, ports and the action log of servers in the simulator, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, type CloudName, eventually, Lab, type Response, unknownId } from './lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

async function ask(
  method: string,
  path: string,
  { version = '2.104', body, as = 'sim-demo' }: { version?: string; body?: unknown; as?: CloudName } = {},
): Promise<Response> {
  return (await lab.as(as)).compute(method, path, { version, ...(body !== undefined && { body }) });
}

describe('metadata', () => {
  const of = (id: string, key?: string): string => `/servers/${id}/metadata${key === undefined ? '' : `/${key}`}`;
  const items = async (id: string): Promise<unknown> => at((await ask('GET', of(id))).body, '/metadata');

  it('is added to, replaced, and changed item by item', async () => {
    const id = await lab.server({ metadata: { one: '1' } });
    expect((await ask('POST', of(id), { body: { metadata: { two: '2' } } })).body).toEqual({
      metadata: { one: '1', two: '2' },
    });
    expect((await ask('PUT', of(id), { body: { metadata: { three: '3' } } })).body).toEqual({
      metadata: { three: '3' },
    });
    expect((await ask('PUT', of(id, 'four'), { body: { meta: { four: '4' } } })).body).toEqual({ meta: { four: '4' } });
    expect((await ask('GET', of(id, 'four'))).body).toEqual({ meta: { four: '4' } });
    expect((await ask('DELETE', of(id, 'three'))).status).toBe(204);
    expect(await items(id)).toEqual({ four: '4' });
    expect((await ask('GET', of(id, 'three'))).status).toBe(404);
    expect((await ask('DELETE', of(id, 'three'))).status).toBe(404);
  });

  it.each([
    ['POST', undefined, { metadata: { key: 1 } }],
    ['POST', undefined, { metadata: { key: 'x'.repeat(256) } }],
    ['POST', undefined, { metadata: { ['x'.repeat(256)]: '1' } }],
    ['POST', undefined, { metadata: { 'a/b': '1' } }],
    ['POST', undefined, { metadata: {}, other: {} }],
    ['PUT', undefined, {}],
    ['PUT', 'key', { meta: { other: '1' } }],
    ['PUT', 'key', { meta: { key: '1', other: '1' } }],
    ['PUT', 'key', { meta: {} }],
  ])('%s %s with %j is refused', async (method, key, body) => {
    const id = await lab.server();
    expect((await ask(method, of(id, key), { body })).status).toBe(400);
    expect(await items(id)).toEqual({});
  });

  it('has a limit of 128 items, a lock, states and roles', async () => {
    const id = await lab.server();
    const many = Object.fromEntries(Array.from({ length: 128 }, (_, index) => [`key${index}`, 'x']));
    expect((await ask('PUT', of(id), { body: { metadata: many } })).status).toBe(200);
    const more = { body: { metadata: { more: 'x' } } };
    expect((await ask('POST', of(id), more)).status).toBe(403);
    expect((await ask('POST', of(id), { ...more, as: 'sim-demo-reader' })).status).toBe(403);
    expect((await ask('GET', of(id), { as: 'sim-demo-reader' })).status).toBe(200);
    expect((await ask('GET', of(id), { as: 'sim-alt' })).status).toBe(404);
    await ask('POST', `/servers/${id}/action`, { body: { lock: null } });
    expect((await ask('DELETE', of(id, 'key1'))).status).toBe(409);
    await ask('POST', `/servers/${id}/action`, { body: { unlock: null } });
    await lab.runAction(id, { rescue: null }, 'RESCUE');
    expect((await ask('DELETE', of(id, 'key1'))).status).toBe(409);
  });
});

describe('tags', () => {
  const of = (id: string, tag?: string): string => `/servers/${id}/tags${tag === undefined ? '' : `/${tag}`}`;

  it('are added, checked, replaced and removed', async () => {
    const id = await lab.server();
    const added = await ask('PUT', of(id, 'red'));
    expect([added.status, added.text]).toEqual([201, '']);
    expect(added.headers.get('location')).toMatch(new RegExp(`/servers/${id}/tags/red$`));
    expect((await ask('PUT', of(id, 'red'))).status).toBe(204);
    expect((await ask('GET', of(id, 'red'))).status).toBe(204);
    expect((await ask('GET', of(id, 'blue'))).status).toBe(404);
    const replaced = await ask('PUT', of(id), { body: { tags: ['b', 'a', 'b'] } });
    expect([replaced.status, replaced.body]).toEqual([200, { tags: ['a', 'b'] }]);
    expect((await ask('DELETE', of(id, 'a'))).status).toBe(204);
    expect((await ask('DELETE', of(id, 'a'))).status).toBe(404);
    expect((await ask('GET', of(id))).body).toEqual({ tags: ['b'] });
    expect((await ask('DELETE', of(id))).status).toBe(204);
    expect((await ask('GET', of(id))).body).toEqual({ tags: [] });
    expect((await ask('GET', of(id), { version: '2.25' })).status).toBe(404);
  });

  it('have their form, their number, states and roles', async () => {
    const id = await lab.server();
    expect((await ask('PUT', of(id, 'a%2Cb'))).status).toBe(400);
    expect((await ask('PUT', of(id, 'x'.repeat(61)))).status).toBe(400);
    expect((await ask('PUT', of(id), { body: { tags: ['a/b'] } })).status).toBe(400);
    expect((await ask('PUT', of(id), { body: { tags: [''] } })).status).toBe(400);
    const tags = Array.from({ length: 50 }, (_, index) => `tag${index}`);
    expect((await ask('PUT', of(id), { body: { tags: [...tags, 'more'] } })).status).toBe(400);
    expect((await ask('PUT', of(id), { body: { tags } })).status).toBe(200);
    expect((await ask('PUT', of(id, 'more'))).status).toBe(400);
    expect((await ask('PUT', of(id, 'tag1'), { as: 'sim-demo-reader' })).status).toBe(403);
    await lab.runAction(id, { rescue: null }, 'RESCUE');
    expect((await ask('PUT', of(id, 'tag1'))).status).toBe(409);
    expect((await ask('GET', of(id, 'tag1'))).status).toBe(204);
  });
});

describe('a port', () => {
  const of = (id: string, port?: string): string =>
    `/servers/${id}/os-interface${port === undefined ? '' : `/${port}`}`;

  it('is created on a network, shown, and detached', async () => {
    const id = await lab.server({ networks: 'auto' });
    const { body: first } = await ask('GET', of(id));
    const net_id = at(first, '/interfaceAttachments/0/net_id');
    const wanted = { net_id, fixed_ips: [{ ip_address: '10.0.9.9' }], tag: 'public' };
    const made = await ask('POST', of(id), { body: { interfaceAttachment: wanted } });
    expect(made.status, made.text).toBe(200);
    expect(made.body).toMatchObject({
      interfaceAttachment: { net_id, port_state: 'ACTIVE', tag: 'public', fixed_ips: [{ ip_address: '10.0.9.9' }] },
    });
    const port = String(at(made.body, '/interfaceAttachment/port_id'));
    expect((await ask('GET', of(id, port))).body).toEqual(made.body);
    const { body: shown } = await ask('GET', `/servers/${id}`);
    expect(at(shown, '/server/addresses/private')).toHaveLength(2);
    expect((await ask('GET', `/servers/${id}/ips/private`)).body).toMatchObject({
      private: [{ version: 4 }, { version: 4, addr: '10.0.9.9' }],
    });
    expect((await ask('GET', of(await lab.server(), port))).status).toBe(404);
    expect((await ask('DELETE', of(id, port))).status).toBe(202);
    await eventually(async () => (await ask('GET', of(id, port))).status === 404);
    expect((await ask('DELETE', of(id, port))).status).toBe(404);
  });

  it.each([
    ['2.104', { net_id: unknownId }, 400],
    ['2.104', { port_id: unknownId }, 404],
    ['2.104', { port_id: unknownId, net_id: unknownId }, 400],
    ['2.104', { fixed_ips: [{ ip_address: '10.0.9.1' }] }, 400],
    ['2.104', { fixed_ips: [] }, 400],
    ['2.104', { other: 1 }, 400],
    ['2.48', { tag: 'public' }, 400],
    ['2.49', { tag: 'public' }, 200],
    ['2.49', { tag: 'a,b' }, 400],
    ['2.1', {}, 200],
  ])('at %s with %j is %i', async (version, interfaceAttachment, status) => {
    const response = await ask('POST', of(await lab.server()), { version, body: { interfaceAttachment } });
    expect(response.status, response.text).toBe(status);
  });
});

describe('the action log', () => {
  const of = (id: string): string => `/servers/${id}/os-instance-actions`;

  it('has pages and a period from 2.58 on', async () => {
    const id = await lab.server();
    await lab.runAction(id, { pause: null }, 'PAUSED');
    await lab.runAction(id, { unpause: null }, 'ACTIVE');
    const names = (response: Response): unknown =>
      (at(response.body, '/instanceActions') as readonly unknown[]).map((action) => at(action, '/action'));
    const page = await ask('GET', `${of(id)}?limit=2`, { version: '2.58' });
    expect(names(page)).toEqual(['unpause', 'pause']);
    const next = new URL(String(at(page.body, '/links/0/href'))).search;
    expect(names(await ask('GET', of(id) + next, { version: '2.58' }))).toEqual(['create']);
    expect(names(await ask('GET', `${of(id)}?limit=1`, { version: '2.57' }))).toEqual(['unpause', 'pause', 'create']);
    expect((await ask('GET', `${of(id)}?marker=req-missing`, { version: '2.58' })).status).toBe(400);
    expect(names(await ask('GET', `${of(id)}?changes-since=2999-01-01`, { version: '2.58' }))).toEqual([]);
    expect((await ask('GET', `${of(id)}?changes-before=2020-01-01`, { version: '2.65' })).status).toBe(400);
    expect(names(await ask('GET', `${of(id)}?changes-before=2020-01-01`, { version: '2.66' }))).toEqual([]);
    expect((await ask('GET', `${of(id)}?changes-since=now`, { version: '2.58' })).status).toBe(400);
  });

  it('of a deleted server is read from 2.21 on', async () => {
    const id = await lab.server();
    await ask('DELETE', `/servers/${id}`);
    await eventually(async () => (await ask('GET', `/servers/${id}`)).status === 404);
    expect((await ask('GET', of(id), { version: '2.20' })).status).toBe(404);
    expect((await ask('GET', of(id), { version: '2.21' })).status).toBe(200);
    expect((await ask('GET', of(id), { version: '2.21', as: 'sim-alt' })).status).toBe(404);
  });
});
