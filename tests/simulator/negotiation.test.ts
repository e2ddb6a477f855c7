import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, Lab, message, unknownId, send, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
});
afterAll(() => lab.close());

const agreed: readonly (readonly [header: string, version: string])[] = [
  ['compute', '2.1'],
  ['2.60', '2.1'],
  ['volume 3.44', '2.1'],
  ['nova 2.89', '2.1'],
  ['compute 2.89', '2.89'],
  ['COMPUTE 2.89', '2.89'],
  ['compute  2.89', '2.89'],
  ['volume 3.44, compute 2.89', '2.89'],
  ['compute 2.60, compute 2.89', '2.89'],
  ['compute latest', '2.104'],
];

const refused: readonly (readonly [header: string, status: number])[] = [
  ['compute 2.0', 406],
  ['compute 1.1', 406],
  ['compute 3.0', 406],
  ['compute 2.105', 406],
  ['compute 2', 400],
  ['compute 2.01', 400],
  ['compute a.b', 400],
  ['compute LATEST', 400],
  ['compute -2.1', 400],
  ['compute 2.1.1', 400],
  ['compute 2.89 extra', 400],
];

const older: readonly (readonly [header: string, outcome: string | number])[] = [
  ['latest', '2.104'],
  ['2.60,2.89', '2.89'],
  ['abc', 400],
  ['Latest', 400],
  ['compute 2.60', 400],
];

describe('negotiation', () => {
  it.each(agreed)('reads "%s" as %s and names it in three headers', async (header, version) => {
    const response = await demo.compute('GET', '/flavors', { headers: { 'OpenStack-API-Version': header } });
    expect(response.status).toBe(200);
    expect(response.headers.get('openstack-api-version')).toBe(`compute ${version}`);
    expect(response.headers.get('x-openstack-nova-api-version')).toBe(version);
    expect(response.headers.get('vary')).toBe('OpenStack-API-Version, X-OpenStack-Nova-API-Version');
  });

  it.each(refused)('refuses "%s" with %i', async (header, status) => {
    const response = await demo.compute('GET', '/flavors', { headers: { 'OpenStack-API-Version': header } });
    expect(response.status).toBe(status);
    expect(Object.keys(response.body as object)).toEqual([status === 400 ? 'badRequest' : 'computeFault']);
    const requested = header.replace('compute ', '');
    expect(response.headers.get('x-openstack-nova-api-version')).toBe(status === 406 ? requested : null);
  });

  it.each(older)('reads "%s" in the older header as %s', async (header, outcome) => {
    const response = await demo.compute('GET', '/flavors', { headers: { 'X-OpenStack-Nova-API-Version': header } });
    expect(typeof outcome === 'number' ? response.status : response.headers.get('x-openstack-nova-api-version')).toBe(
      outcome,
    );
  });

  it('prefers the newer header over a malformed older one', async () => {
    const headers = { 'OpenStack-API-Version': 'compute 2.60', 'X-OpenStack-Nova-API-Version': 'garbage' };
    const response = await demo.compute('GET', '/flavors', { headers });
    expect(response.headers.get('openstack-api-version')).toBe('compute 2.60');
  });

  it('lists both versions at the root, without a token', async () => {
    const response = await send('GET', `${lab.origin}/compute/`);
    expect(response.status).toBe(200);
    expect(at(response.body, '/versions/0/status')).toBe('DEPRECATED');
    expect(at(response.body, '/versions/1/version')).toBe('2.104');
    expect(response.headers.get('x-openstack-request-id')).toBeNull();
  });

  it('offers choices for an unknown version', async () => {
    const response = await send('GET', `${lab.origin}/compute/v1`);
    expect(response.status).toBe(300);
    expect(at(response.body, '/choices/1/links/0/href')).toBe(`${lab.origin}/compute/v2.1/v1`);
  });

  it('negotiates the document of v2.1, and ignores versions in that of v2', async () => {
    const headers = { 'OpenStack-API-Version': 'compute 2.9999' };
    expect((await send('GET', `${lab.origin}/compute/v2.1`, { headers })).status).toBe(406);
    expect((await send('GET', `${lab.origin}/compute/v2`, { headers })).status).toBe(200);
  });
});

describe('the order of the first checks', () => {
  it('checks the token before the version and the path', async () => {
    const headers = { 'OpenStack-API-Version': 'compute nonsense' };
    const response = await send('GET', `${lab.origin}/compute/v2.1/nowhere`, { headers });
    expect(response.status).toBe(401);
    expect(at(response.body, '/error/title')).toBe('Unauthorized');
    expect(response.headers.get('www-authenticate')).toBe(`Keystone uri="${lab.simulator.url}"`);
    expect(response.headers.get('openstack-api-version')).toBeNull();
    expect(response.headers.get('x-openstack-request-id')).toMatch(/^req-/);
  });

  it.each([
    ['HEAD', '/flavors'],
    ['PATCH', '/flavors'],
    ['PUT', attachments(unknownId)],
    ['POST', attachments(unknownId, unknownId)],
    ['GET', `${attachments(unknownId)}/`],
    ['GET', `${attachments(unknownId, unknownId)}/more`],
    ['GET', '/NOTHEX/flavors'],
  ])('has no route for %s %s: a 404 in HTML', async (method, path) => {
    const response = await demo.compute(method, path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(response.headers.get('openstack-api-version')).toBeNull();
  });

  it('returns the page of an unknown path as JSON if Accept prefers it', async () => {
    const response = await demo.compute('GET', '/nowhere', { headers: { Accept: 'application/json' } });
    expect(response.body).toEqual({
      message: 'The resource could not be found.<br /><br />\n\n\n',
      code: '404 Not Found',
      title: 'Not Found',
    });
  });

  it.each(['application/xml', 'text/html', 'APPLICATION/JSON'])(
    'refuses the content type %s, also of a GET',
    async (type) => {
      const response = await demo.compute('GET', '/flavors', { headers: { 'Content-Type': type } });
      expect([response.status, message(response)]).toEqual([415, 'Unsupported Content-Type']);
    },
  );

  it('uses the vendor type if Accept asks for it', async () => {
    const Accept = 'application/vnd.openstack.compute+json';
    const response = await demo.compute('GET', '/flavors', { headers: { Accept } });
    expect(response.headers.get('content-type')).toBe(Accept);
  });

  it('refuses a body that is too large, whatever its content', async () => {
    const response = await demo.compute('POST', attachments(unknownId), { raw: 'x'.repeat(114_689) });
    expect(response.status).toBe(413);
    const fits = await demo.compute('POST', attachments(unknownId), { raw: 'x'.repeat(114_688) });
    expect([fits.status, message(fits)]).toEqual([400, 'Malformed request body']);
  });

  it('requires the project of the path to be that of the token', async () => {
    expect((await demo.compute('GET', `/${demo.projectId}/flavors`)).status).toBe(200);
    const response = await demo.compute('GET', '/0123abcd/flavors');
    expect(response.status).toBe(400);
    expect(message(response)).toContain("Malformed request URL: URL's project_id '0123abcd'");
  });

  it('answers OPTIONS without a token and with an empty body', async () => {
    const response = await send('OPTIONS', `${lab.origin}/compute/v2.1/servers`);
    expect([response.status, response.text]).toEqual([200, '']);
  });
});
