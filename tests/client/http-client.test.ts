/** What an HTTP client makes of answers good and bad, byte by byte. */
import type { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import { createHttpClient, type HttpOutcome } from '../../src/client/http-client.ts';
import { speak, wire, type Loopback } from './loopback.ts';

const limits = vi.hoisted(() => ({
  connectMs: 2_000,
  responseMs: 1_000,
  idleMs: 300,
  headerBytes: 4_096,
  bodyBytes: 10_000,
  tokenReserveMs: 120_000,
}));
vi.mock('../../src/client/timeouts.ts', () => ({ clientTimeouts: limits }));

type Respond = (socket: Socket, request: string) => void;

/** Sends one request to a server that answers so. */
async function ask(respond: Respond, request: Partial<SentRequest> = {}): Promise<[HttpOutcome, Loopback]> {
  const server = await speak(respond);
  const http = createHttpClient();
  try {
    const outcome = await http.send({ method: 'GET', url: `${server.origin}/thing?a=1`, headers: [], ...request });
    return [outcome, server];
  } finally {
    await http.close();
    await server.close();
  }
}

const say =
  (...lines: readonly string[]): Respond =>
  (socket) =>
    socket.write(wire(...lines));
const sayAndEnd =
  (...lines: readonly string[]): Respond =>
  (socket) =>
    socket.end(wire(...lines));

interface Row {
  readonly name: string;
  readonly respond: Respond;
  readonly expected: object;
}

const answered: readonly Row[] = [
  {
    name: 'header names come in lower case, values as they are, in the order of the wire',
    respond: say('HTTP/1.1 200 OK', 'X-Second: B', 'Content-LENGTH: 2', 'x-First:  a b  ', '', 'hi'),
    expected: {
      status: 200,
      headers: [
        ['x-second', 'B'],
        ['content-length', '2'],
        ['x-first', 'a b'],
      ],
      body: 'hi',
    },
  },
  {
    name: 'repeated headers stay apart',
    respond: say('HTTP/1.1 200 OK', 'Vary: a', 'Content-Length: 0', 'Vary: b', '', ''),
    expected: {
      status: 200,
      headers: [
        ['vary', 'a'],
        ['content-length', '0'],
        ['vary', 'b'],
      ],
      body: '',
    },
  },
  {
    name: 'a body in chunks is put together',
    respond: say('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '3', 'one', '4', ' two', '0', '', ''),
    expected: { status: 200, headers: [['transfer-encoding', 'chunked']], body: 'one two' },
  },
  {
    name: 'a body that ends with the connection is whole',
    respond: sayAndEnd('HTTP/1.0 200 OK', '', 'to the end'),
    expected: { status: 200, headers: [], body: 'to the end' },
  },
  {
    name: 'a redirect is an answer and is not followed',
    respond: say('HTTP/1.1 302 Found', 'Location: /elsewhere', 'Content-Length: 0', '', ''),
    expected: {
      status: 302,
      headers: [
        ['location', '/elsewhere'],
        ['content-length', '0'],
      ],
      body: '',
    },
  },
  {
    name: 'a compressed body is not decoded',
    respond: say('HTTP/1.1 200 OK', 'Content-Encoding: gzip', 'Content-Length: 5', '', 'plain'),
    expected: {
      status: 200,
      headers: [
        ['content-encoding', 'gzip'],
        ['content-length', '5'],
      ],
      body: 'plain',
    },
  },
  {
    name: 'letters of a header beyond ASCII are read as Latin-1',
    respond: (socket) =>
      socket.write(Buffer.from(wire('HTTP/1.1 200 OK', 'X-Name: \xe4', 'Content-Length: 0', '', ''), 'latin1')),
    expected: {
      status: 200,
      headers: [
        ['x-name', 'ä'],
        ['content-length', '0'],
      ],
      body: '',
    },
  },
  {
    name: 'bytes that are no UTF-8 become replacement characters',
    respond: (socket) => {
      socket.write(wire('HTTP/1.1 200 OK', 'Content-Length: 2', '', ''));
      socket.write(Buffer.from([0xff, 0x41]));
    },
    expected: { status: 200, headers: [['content-length', '2']], body: '\ufffdA' },
  },
  {
    name: 'an error status is an answer like any other',
    respond: say('HTTP/1.1 500 Oops', 'Content-Length: 4', '', 'oops'),
    expected: { status: 500, headers: [['content-length', '4']], body: 'oops' },
  },
];

test.each(answered)('$name', async ({ respond, expected }) => {
  const [outcome, server] = await ask(respond);
  expect(outcome).toEqual({ response: expected });
  expect(server.received).toHaveLength(1);
});

const failed: readonly (Omit<Row, 'expected'> & { readonly code: RegExp })[] = [
  { name: 'a connection that is closed before an answer', respond: (socket) => socket.end(), code: /^UND_ERR_SOCKET$/ },
  {
    name: 'a connection that is reset',
    respond: (socket) => socket.resetAndDestroy(),
    code: /^(ECONNRESET|UND_ERR_SOCKET)$/,
  },
  {
    name: 'a body that ends before the length it told',
    respond: sayAndEnd('HTTP/1.1 200 OK', 'Content-Length: 100', '', 'short'),
    code: /^(UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/,
  },
  {
    name: 'chunks that end in the middle',
    respond: sayAndEnd('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '10', 'half'),
    code: /^(UND_ERR_SOCKET|HPE_.*)$/,
  },
  { name: 'an answer that is no HTTP', respond: sayAndEnd('SSH-2.0-OpenSSH_9.2', ''), code: /^HTTPParserError$/ },
  {
    name: 'headers beyond the limit',
    respond: say('HTTP/1.1 200 OK', `X-Long: ${'x'.repeat(limits.headerBytes)}`, 'Content-Length: 0', '', ''),
    code: /^UND_ERR_HEADERS_OVERFLOW$/,
  },
  { name: 'silence instead of an answer', respond: () => undefined, code: /^(TIMEOUT|UND_ERR_HEADERS_TIMEOUT)$/ },
  {
    name: 'a body that stops coming',
    respond: say('HTTP/1.1 200 OK', 'Content-Length: 100', '', 'and then'),
    code: /^(TIMEOUT|UND_ERR_BODY_TIMEOUT)$/,
  },
];

test.each(failed)('$name is a failure, never a response', async ({ respond, code }) => {
  const [outcome] = await ask(respond);
  expect(outcome.response).toBeUndefined();
  expect(outcome.failure?.code).toMatch(code);
  expect(outcome.failure?.message).not.toBe('');
});

test('a body that drips without end is a failure when the time for a response is over', async () => {
  const timers: NodeJS.Timeout[] = [];
  const [outcome] = await ask((socket) => {
    socket.write(wire('HTTP/1.1 200 OK', 'Content-Length: 100000', '', ''));
    timers.push(setInterval(() => socket.write('x'), 20));
  });
  timers.forEach(clearInterval);
  expect(outcome.failure).toEqual({ code: 'TIMEOUT', message: 'No complete response within 1000 ms' });
});

test('a port on which nobody listens is a refused connection', async () => {
  const server = await speak(() => undefined);
  await server.close();
  const http = createHttpClient();
  const outcome = await http.send({ method: 'GET', url: `${server.origin}/`, headers: [] });
  await http.close();
  expect(outcome.failure?.code).toBe('ECONNREFUSED');
});

test.each([
  ['a URL that is none', { url: 'not a url' }],
  ['a header value with a line break', { headers: [['x-odd', 'a\r\nb: c']] as const }],
])('%s is a failure, never an exception', async (_, request) => {
  const [outcome, server] = await ask(say('HTTP/1.1 200 OK', 'Content-Length: 0', '', ''), request);
  expect(outcome.failure?.message).toMatch(/\w/);
  expect(server.received).toEqual([]);
});

test('a body of exactly the limit is kept whole', async () => {
  const body = 'x'.repeat(limits.bodyBytes);
  const [{ response }] = await ask(say('HTTP/1.1 200 OK', `Content-Length: ${body.length}`, '', body));
  expect(response?.body).toBe(body);
  expect(response).not.toHaveProperty('truncatedBytes');
});

const beyond = 2_345;

test.each([
  ['that tells its length', `Content-Length: ${limits.bodyBytes + beyond}`, beyond],
  ['that ends with the connection', 'Connection: close', 1],
])('a body beyond the limit %s is cut there, and the rest is counted', async (_, header, least) => {
  const whole = 'x'.repeat(limits.bodyBytes + beyond);
  const [{ response }] = await ask(sayAndEnd('HTTP/1.1 200 OK', header, '', whole));
  expect(response?.body.length).toBe(limits.bodyBytes);
  expect(response?.truncatedBytes).toBeGreaterThanOrEqual(least);
  expect(response?.truncatedBytes).toBeLessThanOrEqual(beyond);
});

test('an endless body ends at the limit', async () => {
  const timers: NodeJS.Timeout[] = [];
  const [{ response }] = await ask((socket) => {
    socket.write(wire('HTTP/1.1 200 OK', 'Connection: close', '', ''));
    timers.push(setInterval(() => socket.write('x'.repeat(1_000)), 1));
  });
  timers.forEach(clearInterval);
  expect(response?.body).toHaveLength(limits.bodyBytes);
  expect(response?.truncatedBytes).toBeGreaterThan(0);
});

test('method, path, query, headers and body arrive as they were given', async () => {
  const [, server] = await ask(say('HTTP/1.1 204 No Content', '', ''), {
    method: 'PUT',
    headers: [
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
    ],
    body: '{"a":"ä"}',
  });
  const [head, body] = (server.received[0] ?? '').split('\r\n\r\n');
  expect(head?.split('\r\n')).toEqual([
    'PUT /thing?a=1 HTTP/1.1',
    expect.stringMatching(/^host: 127\.0\.0\.1:\d+$/),
    'connection: keep-alive',
    'accept: application/json',
    'content-type: application/json',
    'content-length: 10',
  ]);
  expect(Buffer.from(body ?? '', 'latin1').toString('utf8')).toBe('{"a":"ä"}');
});

test('a client that closes while it waits gives a failure to who waits', async () => {
  const http = createHttpClient();
  const server = await speak(() => void http.close());
  const outcome = await http.send({ method: 'GET', url: server.origin, headers: [] });
  await server.close();
  expect(outcome.failure?.code).toBe('UND_ERR_DESTROYED');
});
