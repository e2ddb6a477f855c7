/** Requests in a form without ids, and the calls that they may be. */
import { expect, test } from 'vitest';
import { mayCall, requestForm, requestForms } from '../../cli/mutation-test/records/requests.ts';

const forms: readonly (readonly [string, string, string])[] = [
  ['GET', '/compute/v2.1/servers/3d8a/os-volume_attachments', 'GET /compute/v2.1/servers/{}/os-volume_attachments'],
  ['DELETE', '/volume/v3/0b5e/volumes/cafe', 'DELETE /volume/v3/{}/volumes/cafe'],
  ['GET', '/compute/', 'GET /compute/'],
  ['GET', '/compute/v2/', 'GET /compute/v2/'],
  ['GET', '/compute/v2.1/servers/%F0%9F%92%A9', 'GET /compute/v2.1/servers/{}'],
  ['GET', `/compute/v2.1/servers/${'x'.repeat(300)}`, 'GET /compute/v2.1/servers/{}'],
  ['GET', '/compute/v2.1/servers/-1', 'GET /compute/v2.1/servers/{}'],
  ['GET', '/compute/v2.1/servers/null', 'GET /compute/v2.1/servers/null'],
];

test.each(forms)('%s %s is %s', (method, path, form) => {
  expect(requestForm(method, path)).toBe(form);
});

test('requests that differ in ids only have one form', () => {
  expect(requestForms(['GET /servers/1', 'GET /servers/2', 'PUT /servers/1'])).toEqual([
    'GET /servers/{}',
    'PUT /servers/{}',
  ]);
});

const calls: readonly (readonly [string, string, boolean])[] = [
  ['GET /compute/v2.1/servers/{}', 'GET /servers/{server_id}', true],
  ['GET /compute/v2.1/servers/{}/', 'GET /servers/{server_id}', true],
  ['GET /compute/v2.1/servers/null', 'GET /servers/{server_id}', true],
  ['GET /compute/v2.1/servers/detail', 'GET /servers/detail', true],
  ['PUT /compute/v2.1/servers/{}', 'GET /servers/{server_id}', false],
  ['GET /compute/v2.1/servers/{}/os-volume_attachments', 'GET /servers/{server_id}', false],
  ['GET /compute/v2.1/servers', 'GET /servers/{server_id}', false],
];

test.each(calls)('whether %s may be %s: %s', (form, call, expected) => {
  expect(mayCall(form as 'GET /', call)).toBe(expected);
});
