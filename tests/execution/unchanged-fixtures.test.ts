/** After which further attempts their fixtures count as unchanged. */
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import { leavesFixturesUnchanged } from '../../src/execution/unchanged-fixtures.ts';

function exchange(method: string, status: number | undefined, purpose: Exchange['purpose'] = 'act'): Exchange {
  return {
    id: 'x1',
    purpose,
    identity: 'member',
    request: { method, url: 'http://127.0.0.1/servers', headers: [] },
    startedAt: '2026-11-30T00:00:00.000Z',
    ...(status === undefined
      ? { failure: { code: 'lost', message: 'No response.' } }
      : { response: { status, headers: [], body: '' } }),
    durationMs: 1,
  };
}

describe('fixtures', () => {
  it.each([
    ['only read', true, [exchange('GET', 200), exchange('HEAD', 404), exchange('GET', 500)]],
    ['named by refused requests', true, [exchange('PUT', 404), exchange('POST', 400)]],
    ['named by an accepted request', false, [exchange('GET', 200), exchange('DELETE', 202)]],
    ['named by a request that failed in the service', false, [exchange('POST', 500)]],
    ['named by a request without a response', false, [exchange('POST', undefined)]],
    ['prepared by a request of the case', false, [exchange('PUT', 202, 'preparation'), exchange('PUT', 400)]],
  ] as const)('%s: unchanged is %s', (_, expected, exchanges) => {
    expect(leavesFixturesUnchanged({ exchanges })).toBe(expected);
  });
});
