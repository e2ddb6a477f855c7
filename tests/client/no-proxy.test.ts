/** Which hosts are reached without a proxy. */
import { expect, test } from 'vitest';
import { exceptions } from '../../src/client/no-proxy.ts';

const cases: readonly (readonly [noProxy: string, without: readonly string[], byProxy: readonly string[]])[] = [
  ['', [], ['http://10.1.2.3', 'http://localhost']],
  ['*', ['https://example.org', 'http://10.1.2.3', 'http://[::1]:8774'], []],
  ['10.0.0.0/8', ['http://10.1.2.3:5000', 'https://10.255.255.255'], ['http://11.0.0.1', 'http://ten.example']],
  ['192.168.1.0/24, fd00::/8', ['http://192.168.1.9', 'http://[fd12::1]'], ['http://192.168.2.9', 'http://[fe80::1]']],
  ['127.0.0.1', ['http://127.0.0.1:8774'], ['http://127.0.0.2']],
  ['127.0.0.1:5000', ['http://127.0.0.1:5000'], ['http://127.0.0.1:8774']],
  ['::1', ['http://[::1]:8774'], ['http://[::2]']],
  ['[::1]:5000', ['http://[::1]:5000'], ['http://[::1]:8774']],
  ['0:0:0:0:0:0:0:1', ['http://[::1]'], []],
  ['cloud.example', ['https://cloud.example', 'https://api.cloud.example'], ['https://mycloud.example']],
  ['.cloud.example', ['https://cloud.example', 'https://a.b.cloud.example'], ['https://cloud.example.org']],
  ['*.cloud.example', ['https://api.cloud.example'], ['https://example']],
  ['cloud.example:443', ['https://cloud.example'], ['https://cloud.example:5000', 'http://cloud.example']],
  ['CLOUD.example other.example', ['http://cloud.EXAMPLE', 'http://other.example'], ['http://third.example']],
  ['10.0.0.0/99, 10.0.0.0/', [], ['http://10.0.0.1']],
];

test.each(cases)('NO_PROXY=%j', (noProxy, without, byProxy) => {
  const isExcepted = exceptions(noProxy);
  expect(without.filter((url) => !isExcepted(new URL(url)))).toEqual([]);
  expect(byProxy.filter((url) => isExcepted(new URL(url)))).toEqual([]);
});
