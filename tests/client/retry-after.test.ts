/** How long a reply asks to be left alone. */
import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/client/retry-after.ts';

const now = Date.UTC(2026, 0, 2, 12, 0, 0);

const responses = [
  { name: 'seconds', status: 429, headers: [['retry-after', '7']], ms: 7_000 },
  { name: 'no time at all', status: 503, headers: [['retry-after', '0']], ms: 0 },
  { name: 'a date by our clock', status: 413, headers: [['retry-after', 'Fri, 02 Jan 2026 12:00:09 GMT']], ms: 9_000 },
  {
    name: 'a date by the clock of its sender',
    status: 503,
    headers: [
      ['date', 'Fri, 02 Jan 2026 09:00:00 GMT'],
      ['retry-after', 'Fri, 02 Jan 2026 09:00:05 GMT'],
    ],
    ms: 5_000,
  },
  { name: 'a date that is over', status: 503, headers: [['retry-after', 'Thu, 01 Jan 2026 12:00:00 GMT']], ms: 0 },
  { name: 'an hour', status: 429, headers: [['retry-after', '3600']], ms: 3_600_000 },
  { name: 'a number below zero', status: 429, headers: [['retry-after', '-1']], ms: undefined },
  { name: 'words', status: 429, headers: [['retry-after', 'soon']], ms: undefined },
  { name: 'nothing', status: 429, headers: [], ms: undefined },
  { name: 'seconds after a code that asks for no pause', status: 301, headers: [['retry-after', '7']], ms: undefined },
] as const;

test.each(responses)('reads $name', ({ status, headers, ms }) => {
  expect(retryAfterMs({ status, headers, body: '' }, now)).toBe(ms);
});

test('a request without a reply asks for nothing', () => {
  expect(retryAfterMs(undefined, now)).toBeUndefined();
});
