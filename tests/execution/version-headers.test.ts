/** Requests name their microversion in the header that the manifest of the service declares. */
import { expect, test } from 'vitest';
import type { Negotiation } from '../../src/contract/model.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import { range } from '../../src/microversion.ts';
import { contractOf, plainOperation } from './tiny-contract.ts';
import { responded, tinyRun } from './tiny-run.ts';

const whole = range('2.1-2.104');
const declared: readonly (readonly [string, Negotiation, string, string])[] = [
  [
    'compute',
    { header: 'OpenStack-API-Version', serviceName: 'compute', range: whole },
    'openstack-api-version',
    'compute 2.60',
  ],
  ['compute', { header: 'X-OpenStack-Tiny-API-Version', range: whole }, 'x-openstack-tiny-api-version', '2.60'],
  ['block-storage', { header: 'X-OpenStack-Tiny-API-Version', range: whole }, 'openstack-api-version', 'volume 2.60'],
];

test.each(declared)('a request to %s under %j has the header %s: %s', async (service, microversions, name, value) => {
  const contract = { ...contractOf(plainOperation('compute/show-thing', ['2.1-'])), microversions };
  const { run, sent } = tinyRun(contract, () => responded(200));
  await sendRequest(run, { service, method: 'GET', path: '/things', purpose: 'act', microversion: '2.60' });
  expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({ [name]: value });
});
