/** Secrets that a run has met are in nothing that leaves the recorder. */
import { expect, test } from 'vitest';
import type { Exchange, Headers, Purpose } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { createRecorder } from '../../src/client/recorder.ts';
import { receivedIn, sentIn } from '../../src/client/received.ts';
import { createRedactor, redacted } from '../../src/client/redaction.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';

const forms: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  'URL-encoded': (secret) => encodeURIComponent(secret),
  'URL-encoded in lower case': (secret) =>
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
  'URL-encoded as a form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON-escaped to ASCII': (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'HTML-escaped': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
};

const inBase64: Readonly<Record<string, (secret: string) => string>> = Object.fromEntries(
  ['', 'a', 'ab', 'ada:'].flatMap((before) => [
    [`base64 after "${before}"`, (secret) => Buffer.from(before + secret).toString('base64')],
    [`base64url after "${before}"`, (secret) => Buffer.from(`${before}${secret}?>`).toString('base64url')],
  ]),
);

test.each(Object.entries(inBase64))('text loses a secret that is written in %s', (_, write) => {
  const redactor = createRedactor();
  redactor.learn('pä>?ss<w>rd"1');
  const written = write('pä>?ss<w>rd"1');
  const text = redactor.text(`before ${written} after`);
  expect(text).toContain(redacted);
  expect(text.length).toBeLessThan(`before ${redacted} after`.length + 12);
});

test.each([
  ['a user in a URL', 'see https://ada:love@host/x', `see https://${redacted}@host/x`],
  ['a signed URL', 'http://h/x?temp_url_sig=abc123&expires=1', `http://h/x?temp_url_sig=${redacted}&expires=1`],
  ['a URL of a console', '"http://h/vnc?path=%3Ftoken%3Dab-1"', `"http://h/vnc?path=%3Ftoken%3D${redacted}"`],
  ['a path', 'http://h/os-console-auth-tokens/ab-1?x=1', `http://h/os-console-auth-tokens/${redacted}?x=1`],
  ['another', '"http://h/x?a=1&X-Amz-Signature=abc"', `"http://h/x?a=1&X-Amz-Signature=${redacted}"`],
  ['a password in JSON', '{"adminPass": "x\\"y", "id": "z"}', `{"adminPass": "${redacted}", "id": "z"}`],
  ['one in JSON inside JSON', '{"m": "{\\"password\\": \\"xyz\\"}"}', `{"m": "{\\"password\\": \\"${redacted}\\"}"}`],
])('%s is found by its place', (_, text, expected) => {
  expect(createRedactor().text(text)).toBe(expected);
});

const awkward = [
  'p&ss<w>rd"1',
  'pä$$ wörd',
  'a+b/c=d e%f',
  'back\\slash\n"line',
  '(.*)+[x]{2}^$|?',
  'correct horse',
  '密码密码密码密码',
] as const;

const rows = Object.entries(forms).flatMap(([form, write]) =>
  awkward.map((secret) => ({ form, secret, written: write(secret) })),
);

test.each(rows)('text loses the secret $secret, $form', ({ secret, written }) => {
  const redactor = createRedactor();
  redactor.learn(secret);
  expect(redactor.text(`before ${written} after ${written}`)).toBe(`before ${redacted} after ${redacted}`);
});

test.each([
  'x-auth-token',
  'x-subject-token',
  'x-service-token',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
])('the header %s loses its value though nobody has learned it', (name) => {
  expect(createRedactor().headers([[name, 'never seen before']])).toEqual([[name, redacted]]);
});

test('a text that is no secret stays as it is, letter by letter', () => {
  const redactor = createRedactor();
  redactor.learn('secret-1');
  const text = 'secret-2, Secret-1 and secret 1 are other words';
  expect(redactor.text(text)).toBe(text);
});

test.each([
  '',
  '1',
  'abc',
  'null',
  'device',
  'compute',
  'available',
  'block-storage',
  '2.104',
  '127.0.0.1',
  '20261129',
])('the secret "%s", which stands in texts that are no secrets, is not taken out of them', (secret) => {
  const redactor = createRedactor();
  redactor.learn(secret);
  const text = `{"${secret}": "of ${secret}/v2.1"}`;
  expect(redactor.text(text)).toBe(text);
  expect(redactor.text(`{"password": "${secret}x"}`)).toBe(`{"password": "${redacted}"}`);
  expect(redactor.headers([['x-auth-token', secret]])).toEqual([['x-auth-token', redacted]]);
});

test('values of any form lose what stands in members that hold secrets, and learned secrets anywhere', () => {
  const redactor = createRedactor();
  redactor.learn('s3cret-of-many-letters');
  const value = { adminPass: 'abc', list: [{ a: 'x s3cret-of-many-letters y', n: 1, none: null, yes: true }] };
  expect(redactor.value(value)).toEqual({
    adminPass: redacted,
    list: [{ a: `x ${redacted} y`, n: 1, none: null, yes: true }],
  });
});

test('an exchange says where secrets were taken out, and is judged by what was received', async () => {
  const secret = 's3cret-of-many-letters';
  const redactor = createRedactor();
  redactor.learn(secret);
  const response = { status: 200, headers: [['x-echo', secret]] as Headers, body: `{"echo": "${secret}"}` };
  const recorder = createRecorder({ send: async () => ({ response }), close: async () => undefined }, redactor, {
    now: () => 0,
  });
  const request = { method: 'GET', url: `http://example.test/${secret}`, headers: [['x-auth-token', 't']] as Headers };
  const { exchange } = await recorder.send({ purpose: 'act', identity: 'member', request });
  expect(exchange.redacted).toEqual(['request url', 'response headers', 'response body']);
  expect(JSON.stringify(exchange)).not.toContain(secret);
  expect(receivedIn(exchange)).toEqual(response);
  expect(sentIn(exchange)).toEqual(request);
  for (const purpose of ['discovery', 'clean-up', 'sign-in'] as const) {
    const found = await recorder.send({ purpose, identity: 'member', request });
    expect(JSON.stringify(found.exchange)).not.toContain(secret);
    const isWhole = JSON.stringify(receivedIn(found.exchange)).includes(secret);
    expect(isWhole, purpose).toBe(purpose !== 'sign-in');
  }
});

test('an exchange that has lost nothing but its token says nothing of it', async () => {
  const kept = await record({ response: { status: 200, headers: [], body: '{}' } }, 'act', '{}');
  expect(kept).not.toHaveProperty('redacted');
});

test('of two secrets the longer one goes as a whole', () => {
  const redactor = createRedactor();
  redactor.learn('hunter-12');
  redactor.learn('hunter-12-and-more');
  expect(redactor.text('hunter-12-and-more, hunter-12')).toBe(`${redacted}, ${redacted}`);
});

test('a secret that is no well-formed text is learned without an error', () => {
  const redactor = createRedactor();
  redactor.learn('half\ud800pair');
  expect(redactor.text('a half\ud800pair b')).toBe(`a ${redacted} b`);
});

test('the request body of a sign-in goes as a whole', async () => {
  const kept = await record({ response: { status: 201, headers: [], body: '{}' } }, 'sign-in', 'unlearned');
  expect(kept.request.body).toBe(redacted);
});

test('a token that a sign-in hands out is not in its own body either', async () => {
  const token = 'gAAAAAB-fresh-token';
  const response = {
    status: 201,
    headers: [['x-subject-token', token]] as Headers,
    body: `{"token":{"id":"${token}"}}`,
  };
  const kept = await record({ response }, 'sign-in', '{}');
  expect(JSON.stringify(kept)).not.toContain(token);
});

test.each(seeds(80))('nothing planted leaves the recorder, seed %i', async (seed) => {
  const random = seededRandom(seed);
  const secrets = Array.from({ length: 1 + random.below(4) }, () => randomSecret(random));
  const plant = (): string => noise(random, secrets);
  const headers = (): Headers => [
    ['x-auth-token', plant()],
    ['x-odd', plant()],
    ['location', `http://example.test/${plant()}`],
  ];
  const outcome: HttpOutcome = random.chance(0.5)
    ? { response: { status: 200, headers: headers(), body: plant() } }
    : { failure: { code: 'ECONNRESET', message: plant() } };
  const redactor = createRedactor();
  for (const secret of secrets) redactor.learn(secret);
  const recorder = createRecorder({ send: async () => outcome, close: async () => undefined }, redactor, {
    now: () => 0,
  });
  const request = { method: 'POST', url: `http://example.test/?q=${plant()}`, headers: headers(), body: plant() };
  const { exchange } = await recorder.send({ purpose: 'act', identity: 'member', request });
  const texts = textsIn(exchange);
  for (const secret of secrets) {
    for (const [form, write] of Object.entries(forms)) {
      expect(
        texts.filter((text) => text.includes(write(secret))),
        `${form} of ${secret}`,
      ).toEqual([]);
    }
  }
  expect(texts.some((text) => text.includes(redacted))).toBe(true);
});

test('what the module that asked gets back is whole', async () => {
  const redactor = createRedactor();
  redactor.learn('token-1');
  const response = { status: 201, headers: [['x-subject-token', 'token-1']] as Headers, body: '' };
  const recorder = createRecorder({ send: async () => ({ response }), close: async () => undefined }, redactor, {
    now: () => 0,
  });
  const request = { method: 'GET', url: 'http://example.test/', headers: [] };
  const { outcome } = await recorder.send({ purpose: 'sign-in', identity: 'member', request });
  expect(outcome.response).toEqual(response);
});

async function record(outcome: HttpOutcome, purpose: Purpose, body: string): Promise<Exchange> {
  const recorder = createRecorder({ send: async () => outcome, close: async () => undefined }, createRedactor(), {
    now: () => 0,
  });
  const request = { method: 'POST', url: 'http://example.test/v3/auth/tokens', headers: [], body };
  return (await recorder.send({ purpose, identity: 'member', request })).exchange;
}

const letters = [...'abcXYZ019 -_/+=%&<>"\'\\\n\t.*?()[]{}^$|äß密'] as unknown as readonly [string, ...string[]];

function randomSecret(random: Random): string {
  // One digit at least, or it could be of words alone.
  return `7${Array.from({ length: 9 + random.below(12) }, () => random.pick(letters)).join('')}`;
}

/** Every secret once in some form, among other text; nothing beside them can make up a secret. */
function noise(random: Random, secrets: readonly string[]): string {
  const writers = Object.values(forms) as unknown as readonly [
    (secret: string) => string,
    ...((s: string) => string)[],
  ];
  const planted = secrets.map((secret) => random.pick(writers)(secret));
  return planted.map((text) => `~~${text}~~`).join(' text ');
}

function textsIn(exchange: Exchange): readonly string[] {
  const { request, response, failure } = exchange;
  return [
    request.url,
    request.body ?? '',
    response?.body ?? '',
    failure?.message ?? '',
    ...[...request.headers, ...(response?.headers ?? [])].flat(),
  ];
}
