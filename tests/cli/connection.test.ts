/** TLS settings and proxies: certificate checks per identity, the choice of a proxy, and unusable files. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type Server as PlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectionOf, proxiesOf, proxySecrets } from '../../cli/run/connection.ts';
import { createHttpClient, type HttpClientOptions } from '../../src/client/http-client.ts';
import { credentialsFromCloud } from '../../src/target/cloud-entry.ts';
import { connect } from 'node:net';
import { temporaryFolder } from './run-child.ts';

const folder = temporaryFolder();
const cert = join(folder, 'cert.pem');
const key = join(folder, 'key.pem');
const both = join(folder, 'both.pem');
let server: Server;
let strict: Server;
let plain: PlainServer;
let proxy: PlainServer;
const through: string[] = [];

beforeAll(async () => {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', [...made, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  const [certText, keyText] = [readFileSync(cert, 'utf8'), readFileSync(key, 'utf8')];
  writeFileSync(both, certText + keyText);
  const tls = { cert: certText, key: keyText };
  server = createServer(tls, (_, response) => response.end('tls'));
  strict = createServer({ ...tls, ca: certText, requestCert: true }, (_, response) => response.end('known'));
  plain = createPlainServer((_, response) => response.end('plain'));
  proxy = createPlainServer();
  proxy.on('connect', (request, socket) => {
    through.push(request.url ?? '');
    const [, port] = (request.url ?? '').split(':');
    const behind = connect(Number(port), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
    behind.pipe(socket).pipe(behind);
  });
  for (const one of [server, strict, plain, proxy]) {
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  }
});
afterAll(() => {
  for (const one of [server, strict, plain, proxy]) {
    one.closeAllConnections();
    one.close();
  }
});

const user = { auth_url: 'https://keystone.test', username: 'ada', password: 'lovelace' };
const member = (tls: object) => credentialsFromCloud('cloud demo', { auth: user, ...tls });

async function ask(
  options: HttpClientOptions,
  url: string,
  ...identities: readonly string[]
): Promise<readonly string[]> {
  const http = createHttpClient(options);
  try {
    const sent = { method: 'GET', url, headers: [['x-a', '1']] as const };
    const outcomes = [];
    for (const identity of identities) outcomes.push(await http.send(sent, identity));
    return outcomes.map(({ response, failure }) => response?.body ?? failure?.code ?? '');
  } finally {
    await http.close();
  }
}

test('a tilde in the name of a PEM file is the home folder of the user', () => {
  vi.stubEnv('HOME', folder);
  const { tls } = connectionOf({ member: member({ cacert: '~/cert.pem' }) }, false);
  vi.unstubAllEnvs();
  expect(tls?.member?.ca).toBe(readFileSync(cert, 'utf8'));
});

test('each identity has its own trusted certificates', async () => {
  const options = connectionOf(
    { member: member({}), reader: member({ verify: 'false' }), other: member({ cacert: cert }) },
    false,
  );
  const seen = await ask(options, at(server), 'reader', 'other', 'member', 'unknown', 'reader');
  expect(seen).toEqual(['tls', 'tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls']);
});

test.each([
  ['a file for each', { cert, key }],
  ['one file for both', { cert: both }],
])('a client certificate is sent: %s', async (_, own) => {
  const options = connectionOf({ member: member({ cacert: cert, ...own }), reader: member({ cacert: cert }) }, false);
  const [known, unknown] = await ask(options, at(strict), 'member', 'reader');
  expect(known).toBe('known');
  expect(unknown).not.toBe('known');
});

test('the proxy is used except for hosts in NO_PROXY', async () => {
  const address = `http://127.0.0.1:${portOf(proxy)}`;
  through.length = 0;
  const tls = { member: { insecure: true } };
  const both = { tls, proxies: proxiesOf({ HTTP_PROXY: address, https_proxy: address }) };
  expect(await ask(both, at(plain), 'member')).toEqual(['plain']);
  expect(await ask(both, at(server), 'member')).toEqual(['tls']);
  expect(through).toEqual([`127.0.0.1:${portOf(plain)}`, `127.0.0.1:${portOf(server)}`]);
  const except = { tls, proxies: proxiesOf({ HTTP_PROXY: address, HTTPS_PROXY: address, no_proxy: '127.0.0.1' }) };
  expect(await ask(except, at(plain), 'member')).toEqual(['plain']);
  expect(through).toHaveLength(2);
});

test('certificates are also checked through a proxy', async () => {
  const proxies = proxiesOf({ HTTPS_PROXY: `127.0.0.1:${portOf(proxy)}` });
  expect(await ask({ proxies }, at(server), 'member')).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT']);
  expect(
    await ask({ proxies, tls: { member: { insecure: false, ca: readFileSync(cert, 'utf8') } } }, at(server), 'member'),
  ).toEqual(['tls']);
});

test('the embedded cloud is reached without a proxy', () => {
  expect(connectionOf({ member: member({}) }, true)).toEqual({ tls: { member: { insecure: false } } });
});

test('lower case takes precedence, an empty variable counts as unset, and a password in a URL is a secret', () => {
  expect(proxiesOf({ HTTP_PROXY: 'http://a:1', http_proxy: 'http://b:2', HTTPS_PROXY: '', NO_PROXY: 'x' })).toEqual({
    http: 'http://b:2',
    except: 'x',
  });
  expect(proxiesOf({ ALL_PROXY: 'http://a:1', https_proxy: 'http://b:2' })).toEqual({
    http: 'http://a:1',
    https: 'http://b:2',
  });
  expect(() => proxiesOf({ all_proxy: 'socks5://a:1', http_proxy: 'http://b:2' })).toThrow(
    'all_proxy is not the URL of an HTTP proxy. Set it to http://HOST:PORT, or unset it.',
  );
  expect(proxySecrets({ http: 'http://ada:love%20lace@a:1' })).toEqual([
    'love%20lace',
    'love lace',
    'YWRhOmxvdmUgbGFjZQ==',
  ]);
  expect(() => proxiesOf({ HTTPS_PROXY: 'ftp://ada:secret@proxy' })).toThrow(
    'HTTPS_PROXY is not the URL of an HTTP proxy. Set it to http://HOST:PORT, or unset it.',
  );
});

test.each([
  [
    'is missing',
    { cacert: '/nowhere.pem' },
    'cloud demo: cacert (OS_CACERT) names /nowhere.pem, which cannot be read (ENOENT)',
  ],
  ['is not PEM', { cacert: join(folder, 'odd') }, 'which is not a PEM file'],
  ['is a damaged PEM', { cacert: join(folder, 'damaged') }, 'which cannot be used ('],
  ['has no key', { cert }, 'cloud demo: cert (OS_CERT) names'],
  ['has another key', { cert, key: join(folder, 'odd-key') }, 'cloud demo: key (OS_KEY) names'],
])('a file that %s is reported with its name and its field', (_, tls, expected) => {
  writeFileSync(join(folder, 'odd'), 'hello');
  writeFileSync(join(folder, 'damaged'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  writeFileSync(join(folder, 'odd-key'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
  expect(() => connectionOf({ member: member(tls) }, false)).toThrow(expected);
});

function portOf(one: Server | PlainServer): number {
  return (one.address() as AddressInfo).port;
}

function at(one: Server | PlainServer): string {
  return `${one === plain ? 'http' : 'https'}://127.0.0.1:${portOf(one)}/`;
}
