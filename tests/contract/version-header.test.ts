/** Headers of microversions: with the name of the service, or of the service's own. */
import { expect, test } from 'vitest';
import { requestedVersion, versionValue } from '../../src/contract/version-header.ts';
import { range } from '../../src/microversion.ts';

const compute = {
  header: 'OpenStack-API-Version',
  serviceName: 'compute',
  legacyHeader: 'X-OpenStack-Nova-API-Version',
  range: range('2.1-2.104'),
};
const ironic = { header: 'X-OpenStack-Ironic-API-Version', range: range('1.1-1.104') };

test('the value has the name of the service, or the microversion alone', () => {
  expect(versionValue(compute, '2.60')).toBe('compute 2.60');
  expect(versionValue(ironic, '1.58')).toBe('1.58');
});

test.each([
  [compute, { 'OpenStack-API-Version': ['compute 2.60'] }, '2.60'],
  [compute, { 'OpenStack-API-Version': ['volume 3.5, Compute 2.7'] }, '2.7'],
  [compute, { 'OpenStack-API-Version': ['compute 2.1', 'compute 2.2'] }, '2.2'],
  [compute, { 'OpenStack-API-Version': ['volume 3.5'] }, undefined],
  [compute, { 'OpenStack-API-Version': ['volume 3.5'], 'X-OpenStack-Nova-API-Version': ['2.9'] }, '2.9'],
  [compute, { 'OpenStack-API-Version': ['compute 2.60'], 'X-OpenStack-Nova-API-Version': ['2.9'] }, '2.60'],
  [ironic, { 'X-OpenStack-Ironic-API-Version': ['1.58'] }, '1.58'],
  [ironic, { 'OpenStack-API-Version': ['baremetal 1.58'] }, undefined],
  [ironic, {}, undefined],
] as const)('%j with %j asks for %s', (negotiation, headers, expected) => {
  const values: Readonly<Record<string, readonly string[]>> = headers;
  expect(requestedVersion((name) => values[name] ?? [], negotiation)).toBe(expected);
});
