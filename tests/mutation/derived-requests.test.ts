/** What derived faults do about requests: taking what is refused, refusing what is taken. */
import { expect, test } from 'vitest';
import { parseJson, type Json } from '../../src/json.ts';
import { faultHeader, sendThrough } from '../../src/mutation/tampered.ts';
import { tamperedHeader } from '../../src/mutation/trial.ts';
import {
  collection,
  faultOf,
  member,
  recognise,
  responseOf,
  requestFor,
  through,
  volume,
  type Asking,
} from './own-faults.ts';

const attach = (body: Json, version = '2.1'): Asking => ({ method: 'POST', path: collection, version, body });
const good = { volumeAttachment: { volumeId: volume } };
const fault400 = responseOf(400, { badRequest: { code: 400, message: 'No.' } });
const list: Asking = { method: 'GET', path: collection, version: '2.75' };
const of = (name: string, ...rest: readonly string[]): string => [name, 'compute/attach-volume', ...rest].join(':');

/** A fault, a request that the service refuses and the fault takes, and one that is refused all the same. */
const taken: readonly (readonly [string, Asking, Asking])[] = [
  [of('accepts-anything', '2.1-'), attach([]), attach({})],
  [of('accepts-anything', '2.1-'), { method: 'POST', path: collection, raw: '{' }, attach({})],
  [of('accepts-extra-member', '/', '2.1-'), attach({ ...good, more: 1 }), attach(good)],
  [
    of('accepts-extra-member', '/volumeAttachment', '2.1-'),
    attach({ volumeAttachment: { volumeId: volume, more: 1 } }),
    attach({ ...good, more: 1 }),
  ],
  [of('ignores-missing-member', '/volumeAttachment', '2.1-'), attach({}), attach({ volumeAttachment: {} })],
  [of('ignores-missing-member', '/volumeAttachment/volumeId', '2.1-'), attach({ volumeAttachment: {} }), attach(good)],
  [of('ignores-missing-member', '/volumeAttachment', '2.1-'), attach({}), attach([])],
  [
    of('accepts-wrong-type', '/volumeAttachment/volumeId', '2.1-'),
    attach({ volumeAttachment: { volumeId: 5 } }),
    attach(good),
  ],
  [of('accepts-wrong-type', '/volumeAttachment', '2.1-'), attach({ volumeAttachment: 5 }), attach(good)],
  [
    of('accepts-wrong-type', '/volumeAttachment', '2.1-'),
    attach({ volumeAttachment: { volumeId: 5 } }),
    attach({ ...good, more: 1 }),
  ],
  [
    of('accepts-member-early', '/volumeAttachment/tag', '2.1-2.48'),
    attach({ volumeAttachment: { volumeId: volume, tag: 'x' } }),
    attach(good),
  ],
  [
    of('drops-keyword', '/volumeAttachment/device pattern', '2.1-'),
    attach({ volumeAttachment: { volumeId: volume, device: 'vdb' } }),
    attach({ volumeAttachment: { volumeId: volume, device: 5 } }),
  ],
  [
    of('drops-keyword', '/volumeAttachment/tag maxLength', '2.49-'),
    attach({ volumeAttachment: { volumeId: volume, tag: 'x'.repeat(61) } }, '2.49'),
    attach({ volumeAttachment: { volumeId: volume, tag: `,${'x'.repeat(60)}` } }, '2.49'),
  ],
  [
    of('drops-keyword', '/volumeAttachment/delete_on_termination enum', '2.79-'),
    attach({ volumeAttachment: { volumeId: volume, delete_on_termination: 'y' } }, '2.79'),
    attach({ volumeAttachment: { volumeId: volume, delete_on_termination: 1 } }, '2.79'),
  ],
  ['accepts-unknown-query:compute/list-volume-attachments:2.75-', { ...list, path: `${collection}?foo=1` }, list],
  [
    'accepts-wrong-query:compute/list-volume-attachments:limit:2.1-',
    { ...list, path: `${collection}?limit=x` },
    { ...list, path: `${collection}?offset=x` },
  ],
];

test.each(taken)('%s takes a request that the service refuses', async (name, asking, other) => {
  const fault = faultOf(name);
  const { outcome, reached } = await through(fault, asking, fault400);
  expect(outcome.response).toMatchObject({ status: 200, body: '{}' });
  expect(outcome.response?.headers).toContainEqual([tamperedHeader, fault.id]);
  expect(reached).toHaveLength(1);
  expect((await through(fault, other, fault400)).outcome.response, 'another request').toBe(fault400);
  const conflict = responseOf(409, {});
  expect((await through(fault, asking, conflict)).outcome.response, 'another refusal').toBe(conflict);
});

/** A fault, a request that it refuses in the service's stead, and one that it lets through. */
const refused: readonly (readonly [string, Asking, Asking])[] = [
  [of('refuses-member', '/volumeAttachment/volumeId', '2.1-'), attach(good), attach({ volumeAttachment: {} })],
  [
    of('refuses-member', '/volumeAttachment/tag', '2.49-'),
    attach({ volumeAttachment: { volumeId: volume, tag: null } }, '2.49'),
    attach(good, '2.49'),
  ],
  [
    of('tightens-keyword', '/volumeAttachment/tag maxLength', '2.49-'),
    attach({ volumeAttachment: { volumeId: volume, tag: 'a'.repeat(60) } }, '2.49'),
    attach({ volumeAttachment: { volumeId: volume, tag: 'a'.repeat(59) } }, '2.49'),
  ],
  [
    of('refuses-unknown-query', '2.1-2.101'),
    { ...attach(good), path: `${collection}?foo=1` },
    { ...attach(good, '2.102'), path: `${collection}?foo=1` },
  ],
  [
    'refuses-query:compute/list-volume-attachments:limit:2.1-',
    { ...list, path: `${collection}?limit=1` },
    { ...list, path: `${collection}?offset=1` },
  ],
];

test.each(refused)('%s refuses a request before the service sees it', async (name, asking, other) => {
  const fault = faultOf(name);
  const response = responseOf(200, {});
  const { outcome, reached } = await through(fault, asking, response);
  expect(reached).toEqual([]);
  expect(outcome.response?.status).toBe(400);
  expect(parseJson(outcome.response?.body ?? '')).toEqual({ badRequest: { code: 400, message: 'Refused.' } });
  const version = asking.version ?? '2.1';
  expect(outcome.response?.headers).toEqual(
    expect.arrayContaining([
      ['openstack-api-version', `compute ${version}`],
      ['content-length', String(outcome.response?.body.length)],
      [tamperedHeader, fault.id],
    ]),
  );
  const passed = await through(fault, other, response);
  expect([passed.outcome.response, passed.reached.length]).toEqual([response, 1]);
  const unmarked = await through(fault, asking, response, false);
  expect([unmarked.outcome.response, unmarked.reached.length]).toEqual([response, 1]);
});

const general: readonly (readonly [string, Asking, number, number])[] = [
  ['accepts-any-token:compute/show-volume-attachment:2.1-', { method: 'GET', path: member }, 401, 200],
  ['finds-anything:compute/show-volume-attachment:2.1-', { method: 'GET', path: member }, 404, 200],
  ['finds-anything:compute/detach-volume:2.1-', { method: 'DELETE', path: member }, 404, 202],
  ['ignores-version-header:compute/show-volume-attachment:400:2.1-', newestBut('newest'), 400, 200],
  ['ignores-version-header:compute/show-volume-attachment:406:2.1-', newestBut('2.999'), 406, 200],
];

test.each(general)('%s takes what the service refuses', async (name, asking, status, success) => {
  const response = responseOf(status, {});
  const fault = faultOf(name);
  const { outcome } = await through(fault, asking, response);
  expect(outcome.response).toMatchObject({ status: success, body: success === 202 ? '' : '{}' });
  const other = responseOf(403, {});
  expect((await through(fault, asking, other)).outcome.response).toBe(other);
});

test('a fault about refused microversions leaves the others alone', async () => {
  const response = responseOf(400, {});
  const fault = faultOf('ignores-version-header:compute/show-volume-attachment:400:2.1-');
  expect((await through(fault, newestBut('2.79'), response)).outcome.response).toBe(response);
});

test('a service that does not answer leaves a fault nothing to change', async () => {
  const fault = faultOf('finds-anything:compute/show-volume-attachment:2.1-');
  const plain = requestFor({ method: 'GET', path: member });
  const failure = { failure: { code: 'ECONNRESET', message: 'gone' } };
  const request = { ...plain, headers: [[faultHeader, fault.id] as const] };
  expect(await sendThrough(request, fault, recognise, async () => failure)).toBe(failure);
});

function newestBut(version: string): Asking {
  return { method: 'GET', path: member, version };
}
