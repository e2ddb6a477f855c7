import { expect, it } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import { targetCost } from '../../src/report/cost.ts';

function exchange(id: string, fromMs: number, durationMs: number): Exchange {
  const startedAt = new Date(Date.UTC(2026, 2, 1) + fromMs).toISOString();
  return {
    id,
    purpose: 'act',
    identity: 'member',
    request: { method: 'GET', url: '', headers: [] },
    startedAt,
    durationMs,
  };
}

it('counts time in which requests overlap once, and a shared exchange once', () => {
  const shared = exchange('x1', 0, 100);
  const all = [exchange('x3', 500, 10), shared, exchange('x2', 50, 100), exchange('x4', 60, 10), shared];
  expect(targetCost(all)).toEqual({ exchanges: 4, targetMs: 220, targetBusyMs: 160 });
});

it('is nothing without exchanges', () => {
  expect(targetCost([])).toEqual({ exchanges: 0, targetMs: 0, targetBusyMs: 0 });
});
