/** What stands in debug.log of an exchange: two lines with their times, safe to print. */
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import { overLine, sentLine, turnLine } from '../../src/report/debug-line.ts';

const at = '2026-01-01T00:00:00.000Z';
const exchange: Exchange = {
  id: 'x12',
  purpose: 'act',
  identity: 'member',
  request: {
    method: 'POST',
    url: 'http://nova.test/v2.1/servers',
    headers: [['openstack-api-version', 'compute 2.60']],
    body: '{"server": {}}',
  },
  startedAt: at,
  durationMs: 12.3,
};

test('a request is one line', () => {
  expect(sentLine(exchange)).toBe(
    `${at} x12 > act member POST http://nova.test/v2.1/servers (compute 2.60): {"server": {}}\n`,
  );
});

test('a response is one line with its own time, whatever its body contains', () => {
  const response = { status: 500, headers: [], body: '::error::x\n\x1b[31m', truncatedBytes: 5 };
  expect(overLine({ ...exchange, response })).toBe(
    '2026-01-01T00:00:00.012Z x12 < 500 in 12.3 ms, 21 bytes: \\x3a:error::x\\n\\x1b[31m\n',
  );
});

test('a request without a response says why', () => {
  expect(overLine({ ...exchange, failure: { code: 'ECONNRESET', message: 'gone' } })).toBe(
    '2026-01-01T00:00:00.012Z x12 < no response in 12.3 ms: ECONNRESET gone\n',
  );
});

test('only the beginning of a long body is shown', () => {
  expect(sentLine({ ...exchange, request: { ...exchange.request, body: 'y'.repeat(9_000) } }).length).toBeLessThan(700);
});

test('a turn is one line', () => {
  expect(turnLine(at, 'a\nb')).toBe(`${at} a\\nb\n`);
});
