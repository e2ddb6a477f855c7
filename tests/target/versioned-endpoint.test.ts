/** From unversioned endpoints to those of a version: over loopback, by tables of what services answer. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttpClient } from '../../src/client/http-client.ts';
import { createRecorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import { credentialsFromCloud } from '../../src/target/cloud-entry.ts';
import { openSession } from '../../src/target/open-session.ts';
import { EndpointError } from '../../src/target/versioned-endpoint.ts';
import { versionRoot } from '../../src/target/version-root.ts';

/** Taken out of whatever is kept. */
const password = 'hT7-qu9x.Zz0';

type Responses = Readonly<Record<string, readonly [status: number, body: unknown]>>;

let answers: Responses = {};
let catalog: readonly unknown[] = [];
const asked: string[] = [];
let origin = '';
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (request.method === 'POST') {
      const token = { expires_at: '2999-01-01T00:00:00Z', project: { id: 'p1' }, user: { id: 'u1' }, catalog };
      response.writeHead(201, { 'x-subject-token': 'secret' }).end(JSON.stringify({ token }));
      return;
    }
    asked.push(`${request.headers.host === new URL(origin).host ? '' : 'elsewhere'}${request.url}`);
    const [status, body] = answers[request.url ?? ''] ?? [404, 'nothing here'];
    response
      .writeHead(status, status === 301 ? { location: '/elsewhere' } : {})
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => (asked.length = 0));
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Signs in by the catalogue that names one service; where it is then taken to be. */
async function endpointOf(type: string, path: string, by: Responses, more: object = {}): Promise<string | undefined> {
  answers = by;
  const endpoint = { interface: 'public', region_id: 'north', url: path.includes('://') ? path : origin + path };
  catalog = [{ type, endpoints: [endpoint] }];
  const auth = { auth_url: `${origin}/identity/v3`, username: 'ada', password };
  const http = createHttpClient();
  const clock = { now: Date.now };
  try {
    const credentials = credentialsFromCloud('cloud demo', { auth, ...more });
    const redactor = createRedactor();
    redactor.learn(password);
    const session = await openSession('member', credentials, createRecorder(http, redactor, clock), clock);
    return session.endpoint(type)?.replace(origin, '');
  } finally {
    await http.close();
  }
}

function version(id: string, href?: string): object {
  return {
    id,
    links:
      href === undefined
        ? []
        : [
            { rel: 'describedby', href: '/doc' },
            { rel: 'self', href },
          ],
  };
}
const list = (...versions: readonly object[]): [number, object] => [200, { versions }];
const one = (id: string, href?: string): [number, object] => [200, { version: version(id, href) }];
const nova21 = one('v2.1', 'http://inside.test/v2.1/');
const both = list(version('v2.0', 'http://inside.test/v2/'), version('v2.1', 'http://inside.test:8774/v2.1/'));

const found: readonly (readonly [string, string, string, Responses, string])[] = [
  ['a root that lists versions', 'compute', '/', { '/': both, '/v2.1/': nova21 }, '/v2.1'],
  [
    'a list with status 300',
    'block-storage',
    '/volume',
    {
      '/volume/': [300, { versions: [version('v3.0', 'https://inside.test/volume/v3/')] }],
      '/volume/v3/': list(version('v3.0')),
    },
    '/volume/v3/p1',
  ],
  [
    'a version that wants a token first',
    'block-storage',
    '/volume/',
    { '/volume/': list(version('v3.0', '/volume/v3/')), '/volume/v3/': [401, 'who?'] },
    '/volume/v3/p1',
  ],
  [
    'a prefix',
    'compute',
    '/compute/',
    { '/compute/': list(version('v2.1', 'http://x.test/compute/v2.1/')), '/compute/v2.1/': nova21 },
    '/compute/v2.1',
  ],
  [
    'a link without the prefix that the proxy takes away',
    'compute',
    '/compute',
    { '/compute/': both, '/compute/v2.1/': nova21 },
    '/compute/v2.1',
  ],
  [
    'a link to another path',
    'compute',
    '/a',
    { '/a/': list(version('v2.1', '/b/v2.1/')), '/b/v2.1/': nova21 },
    '/b/v2.1',
  ],
  [
    'a link with a word that is taken out of what is kept',
    'compute',
    '/a',
    { '/a/': list(version('v2.1', `/${password}/v2.1/`)), [`/${password}/v2.1/`]: nova21 },
    `/${password}/v2.1`,
  ],
  ['one version instead of a list', 'compute', '/', { '/': one('v2.1', '/v2.1/'), '/v2.1/': nova21 }, '/v2.1'],
  ['a list without links', 'compute', '/c', { '/c/': list(version('v2.1')), '/c/v2.1/': nova21 }, '/c/v2.1'],
  [
    'a link that is no URL of HTTP',
    'compute',
    '/c',
    { '/c/': list(version('v2.1', 'mailto:.evil.test/')), '/c/v2.1/': nova21 },
    '/c/v2.1',
  ],
  [
    'an older version in the catalogue',
    'block-storage',
    '/volume/v2/p1',
    { '/volume/': list(version('v3.0', '/volume/v3/')), '/volume/v3/': [401, ''] },
    '/volume/v3/p1',
  ],
];

test.each(found)('%s leads to the version, on the host of the catalogue', async (_, type, path, by, expected) => {
  expect(await endpointOf(type, path, by)).toBe(expected);
  expect(asked.join()).not.toContain('elsewhere');
});

test.each([
  ['compute', '/compute/v2.1/', '/compute/v2.1'],
  ['compute', '/v2.1/p1', '/v2.1/p1'],
  ['compute', '/v1/cloud/v2.1/p1/', '/v1/cloud/v2.1/p1'],
  ['block-storage', '/volume/v3/p1/', '/volume/v3/p1'],
  ['image', '/image/v2/', '/image'],
  ['image', '/image', '/image'],
  ['network', '/v2.0', ''],
])('the %s endpoint %s is taken as it is, and nobody is asked', async (type, path, expected) => {
  expect(await endpointOf(type, path, {})).toBe(expected);
  expect(asked).toEqual([]);
});

const remedy =
  'Set the right one by --os-compute-endpoint-override URL, or by compute_endpoint_override in clouds.yaml.';
const expected = 'a version document that leads to v2.1 was expected';
const refused: readonly (readonly [string, string, Responses, string])[] = [
  [
    'a page',
    '/c',
    { '/c/': [200, '<html>'] },
    `O/c/, the compute endpoint, answered 200 with "<html>"; ${expected}. ${remedy}`,
  ],
  [
    'nothing of use',
    '/c',
    { '/c/': [200, {}] },
    `O/c/, the compute endpoint, answered 200 with "{}"; ${expected}. ${remedy}`,
  ],
  ['404', '/c', {}, `O/c/, the compute endpoint, answered 404 with "nothing here"; ${expected}. ${remedy}`],
  ['a redirect', '/c', { '/c/': [302, ''] }, `O/c/, the compute endpoint, answered 302; ${expected}. ${remedy}`],
  [
    'a redirect with its place',
    '/c',
    { '/c/': [301, ''] },
    `O/c/, the compute endpoint, answered 301, a redirect to /elsewhere, which is not followed; ${expected}. ${remedy}`,
  ],
  [
    'other versions',
    '/c',
    { '/c/': list(version('v3.0'), version('v2.0')) },
    `O/c/, the compute endpoint, lists v3.0, v2.0 only; ${expected}. ${remedy}`,
  ],
  [
    'a version that is nowhere',
    '/c',
    { '/c/': list(version('v2.1', 'http://inside.test/v2.1/')) },
    `O/c/, the compute endpoint, leads to O/v2.1 and O/c/v2.1, where the Compute API was not found; ${expected}. ${remedy}`,
  ],
];

test.each(refused)('%s is told with what was expected and the mend', async (_, path, by, message) => {
  const error = await endpointOf('compute', path, by).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(EndpointError);
  expect((error as Error).message.replaceAll(origin, 'O')).toBe(message);
});

test('a blank that nobody can fill is told', async () => {
  const error = endpointOf('compute', '/c', {}, { compute_endpoint_override: 'http://c.test/v2.1/%(domain_id)s' });
  await expect(error).rejects.toThrow(
    '%(domain_id)s in the compute endpoint http://c.test/v2.1/%(domain_id)s cannot be replaced',
  );
});

test.each([
  ['http://h/compute/v2.1/p1', 'http://h/compute/v2.1'],
  ['http://h:8774/v2.1', 'http://h:8774/v2.1'],
  ['http://h/compute', 'http://h/compute'],
  ['https://h/v1/compute/v2.1//p1/', 'https://h/v1/compute/v2.1'],
  ['https://h:443/', 'https://h'],
])('the document of %s is at %s', (url, root) => expect(versionRoot(url)).toBe(root));
