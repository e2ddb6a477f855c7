/** The proxy between a client and somebody's own service: what goes in, what comes out. */
import { request as plainRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTamperingProxy, type TamperingProxy } from '../../cli/mutation-test/tampering-proxy.ts';
import type { Headers, SentRequest } from '../../src/client/exchange.ts';
import { createHttpClient, type HttpClient } from '../../src/client/http-client.ts';
import { range } from '../../src/microversion.ts';
import { proxied } from '../../src/mutation/proxied.ts';
import { recogniser } from '../../src/mutation/recognise.ts';
import { faultHeader } from '../../src/mutation/tampered.ts';
import { tamperedHeader } from '../../src/mutation/trial.ts';
import { speak, wire, type Loopback } from '../client/loopback.ts';
import { collection, contract, derived, faultOf, member } from './own-faults.ts';

const shown = '{"volumeAttachment":{"device":"/dev/vdb","é":"☃"}}';
const length = String(Buffer.byteLength(shown));
const response = [
  'HTTP/1.1 200 Fine',
  'Vary: A',
  'Content-Type: application/json',
  'Set-Cookie: a=1',
  'Vary: B',
  'Set-Cookie: b=2',
  'Date: Thu, 01 Jan 2026 00:00:00 GMT',
  'X-Odd:   blanks  around ',
  `Content-Length: ${length}`,
  'Keep-Alive: timeout=5',
  '',
  shown,
];

let service: Loopback;
let proxy: TamperingProxy;
let http: HttpClient;
let behind: HttpClient;

beforeAll(async () => {
  service = await speak((socket, request) => {
    if (request.includes('/gone/')) socket.destroy();
    else if (request.startsWith('DELETE')) socket.write(wire('HTTP/1.1 202 Accepted', 'Content-Length: 0', '', ''));
    else socket.write(wire(...response), 'utf8');
  });
  [http, behind] = [createHttpClient(), createHttpClient()];
  proxy = await startTamperingProxy({
    target: service.origin,
    faults: new Map(derived.map((fault) => [fault.id, fault])),
    recognise: recogniser({ contract, endpoint: `${service.origin}/v2.1`, range: range('2.1-2.104') }),
    http: behind,
  });
});
afterAll(async () => {
  await http.close();
  await proxy.close();
  await behind.close();
  await service.close();
});

interface Sending extends Partial<SentRequest> {
  readonly path: string;
  readonly fault?: string;
}

const sendTo =
  (origin: () => string) =>
  ({ path, method = 'GET', headers = [], body, fault }: Sending) =>
    http.send({
      method,
      url: origin() + path,
      headers: [...headers, ...(fault === undefined ? [] : [[faultHeader, fault] as const])],
      ...(body === undefined ? {} : { body }),
    });
const ask = sendTo(() => proxy.origin);
const askDirectly = sendTo(() => service.origin);

const sendings: readonly (readonly [string, Sending])[] = [
  ['a plain GET', { path: '/v2.1/servers' }],
  ['a query with odd characters', { path: `/v2.1${collection}?limit=%0A&b=%2F+&&c=&d` }],
  ['a path with odd characters', { path: '/v2.1/servers/%C3%A9%2F%20/os-volume_attachments' }],
  [
    'headers of its own, one of them twice',
    {
      path: '/v2.1/servers',
      headers: [
        ['x-auth-token', 'secret'],
        ['openstack-api-version', 'compute 2.79'],
        ['openstack-api-version', 'volume 3.50'],
        ['accept', 'application/json'],
      ],
    },
  ],
  [
    'a body',
    {
      method: 'POST',
      path: `/v2.1${collection}`,
      headers: [['content-type', 'application/json']],
      body: '{"é":\t"☃\\u0000"}',
    },
  ],
  ['an empty POST', { method: 'POST', path: `/v2.1${collection}` }],
  ['a GET with a body', { path: '/v2.1/servers', body: 'x' }],
  ['a method of its own', { method: 'PATCH', path: '/v2.1/servers', body: '{' }],
];

test.each(sendings)('%s reaches the service as if nobody stood between, and so does the reply', async (_, sending) => {
  const direct = await askDirectly(sending);
  const detour = await ask(sending);
  const marked = await ask({ ...sending, fault: 'derived:nobody-knows-it' });
  const [first, second, third] = service.received.slice(-3).map(parts);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(direct.response?.body).toBe(shown);
  expect(withoutConnection(detour.response?.headers)).toEqual(withoutConnection(direct.response?.headers));
  expect({ ...detour.response, headers: [] }).toEqual({ ...direct.response, headers: [] });
  expect(marked).toEqual(detour);
});

test('headers of the connection to the proxy are not handed on', async () => {
  await new Promise<void>((resolve, reject) => {
    const headers = { [faultHeader]: 'derived:x', te: 'trailers', 'keep-alive': 'timeout=9', accept: '*/*' };
    const request = plainRequest(`${proxy.origin}/v2.1/servers`, { headers }, (response) => {
      response.resume().on('end', resolve);
    });
    request.on('error', reject).end();
  });
  const { headers } = parts(service.received.at(-1) ?? '');
  const names = headers.map((line) => line.split(':')[0]);
  expect(names).toEqual(['accept', 'connection', 'host']);
  expect(headers).toContain(`host: ${new URL(service.origin).host}`);
});

test('a fault changes the reply and marks it', async () => {
  const { id } = faultOf('retypes-member:compute/show-volume-attachment:/volumeAttachment/device:2.1-2.69');
  const sending = { path: `/v2.1${member}` };
  const direct = await askDirectly(sending);
  const { response } = await ask({ ...sending, fault: id });
  expect(response?.status).toBe(200);
  expect(JSON.parse(response?.body ?? '')).toEqual({ volumeAttachment: { device: 12, é: '☃' } });
  const changed: Headers = [[tamperedHeader, id]];
  const others = (headers: Headers = []) => withoutConnection(headers).filter(([name]) => name !== 'content-length');
  expect(others(response?.headers)).toEqual([...others(direct.response?.headers), ...changed]);
  expect(response?.headers).toContainEqual(['content-length', String(Buffer.byteLength(response?.body ?? ''))]);
});

test.each([
  ['another operation', { path: `/v2.1${collection}` }],
  ['another microversion', { path: `/v2.1${member}`, headers: [['openstack-api-version', 'compute 2.70']] as const }],
  ['another service', { path: `/v3${member}` }],
])('a fault leaves %s alone', async (_, sending) => {
  const fault = faultOf('drops-member:compute/show-volume-attachment:/volumeAttachment/volumeId:2.1-2.69').id;
  const { response } = await ask({ ...sending, fault });
  expect(response?.body).toBe(shown);
  expect(response?.headers.map(([name]) => name)).not.toContain(tamperedHeader);
});

test('a success without a body can be given one', async () => {
  const fault = faultOf('adds-a-body:compute/detach-volume:2.1-2.101').id;
  const { response } = await ask({ method: 'DELETE', path: `/v2.1${member}`, fault });
  expect(response).toMatchObject({ status: 202, body: '{"osc":true}' });
});

test('what a fault answers itself never reaches the service', async () => {
  const fault = faultOf('refuses-member:compute/attach-volume:/volumeAttachment/volumeId:2.1-').id;
  const before = service.received.length;
  const body = '{"volumeAttachment":{"volumeId":"x"}}';
  const { response } = await ask({ method: 'POST', path: `/v2.1${collection}`, body, fault });
  expect(response?.status).toBe(400);
  expect(response?.headers).toContainEqual([tamperedHeader, fault]);
  expect(service.received).toHaveLength(before);
  await ask({ method: 'POST', path: `/v2.1${collection}`, body });
  expect(service.received).toHaveLength(before + 1);
});

test.each([undefined, faultOf('finds-anything:compute/show-volume-attachment:2.1-').id])(
  'where the service gives no reply, with the fault %s, the client gets none',
  async (fault) => {
    const path = '/v2.1/servers/gone/os-volume_attachments/gone/';
    const { response, failure } = await ask({ path, ...(fault === undefined ? {} : { fault }) });
    expect(response).toBeUndefined();
    expect(failure?.code).toMatch(/SOCKET|ECONNRESET/);
  },
);

test('only judged requests to the service make the detour', async () => {
  const seen: string[] = [];
  const client = {
    send: async ({ url }: { readonly url: string }) => ({ failure: { code: `${seen.push(url)}`, message: '' } }),
    close: async () => undefined,
  };
  const own = proxied(client, client, 'http://cloud.test:8774', 'http://proxy.test');
  const mark = [[faultHeader, 'x']] as const;
  await own.send({ method: 'GET', url: 'http://cloud.test:8774/v2.1?a=b', headers: mark });
  await own.send({ method: 'GET', url: 'http://cloud.test:8774/v2.1', headers: [] });
  await own.send({ method: 'GET', url: 'http://cloud.test:87740/v2.1', headers: mark });
  await own.send({ method: 'GET', url: 'http://cloud.test:8776/v3', headers: mark });
  expect(seen).toEqual([
    'http://proxy.test/v2.1?a=b',
    'http://cloud.test:8774/v2.1',
    'http://cloud.test:87740/v2.1',
    'http://cloud.test:8776/v3',
  ]);
});

/** A request as the service got it; the order of headers means nothing (RFC 9110, 5.3), that of one name does. */
function parts(received: string) {
  const [head = '', ...body] = received.split('\r\n\r\n');
  const [line, ...headers] = head.split('\r\n');
  const named = headers.map((one) => one.replace(/^[^:]*/, (name) => name.toLowerCase()));
  return { line, headers: named.sort(byName), body: body.join('\r\n\r\n') };
}

function byName(a: string, b: string): number {
  const [first = '', second = ''] = [a.split(':')[0], b.split(':')[0]];
  return first === second ? 0 : first < second ? -1 : 1;
}

function withoutConnection(headers: Headers = []): Headers {
  return headers.filter(([name]) => name !== 'connection' && name !== 'keep-alive');
}
