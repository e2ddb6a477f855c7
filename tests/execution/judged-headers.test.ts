/** Headers that go with what is judged, and with nothing else. */
import { expect, test } from 'vitest';
import type { Purpose } from '../../src/client/exchange.ts';
import { sendRequest, type ServiceRequest } from '../../src/execution/send-request.ts';
import { contractOf, plainOperation } from './tiny-contract.ts';
import { responded, tinyRun } from './tiny-run.ts';

async function sentFor(purpose: Purpose, more: Partial<ServiceRequest> = {}) {
  const { run, sent } = tinyRun(contractOf(plainOperation('compute/show-thing', ['2.1-'])), () => responded(200));
  const judgedHeaders = { 'x-mark': 'fault', accept: 'text/plain' };
  const request = { service: 'compute', method: 'GET', path: '/things', purpose, ...more };
  await sendRequest({ ...run, judgedHeaders }, request);
  await sendRequest(run, request);
  return sent.map(({ headers }) => Object.fromEntries(headers));
}

const purposes: readonly (readonly [Purpose, boolean])[] = [
  ['act', true],
  ['observation', true],
  ['preparation', false],
  ['clean-up', false],
  ['discovery', false],
  ['sign-in', false],
];

test.each(purposes)('a request for %s has them: %s', async (purpose, has) => {
  const [judged, plain] = await sentFor(purpose);
  expect(judged?.['x-mark']).toBe(has ? 'fault' : undefined);
  expect(plain).toEqual({ accept: 'application/json', 'x-auth-token': 'token-of-member' });
});

test('what a request asks for itself goes before them', async () => {
  const [own] = await sentFor('act', { headers: { accept: 'text/html' } });
  const [none] = await sentFor('act', { without: ['x-mark', 'accept'] });
  expect(own).toMatchObject({ accept: 'text/html', 'x-mark': 'fault' });
  expect(none).toEqual({ 'x-auth-token': 'token-of-member' });
});

test('nobody has them too', async () => {
  expect((await sentFor('act', { as: 'nobody' }))[0]).toEqual({ accept: 'text/plain', 'x-mark': 'fault' });
});
