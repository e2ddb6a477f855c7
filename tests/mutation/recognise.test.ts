/** Which documented operation a request is, and at which microversion. */
import { expect, test } from 'vitest';
import type { Headers } from '../../src/client/exchange.ts';
import { formatMicroversion, range } from '../../src/microversion.ts';
import { recogniser } from '../../src/mutation/recognise.ts';
import { collection, contract, endpoint, member, recognise, requestFor, server, volume } from './own-faults.ts';

const other = '33333333-3333-4333-8333-333333333333';
const replacing = { volumeAttachment: { volumeId: other } };
const keeping = { volumeAttachment: { volumeId: volume } };

test.each([
  ['GET', collection, 'compute/list-volume-attachments'],
  ['GET', `${collection}?limit=1&foo`, 'compute/list-volume-attachments'],
  ['POST', collection, 'compute/attach-volume'],
  ['GET', member, 'compute/show-volume-attachment'],
  ['DELETE', member, 'compute/detach-volume'],
  ['GET', `/servers/%20/os-volume_attachments`, 'compute/list-volume-attachments'],
  ['PATCH', collection, undefined],
  ['HEAD', collection, undefined],
  ['GET', `/servers/${server}`, 'compute/show-server-details'],
  ['GET', `/flavors/${server}`, undefined],
  ['GET', `${member}/more`, undefined],
  ['GET', `${collection}/`, undefined],
  ['GET', `/servers//os-volume_attachments`, undefined],
  ['GET', `/os-volume_attachments`, undefined],
])('%s %s is %s', (method, path, operation) => {
  expect(recognise(requestFor({ method, path }))?.operation).toBe(operation);
});

test('the names in the path come with their values', () => {
  expect(recognise(requestFor({ method: 'GET', path: member }))?.path).toEqual({
    server_id: server,
    volume_id: volume,
  });
});

test.each([
  ['another volume at 2.84', '2.84', replacing, 'compute/swap-volume'],
  ['another volume at 2.85', '2.85', replacing, 'compute/swap-volume'],
  ['another volume at the newest', 'latest', replacing, 'compute/swap-volume'],
  ['the same volume where only the swap exists', '2.84', keeping, 'compute/swap-volume'],
  ['the same volume at 2.85', '2.85', keeping, 'compute/update-volume-attachment'],
  ['the same volume at the newest', 'latest', keeping, 'compute/update-volume-attachment'],
  ['no volume', '2.85', { volumeAttachment: {} }, 'compute/update-volume-attachment'],
  ['a number for a volume', '2.85', { volumeAttachment: { volumeId: 5 } }, 'compute/update-volume-attachment'],
  ['no body', '2.85', undefined, 'compute/update-volume-attachment'],
  ['another volume at a version out of range', '2.999', replacing, 'compute/swap-volume'],
  ['the same volume at a version out of range', '2.999', keeping, 'compute/update-volume-attachment'],
] as const)('PUT with %s is recognised', (_, version, body, operation) => {
  const asking = { method: 'PUT', path: member, version, ...(body ? { body } : {}) };
  expect(recognise(requestFor(asking))?.operation).toBe(operation);
});

test('PUT with a body that is no JSON is an update where there is one', () => {
  const asked = recognise(requestFor({ method: 'PUT', path: member, version: '2.85', raw: '{"volumeAttachment"' }));
  expect(asked?.operation).toBe('compute/update-volume-attachment');
});

const newer = 'openstack-api-version';
const older = 'x-openstack-nova-api-version';
const versions: readonly (readonly [string, Headers, string, boolean])[] = [
  ['no header', [], '2.1', false],
  ['a version', [[newer, 'compute 2.79']], '2.79', false],
  ['capitals in the name of the service', [[newer, 'Compute 2.79']], '2.79', false],
  ['blanks around', [[newer, '  compute   2.79 ']], '2.79', false],
  ['the first version', [[newer, 'compute 2.1']], '2.1', false],
  ['the last version', [[newer, 'compute 2.104']], '2.104', false],
  ['latest', [[newer, 'compute latest']], '2.104', false],
  ['the older header', [[older, '2.60']], '2.60', false],
  ['latest in the older header', [[older, 'latest']], '2.104', false],
  [
    'both headers',
    [
      [older, '2.60'],
      [newer, 'compute 2.79'],
    ],
    '2.79',
    false,
  ],
  ['another service', [[newer, 'volume 3.50']], '2.1', false],
  [
    'another service, and the older header',
    [
      [newer, 'volume 3.50'],
      [older, '2.60'],
    ],
    '2.60',
    false,
  ],
  ['a list', [[newer, 'volume 3.50, compute 2.79']], '2.79', false],
  ['a list with the service twice', [[newer, 'compute 2.60,compute 2.79']], '2.79', false],
  [
    'the header twice',
    [
      [newer, 'compute 2.79'],
      [newer, 'volume 3.50'],
    ],
    '2.79',
    false,
  ],
  ['a version too new', [[newer, 'compute 2.105']], '2.104', true],
  ['a version too old', [[newer, 'compute 2.0']], '2.104', true],
  ['another major version', [[newer, 'compute 3.1']], '2.104', true],
  ['no number', [[newer, 'compute newest']], '2.104', true],
  ['a leading zero', [[newer, 'compute 2.079']], '2.104', true],
  ['three parts', [[newer, 'compute 2.7.9']], '2.104', true],
  ['a version too new in the older header', [[older, '2.999']], '2.104', true],
  ['nothing in the older header', [[older, '']], '2.104', true],
];

test.each(versions)('%s is read as the service reads it', (_, headers, version, refusedVersion) => {
  const asked = recognise({ method: 'GET', url: endpoint + collection, headers });
  expect(asked).toMatchObject({ operation: 'compute/list-volume-attachments', refusedVersion });
  expect(asked && formatMicroversion(asked.microversion)).toBe(version);
});

test('a target with an older last version refuses what comes after it', () => {
  const old = recogniser({ contract, endpoint, range: range('2.1-2.60') });
  const at = (version: string) => old(requestFor({ method: 'GET', path: collection, version }));
  expect(at('2.60')).toMatchObject({ refusedVersion: false, microversion: { major: 2, minor: 60 } });
  expect(at('2.61')).toMatchObject({ refusedVersion: true, microversion: { major: 2, minor: 60 } });
  expect(at('latest')).toMatchObject({ refusedVersion: false, microversion: { major: 2, minor: 60 } });
});

test.each([
  `http://cloud.test/volume/v3${collection}`,
  `http://cloud.test/compute/v2${collection}`,
  `http://cloud.test/compute/v2.10${collection}`,
  `http://cloud.test${collection}`,
  'http://cloud.test/compute/v2.1',
])('%s is no operation of the service', (url) => {
  expect(recognise({ method: 'GET', url, headers: [] })).toBeUndefined();
});

test.each(['http://cloud.test/v2.1/0a1b', 'http://cloud.test:8774/v2.1/0a1b/', 'http://cloud.test'])(
  'requests below the endpoint %s are recognised',
  (compute) => {
    const own = recogniser({ contract, endpoint: compute, range: range('2.1-2.104') });
    const url = compute.replace(/\/$/, '') + collection;
    expect(own({ method: 'GET', url, headers: [] })?.operation).toBe('compute/list-volume-attachments');
  },
);
