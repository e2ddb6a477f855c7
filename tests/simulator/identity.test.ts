import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, Lab, message, type Response, send, type Session, text } from './lab.ts';

let lab: Lab;
let demo: Session;
let admin: Session;

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
  admin = await lab.as('sim-admin');
});
afterAll(() => lab.close());

const domain = { name: 'Default' };
const user = { name: 'demo', domain, password: 'demo-pw' };
const project = { name: 'demo', domain };

function signIn(identity: object, scope?: unknown): Promise<Response> {
  const auth = scope === undefined ? { identity } : { identity, scope };
  return send('POST', `${lab.simulator.url}/auth/tokens`, { body: { auth } });
}

const byPassword = (given: object) => ({ methods: ['password'], password: { user: given } });

describe('tokens', () => {
  it('contain the user, the scope, the roles and the catalogue', async () => {
    const response = await signIn(byPassword(user), { project });
    expect(response.status).toBe(201);
    const names = (at(response.body, '/token/roles') as { name: string }[]).map(({ name }) => name);
    expect(names.sort()).toEqual(['member', 'reader']);
    const services = at(response.body, '/token/catalog') as {
      type: string;
      endpoints: { interface: string; url: string }[];
    }[];
    expect(services.map(({ type }) => type)).toEqual([
      'identity',
      'compute',
      'volumev3',
      'block-storage',
      'image',
      'network',
    ]);
    const volume = services.find(({ type }) => type === 'block-storage');
    expect(volume?.endpoints.map((one) => one.interface)).toEqual(['public', 'internal', 'admin']);
    expect(volume?.endpoints[0]?.url).toBe(`${lab.origin}/volume/v3/${demo.projectId}`);
  });

  it.each([
    ['a wrong password', byPassword({ ...user, password: 'x' }), { project }, 401],
    ['an unknown user', byPassword({ ...user, name: 'unknown' }), { project }, 401],
    ['an unknown project', byPassword(user), { project: { name: 'none', domain } }, 401],
    ['a project without a role', byPassword(user), { project: { name: 'admin', domain } }, 401],
    ['the system without a role', byPassword(user), { system: { all: true } }, 401],
    ['a user without a domain', byPassword({ name: 'demo', password: 'demo-pw' }), undefined, 400],
    ['an unknown method', { methods: ['smile'], smile: {} }, undefined, 401],
    ['a method without its content', { methods: ['password'] }, undefined, 400],
    ['an unknown token', { methods: ['token'], token: { id: 'x' } }, undefined, 404],
    ['no identity', {}, undefined, 400],
  ])('are refused for %s', async (_case, identity, scope, status) => {
    const response = await signIn(identity, scope);
    expect(response.status, response.text).toBe(status);
    expect(at(response.body, '/error/code')).toBe(status);
  });

  it.each([
    ['nothing', undefined, []],
    ['a project by id', { project: { id: '' } }, ['project', 'is_domain']],
  ])('can be for %s', async (_case, scope, keys) => {
    const filled = scope === undefined ? undefined : { project: { id: demo.projectId } };
    const { body } = await signIn(byPassword(user), filled);
    for (const key of keys) expect(body).toHaveProperty(`token.${key}`);
    if (scope === undefined) expect(body).not.toHaveProperty('token.catalog');
  });

  it('for the system belong to an administrator without a project', async () => {
    const system = await lab.as('sim-system-admin');
    expect((await system.compute('GET', '/servers')).status).toBe(403);
    expect((await system.identity('GET', '/users')).status).toBe(200);
  });

  it('can be exchanged for another scope with the same expiry', async () => {
    const first = await signIn(byPassword(user));
    const id = first.headers.get('x-subject-token');
    const second = await signIn({ methods: ['token'], token: { id } }, { project });
    expect(second.status).toBe(201);
    expect(text(second, '/token/expires_at')).toBe(text(first, '/token/expires_at'));
  });

  it('can be shown, checked and revoked, after which no service accepts them', async () => {
    const token = (await signIn(byPassword(user), { project })).headers.get('x-subject-token') ?? '';
    const headers = { 'X-Subject-Token': token };
    expect((await demo.identity('GET', '/auth/tokens', { headers })).status).toBe(200);
    expect((await demo.identity('HEAD', '/auth/tokens', { headers })).status).toBe(200);
    expect((await demo.identity('DELETE', '/auth/tokens', { headers })).status).toBe(204);
    expect((await demo.identity('GET', '/auth/tokens', { headers })).status).toBe(404);
    for (const path of ['/compute/v2.1/servers', `/volume/v3/${demo.projectId}/volumes`, '/image/v2/images']) {
      expect((await send('GET', lab.origin + path, { token })).status).toBe(401);
    }
  });

  it('expire', async () => {
    const brief = await Lab.start({ tokenLifetime: 0 });
    const member = await brief.as('sim-demo');
    expect((await member.compute('GET', '/servers')).status).toBe(401);
    await brief.close();
  });

  it('are validated when they list their own projects', async () => {
    expect(at((await demo.identity('GET', '/auth/projects')).body, '/projects/0/name')).toBe('demo');
    expect((await demo.identity('GET', '/auth/catalog')).status).toBe(200);
  });
});

describe('administration', () => {
  it('is refused to members with Keystone’s message', async () => {
    const response = await demo.identity('GET', '/users');
    expect(response.body).toEqual({
      error: {
        code: 403,
        message: 'You are not authorized to perform the requested action: identity:list_users.',
        title: 'Forbidden',
      },
    });
  });

  it('creates and removes a user with its own project', async () => {
    const made = await admin.identity('POST', '/projects', { body: { project: { name: 'dynamic' } } });
    const projectId = text(made, '/project/id');
    expect((await admin.identity('POST', '/projects', { body: { project: { name: 'dynamic' } } })).status).toBe(409);
    const person = await admin.identity('POST', '/users', { body: { user: { name: 'dynamic', password: 'secret' } } });
    const userId = text(person, '/user/id');
    const roleId = text(await admin.identity('GET', '/roles?name=member'), '/roles/0/id');
    const identity = byPassword({ id: userId, password: 'secret' });
    expect((await signIn(identity, { project: { id: projectId } })).status).toBe(401);
    const grant = `/projects/${projectId}/users/${userId}/roles/${roleId}`;
    expect((await admin.identity('PUT', grant)).status).toBe(204);
    expect((await admin.identity('HEAD', grant)).status).toBe(204);
    const token = (await signIn(identity, { project: { id: projectId } })).headers.get('x-subject-token') ?? '';
    expect((await send('GET', `${lab.origin}/compute/v2.1/servers`, { token })).status).toBe(200);
    expect((await admin.identity('DELETE', grant)).status).toBe(204);
    expect((await send('GET', `${lab.origin}/compute/v2.1/servers`, { token })).status).toBe(401);
    expect((await admin.identity('DELETE', `/users/${userId}`)).status).toBe(204);
    expect((await admin.identity('DELETE', `/projects/${projectId}`)).status).toBe(204);
    expect(message(await admin.identity('GET', `/projects/${projectId}`))).toBe(
      `Could not find project: ${projectId}.`,
    );
  });
});

describe('application credentials', () => {
  it('authenticate by id and by name, for their project only, until they are deleted', async () => {
    const path = `/users/${demo.userId}/application_credentials`;
    const made = await demo.identity('POST', path, { body: { application_credential: { name: 'ci', secret: 's3' } } });
    const id = text(made, '/application_credential/id');
    expect(text(made, '/application_credential/secret')).toBe('s3');
    const shown = await demo.identity('GET', `${path}/${id}`);
    expect(shown.body).not.toHaveProperty('application_credential.secret');
    const using = (given: object) => ({ methods: ['application_credential'], application_credential: given });
    const byId = await signIn(using({ id, secret: 's3' }));
    expect(text(byId, '/token/project/id')).toBe(demo.projectId);
    expect((await signIn(using({ name: 'ci', user: { name: 'demo', domain }, secret: 's3' }))).status).toBe(201);
    expect((await signIn(using({ id, secret: 'wrong' }))).status).toBe(401);
    const scoped = await signIn(using({ id, secret: 's3' }), { project });
    expect([scoped.status, message(scoped)]).toEqual([401, expect.stringContaining('it has a scope of its own')]);
    expect((await admin.identity('POST', path, { body: { application_credential: { name: 'x' } } })).status).toBe(403);
    expect((await demo.identity('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await signIn(using({ id, secret: 's3' }))).status).toBe(401);
    const token = byId.headers.get('x-subject-token') ?? '';
    expect((await send('GET', `${lab.origin}/compute/v2.1/servers`, { token })).status).toBe(401);
  });
});

describe('documents', () => {
  it.each([
    ['/identity/', 300],
    ['/identity/v3', 200],
    ['/volume/', 300],
    ['/image/', 300],
  ])('%s needs no token', async (path, status) => {
    expect((await send('GET', lab.origin + path)).status).toBe(status);
  });
});
