/** Signed-in identities: sign-in, renewal of tokens, and where the catalogue says that services are. */
import { expect, test } from 'vitest';
import { clientTimeouts } from '../../src/client/timeouts.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { createRecorder, type Recorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import type { JsonObject } from '../../src/json.ts';
import { credentialsFromCloud } from '../../src/target/cloud-entry.ts';
import { signIn, type Session } from '../../src/target/session.ts';
import { SignInError } from '../../src/target/sign-in-error.ts';

const start = Date.UTC(2026, 0, 1);
const lifetime = 3_600_000;
const catalog = [
  service(
    'compute',
    ['public', 'north', 'http://n.test/v2.1/'],
    ['public', 'south', 'http://s.test/v2.1'],
    ['internal', 'north', 'http://i.test'],
  ),
  service('volume', ['public', 'north', 'http://old.test']),
  service('volumev3', ['public', 'north', 'http://v3.test/p1']),
  service('image', ['admin', 'north', 'http://image.test']),
];

interface Keystone {
  readonly urls: string[];
  /** What it answers to the request of that number, from 0; a good token when left out. */
  readonly answer?: (index: number) => HttpOutcome | undefined | Promise<HttpOutcome>;
}

interface Play {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly clock: { time: number };
  readonly urls: readonly string[];
  readonly redact: (text: string) => string;
}

async function play(cloud: JsonObject = {}, answer: Keystone['answer'] = () => undefined): Promise<Play> {
  const clock = { time: start };
  const urls: string[] = [];
  const http = {
    send: async ({ url }: { readonly url: string }): Promise<HttpOutcome> => {
      urls.push(url);
      return (await answer(urls.length - 1)) ?? token(`a-token-${urls.length}`, clock.time + lifetime);
    },
    close: async () => undefined,
  };
  const redactor = createRedactor();
  const now = { now: () => clock.time };
  const auth = { auth_url: 'http://keystone.test/v3', username: 'ada', password: 'lovelace' };
  const credentials = credentialsFromCloud('cloud demo', { auth, ...cloud });
  const recorder = createRecorder(http, redactor, now, { pause: async () => undefined });
  const session = await signIn('member', credentials, recorder, now);
  return { session, recorder, clock, urls, redact: redactor.text };
}

test('a session knows its token, project, user and roles, and the redactor the token', async () => {
  const { session, redact } = await play();
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-1']]);
  expect(session).toMatchObject({ identity: 'member', projectId: 'p1', userId: 'u1', roles: ['member', 'reader'] });
  expect(redact('a-token-1')).not.toContain('a-token-1');
});

test('a token is kept until its reserve is reached, and renewed then', async () => {
  const { session, clock, urls, redact } = await play();
  clock.time = start + lifetime - clientTimeouts.tokenReserveMs - 1;
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-1']]);
  clock.time += 1;
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-2']]);
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-2']]);
  expect(urls).toHaveLength(2);
  expect(redact('a-token-2')).not.toContain('a-token-2');
});

test.each([
  ['with a clock that agrees', 0],
  ['with a clock of ours that is two hours fast', 7_200_000],
  ['with a clock of ours that is two hours slow', -7_200_000],
])('a short life has a short reserve, %s', async (_, skew) => {
  const life = 60_000;
  const { session, clock, urls } = await play({}, (index) =>
    token(`a-token-${index + 1}`, start - skew + life, start - skew),
  );
  clock.time = start + life * 0.75 - 1;
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-1']]);
  clock.time += 1;
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-2']]);
  expect(urls).toHaveLength(2);
});

test('a discarded token is renewed by the next who asks, and an older one discards nothing', async () => {
  const { session, urls } = await play();
  const old = await session.headers();
  session.discard(old);
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-2']]);
  session.discard(old);
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-2']]);
  expect(urls).toHaveLength(2);
});

test('a token that was given is used to its end and not renewed', async () => {
  const { session, clock, urls } = await play({ auth: { auth_url: 'http://keystone.test', token: 'given' } });
  clock.time = start + lifetime - 1;
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-1']]);
  clock.time += 1;
  await expect(session.headers()).rejects.toThrow(
    'The token of member (cloud demo) is no longer valid and cannot be renewed. Supply a new one, or a password or application credential instead.',
  );
  expect(session.renewable).toBe(false);
  expect(urls).toHaveLength(1);
});

test.each([
  [200, true],
  [401, false],
  [404, false],
  [503, undefined],
])('Keystone is asked about a token with itself: %i', async (status, expected) => {
  const { session, recorder } = await play({}, (index) => (index === 1 ? plain(status) : undefined));
  const told = await session.isGood(await session.headers(), recorder);
  expect(told?.good).toBe(expected);
  if (told) {
    expect(told.exchange.request).toMatchObject({ method: 'GET', url: 'http://keystone.test/v3/auth/tokens' });
    expect(JSON.stringify(told.exchange)).not.toContain('a-token-1');
  }
});

test('many who wait for a fresh token share one renewal', async () => {
  const { session, clock, urls } = await play();
  clock.time += lifetime;
  const all = await Promise.all(Array.from({ length: 50 }, () => session.headers()));
  expect(new Set(all.map(([header]) => header?.[1]))).toEqual(new Set(['a-token-2']));
  expect(urls).toHaveLength(2);
});

test('a renewal that fails fails for all who wait, and the next who asks tries again', async () => {
  const { session, clock, urls } = await play({}, (index) => (index === 1 ? plain(503) : undefined));
  clock.time += lifetime;
  const all = await Promise.allSettled([session.headers(), session.headers()]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await session.headers()).toEqual([['x-auth-token', 'a-token-3']]);
  expect(urls).toHaveLength(3);
});

const at = 'http://keystone.test/v3/auth/tokens';
const there = 'Set auth_url in cloud demo to the URL of Keystone, with or without /v3.';
const refusals: readonly (readonly [string, HttpOutcome, string])[] = [
  [
    '401',
    plain(401),
    `${at} answered 401 to the sign-in of member. Keystone does not accept this user, password, project and their domains together. Check cloud demo.`,
  ],
  [
    '403',
    plain(403),
    `${at} answered 403 to the sign-in of member. Keystone knows the credentials of cloud demo and refuses them. Check for a locked user or an expired password.`,
  ],
  [
    '503',
    plain(503),
    `${at} answered 503 to the sign-in of member. Keystone, or a proxy in front of it, has an error. Try again later, or ask its operator.`,
  ],
  ['300 of a version list', plain(300), `${at} answered 300 to the sign-in of member. ${there}`],
  [
    'a page',
    { response: { status: 200, headers: [], body: '<!doctype html>' } },
    `${at} answered 200 to the sign-in of member with HTML or XML, so this is not Keystone. ${there}`,
  ],
  [
    '201 without a token',
    { response: { status: 201, headers: [], body: '{}' } },
    `${at} answered the sign-in of member with no X-Subject-Token header. ${there}`,
  ],
  [
    'a body that is no JSON',
    { response: { status: 201, headers: [['x-subject-token', 't-123']], body: 'yes' } },
    `${at} answered the sign-in of member with a body that is not a token. ${there}`,
  ],
  [
    'a token that never ends',
    { response: { status: 201, headers: [['x-subject-token', 't-123']], body: '{"token":{"expires_at":null}}' } },
    `${at} answered the sign-in of member with a body that is not a token. ${there}`,
  ],
  [
    'nothing',
    { failure: { code: 'ECONNREFUSED', message: 'connect refused' } },
    `The sign-in of member at ${at} failed: keystone.test refused the connection (ECONNREFUSED: connect refused). Check the port of auth_url in cloud demo, and whether Keystone is running.`,
  ],
];

test.each(refusals)('a sign-in answered with %s is an error with its exchange', async (_, outcome, message) => {
  const error = await play({}, () => outcome).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SignInError);
  const id = 'failure' in outcome ? 'x3' : 'x1';
  expect(error).toMatchObject({ message, exchange: { id, purpose: 'sign-in', request: { body: '[redacted]' } } });
});

test.each([
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'has expired or is not valid yet'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "Hostname/IP does not match certificate's altnames",
    'its certificate is not for keystone.test',
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'Set the file of the authority by --os-cacert FILE'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'Set the file of the authority by'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'is not signed by a trusted authority'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number', 'has to begin with http: instead of https:'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND keystone.test', 'the host name keystone.test cannot be resolved'],
  ['UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error', 'raise --timeout-factor'],
  ['ECONNRESET', 'read ECONNRESET', 'has to begin with https:'],
  ['ODD', 'odd', 'there was no response (ODD: odd). Check auth_url in cloud demo'],
])('a sign-in that ends with %s says why, and what mends it', async (code, message, says) => {
  await expect(play({}, () => ({ failure: { code, message } }))).rejects.toThrow(says);
});

test.each([
  ['http://keystone.test/v3', 'http://keystone.test/v3/auth/tokens'],
  ['http://keystone.test/v3/', 'http://keystone.test/v3/auth/tokens'],
  ['http://keystone.test/identity', 'http://keystone.test/identity/v3/auth/tokens'],
  ['http://keystone.test:5000', 'http://keystone.test:5000/v3/auth/tokens'],
  ['http://keystone.test/v1/keystone/v3/', 'http://keystone.test/v1/keystone/v3/auth/tokens'],
  ['http://keystone.test:5000/v2.0', 'http://keystone.test:5000/v3/auth/tokens'],
])('signs in at %s by way of %s', async (auth_url, expected) => {
  const { urls } = await play({ auth: { auth_url, username: 'ada', password: 'lovelace' } });
  expect(urls).toEqual([expected]);
});

test('a redirect at sign-in is reported with where it leads', async () => {
  const headers = [['location', 'https://keystone.test/v3/auth/tokens']] as const;
  const moved = { response: { status: 301, headers, body: '<html>' } };
  await expect(play({}, () => moved)).rejects.toThrow(
    'answered 301 to the sign-in of member, a redirect to https://keystone.test/v3/auth/tokens',
  );
});

const endpoints: readonly (readonly [string, JsonObject, string, string | undefined])[] = [
  ['of a region, without its slash', { region_name: 'north' }, 'compute', 'http://n.test/v2.1'],
  ['of the region', { region_name: 'south' }, 'compute', 'http://s.test/v2.1'],
  ['of the interface', { interface: 'internal', region_name: 'north' }, 'compute', 'http://i.test'],
  ['none in a region that is not there', { region_name: 'east' }, 'compute', undefined],
  ['none where the interface is another', { region_name: 'north' }, 'image', undefined],
  ['the better of two other names', { region_name: 'north' }, 'block-storage', 'http://v3.test/p1'],
  ['none for a service that is not there', { region_name: 'north' }, 'network', undefined],
  ['the only region where none is named', { interface: 'internal' }, 'compute', 'http://i.test'],
  [
    'the first interface of a list that the service has',
    { interface: ['internal', 'public'], region_name: 'south' },
    'compute',
    'http://s.test/v2.1',
  ],
  [
    'the interface of a list that all services have before one that some have',
    { interface: 'internal,public', region_name: 'north' },
    'compute',
    'http://n.test/v2.1',
  ],
  [
    'an override before the catalogue',
    { compute_endpoint_override: 'http://mine.test/' },
    'compute',
    'http://mine.test',
  ],
  [
    'an override with the own project in its blanks',
    { compute_endpoint_override: 'http://mine.test/v2.1/%(project_id)s/$(tenant_id)s/$(user_id)s' },
    'compute',
    'http://mine.test/v2.1/p1/p1/u1',
  ],
  [
    'an override under another name',
    { volumev3_endpoint_override: 'http://mine.test' },
    'block-storage',
    'http://mine.test',
  ],
  [
    'an override though nobody signs in',
    { auth_type: 'none', endpoint: 'http://all.test/', volumev3_endpoint_override: 'http://mine.test/' },
    'block-storage',
    'http://mine.test',
  ],
  [
    'the one endpoint where nobody signs in',
    { auth_type: 'none', endpoint: 'http://all.test/' },
    'compute',
    'http://all.test',
  ],
];

test.each(endpoints)('finds an endpoint: %s', async (_, cloud, type, expected) => {
  const { session } = await play(cloud);
  expect(session.endpoint(type)).toBe(expected);
});

test('several regions and none named: an error that lists them with their services', async () => {
  const { session } = await play();
  expect(() => session.endpoint('compute')).toThrow(
    'cloud demo names no region, and the catalogue has several: north (compute, block-storage); south (compute). All services of a run are in one region. Choose it by --os-region-name, OS_REGION_NAME, or region_name in clouds.yaml.',
  );
});

test.each([
  [
    { region_name: 'East' },
    'compute',
    'no compute endpoint in region East: it has regions north, south. Choose one by',
  ],
  [{ region_name: 'south' }, 'image', 'no image endpoint in region south: it has region north.'],
  [
    { region_name: 'north' },
    'image',
    'no image endpoint in region north at interface public: it has interface admin. Choose one by --os-interface',
  ],
  [{ region_name: 'north' }, 'network', 'no network endpoint: it has compute, image, volume, volumev3. Have'],
])('a service that is not found by %j is reported with what there is', async (cloud, type, says) => {
  const { session } = await play(cloud);
  expect(Object.values(session.describeMissing(type)).join(' ')).toContain(says);
});

test('HTTP basic sends its header, nobody sends none, and neither signs in', async () => {
  const basic = await play({
    auth_type: 'http_basic',
    auth: { endpoint: 'http://a.test', username: 'ada', password: 'x' },
  });
  expect(await basic.session.headers()).toEqual([['authorization', 'Basic YWRhOng=']]);
  const nobody = await play({ auth_type: 'none', endpoint: 'http://a.test' });
  expect(await nobody.session.headers()).toEqual([]);
  expect([...basic.urls, ...nobody.urls]).toEqual([]);
});

function service(type: string, ...places: readonly (readonly [string, string, string])[]): JsonObject {
  return { type, endpoints: places.map(([face, region_id, url]) => ({ interface: face, region_id, url })) };
}

function token(text: string, expiresAt: number, issuedAt?: number): HttpOutcome {
  const body = {
    token: {
      ...(issuedAt === undefined ? {} : { issued_at: new Date(issuedAt).toISOString() }),
      expires_at: new Date(expiresAt).toISOString(),
      project: { id: 'p1' },
      user: { id: 'u1' },
      roles: [{ name: 'member' }, { name: 'reader' }, null],
      catalog,
    },
  };
  return { response: { status: 201, headers: [['x-subject-token', text]], body: JSON.stringify(body) } };
}

function plain(status: number): HttpOutcome {
  return { response: { status, headers: [], body: '' } };
}
