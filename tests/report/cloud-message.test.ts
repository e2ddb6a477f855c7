/** What a service says of an error, whatever form it gives it. */
import { expect, test } from 'vitest';
import { cloudMessage } from '../../src/report/cloud-message.ts';

const rows: readonly (readonly [string, unknown, string | undefined])[] = [
  ['Nova and Cinder', { badRequest: { code: 400, message: 'Invalid volume: no' } }, 'Invalid volume: no'],
  ['Keystone', { error: { code: 401, message: 'Who?', title: 'Unauthorized' } }, 'Who?'],
  ['Neutron', { NeutronError: { type: 'X', message: 'In use', detail: '' } }, 'In use'],
  ['Placement', { errors: [{ status: 404, title: 'Not Found', detail: 'No such provider' }] }, 'No such provider'],
  ['a web framework', { message: 'Not here.<br /><br />\n\n\n', code: '404 Not Found' }, 'Not here.'],
  [
    'a page',
    '<html><head><title>403</title></head><body><h1>Forbidden</h1> by\n proxy</body></html>',
    'Forbidden by proxy',
  ],
  ['plain text', 'upstream  timed out\n', 'upstream timed out'],
  ['an answer that is no error', { server: { id: 'x' } }, undefined],
  ['a list', [1], undefined],
  ['an empty body', '', undefined],
  ['text with orders for a terminal', { message: 'a\u001b[2Jb' }, 'a\\x1b[2Jb'],
];

test.each(rows)('%s', (_, body, expected) => {
  expect(cloudMessage(typeof body === 'string' ? body : JSON.stringify(body))).toBe(expected);
});

test('a long message is cut', () => {
  expect(cloudMessage(JSON.stringify({ message: 'x'.repeat(10_000) }))?.length).toBeLessThan(300);
});
