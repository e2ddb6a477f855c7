/** The pace of requests, by a clock that only pauses move. */
import { describe, expect, test } from 'vitest';
import { clientTimeouts } from '../../src/client/timeouts.ts';
import type { Exchange, Purpose } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { createRequestPolicy, serviceOf, type RequestPolicy } from '../../src/client/request-policy.ts';
import { createPace } from '../../src/client/request-rate.ts';

const compute = 'http://cloud.test/compute/v2.1/servers';
const volume = 'http://cloud.test/volume/v3/volumes';
const get = (url: string) => ({ method: 'GET', url });
const broken = (status: number): HttpOutcome => ({ response: { status, headers: [], body: '' } });
const busy = (after: string): HttpOutcome => ({
  response: { status: 429, headers: [['retry-after', after]], body: '' },
});
const fine: HttpOutcome = { response: { status: 200, headers: [], body: '' } };
const came = ({ response, failure }: HttpOutcome): Pick<Exchange, 'response' | 'failure'> =>
  response ? { response } : { failure };
const fault = (code: string): HttpOutcome => ({ failure: { code, message: code } });

interface WithContext {
  readonly requestPolicy: RequestPolicy;
  readonly clock: { time: number };
  /** When a request to there leaves. */
  readonly leaves: (url: string) => Promise<number>;
}

function withContext({
  perSecond,
  ...options
}: { readonly perSecond?: number; readonly timeoutFactor?: number } = {}): WithContext {
  const clock = { time: 0 };
  const pause = async (ms: number): Promise<void> => void (clock.time += ms);
  const requestPolicy = createRequestPolicy({
    ...options,
    ...(perSecond === undefined ? {} : { pace: createPace(perSecond, () => clock.time) }),
    now: () => clock.time,
    pause,
  });
  const leaves = async (url: string): Promise<number> => {
    await requestPolicy.turn(url);
    return clock.time;
  };
  return { requestPolicy, clock, leaves };
}

describe('the pace', () => {
  test('is as fast as it goes unless told', () => {
    const { requestPolicy } = withContext();
    expect(requestPolicy.turn(compute)).toBeUndefined();
  });

  test('is steady over all services', async () => {
    const { leaves } = withContext({ perSecond: 4 });
    const times = [await leaves(compute), await leaves(volume), await leaves(compute), await leaves(volume)];
    expect(times).toEqual([0, 250, 500, 750]);
  });

  test('is one row for all who share it', async () => {
    const times: number[] = [];
    const pause = (ms: number): Promise<unknown> => Promise.resolve(times.push(ms));
    const now = (): number => 0;
    const pace = createPace(2, now);
    for (const requestPolicy of [1, 2, 3].map(() => createRequestPolicy({ pace, now, pause })))
      await requestPolicy.turn(compute);
    expect(times).toEqual([500, 1000]);
  });

  test('may be below one a second', async () => {
    const { leaves } = withContext({ perSecond: 0.5 });
    expect([await leaves(compute), await leaves(compute)]).toEqual([0, 2000]);
  });

  test('does not catch up on time that nobody used', async () => {
    const { leaves, clock } = withContext({ perSecond: 1 });
    await leaves(compute);
    clock.time = 10_000;
    expect([await leaves(compute), await leaves(compute)]).toEqual([10_000, 11_000]);
  });
});

describe('a pause that a service asks for', () => {
  test('holds every request to it, and none to another', async () => {
    const { requestPolicy, leaves } = withContext();
    requestPolicy.observe(get(compute), busy('7'));
    expect(await leaves(volume)).toBe(0);
    expect(await leaves(compute)).toBe(7000);
  });

  test('is never shortened by a later reply', async () => {
    const { requestPolicy, leaves } = withContext();
    requestPolicy.observe(get(compute), busy('7'));
    requestPolicy.observe(get(compute), busy('1'));
    requestPolicy.observe(get(compute), fine);
    expect(await leaves(compute)).toBe(7000);
  });

  test('is waited for no longer than the budget, which patience stretches', async () => {
    const { requestPolicy, leaves } = withContext({ timeoutFactor: 2 });
    requestPolicy.observe(get(compute), busy('360000'));
    expect(await leaves(compute)).toBe(2 * clientTimeouts.longestPauseMs);
  });
});

test.each([
  ['http://cloud.test/compute/v2.1/servers', 'http://cloud.test/compute'],
  ['http://cloud.test:8774/v2.1/servers?limit=1', 'http://cloud.test:8774'],
  ['http://cloud.test:8774', 'http://cloud.test:8774'],
])('the service behind %s is %s', (url, service) => {
  expect(serviceOf(url)).toBe(service);
});

interface Attempted {
  readonly name: string;
  /** A preparation when missing. */
  readonly purpose?: Purpose;
  readonly method: string;
  readonly creates?: true;
  readonly confirms?: true;
  readonly attempt?: number;
  readonly sinceMs?: number;
  readonly outcome: HttpOutcome;
  readonly again: boolean;
}

const attempts: readonly Attempted[] = [
  { name: 'a look after a pause', method: 'GET', outcome: busy('1'), again: true },
  { name: 'an act after a pause', purpose: 'act', method: 'PUT', outcome: busy('1'), again: false },
  { name: 'an act after a fault', purpose: 'act', method: 'DELETE', outcome: fault('ECONNREFUSED'), again: false },
  {
    name: 'an act that reads, after a fault',
    purpose: 'act',
    method: 'GET',
    outcome: fault('ECONNRESET'),
    again: true,
  },
  { name: 'an act that reads, after a gateway', purpose: 'act', method: 'GET', outcome: broken(502), again: true },
  { name: 'an act that reads, after a 500', purpose: 'act', method: 'GET', outcome: broken(500), again: false },
  {
    name: 'the same being confirmed',
    purpose: 'act',
    method: 'GET',
    confirms: true,
    outcome: broken(500),
    again: true,
  },
  {
    name: 'an act being confirmed',
    purpose: 'act',
    method: 'POST',
    confirms: true,
    outcome: broken(500),
    again: false,
  },
  ...[500, 502, 503, 504].map((status) => ({
    ...{ name: `a look answered with ${status}`, method: 'GET', outcome: broken(status), again: true },
  })),
  { name: 'a look answered with 501', method: 'GET', outcome: broken(501), again: false },
  { name: 'an order answered with 502', method: 'POST', outcome: broken(502), again: false },
  { name: 'a removal answered with 500', purpose: 'clean-up', method: 'DELETE', outcome: broken(500), again: false },
  { name: 'a fifth look after errors', method: 'GET', attempt: 5, outcome: broken(500), again: false },
  { name: 'a creation that was put off', method: 'POST', creates: true, outcome: busy('1'), again: true },
  {
    name: 'a creation for which a gateway asks for a pause',
    method: 'POST',
    creates: true,
    outcome: { response: { status: 503, headers: [['retry-after', '1']], body: '' } },
    again: false,
  },
  { name: 'what has no pause to it', method: 'GET', outcome: broken(429), again: false },
  { name: 'what asks for more than the budget', method: 'GET', outcome: busy('9999'), again: false },
  { name: 'what went well', method: 'GET', outcome: fine, again: false },
  { name: 'a look after a reset', method: 'GET', outcome: fault('ECONNRESET'), again: true },
  { name: 'a look after half a reply', method: 'GET', outcome: fault('UND_ERR_SOCKET'), again: true },
  { name: 'a look after a time-out', method: 'GET', outcome: fault('TIMEOUT'), again: true },
  { name: 'a removal after a reset', purpose: 'clean-up', method: 'DELETE', outcome: fault('ECONNRESET'), again: true },
  { name: 'an order after a reset', method: 'POST', outcome: fault('ECONNRESET'), again: false },
  { name: 'an order that never left', method: 'POST', outcome: fault('ECONNREFUSED'), again: true },
  { name: 'a sign-in after a reset', purpose: 'sign-in', method: 'POST', outcome: fault('ECONNRESET'), again: true },
  { name: 'a reply that nobody can read', method: 'GET', outcome: fault('HPE_INVALID_CONSTANT'), again: false },
  { name: 'a third attempt after a fault', method: 'GET', attempt: 3, outcome: fault('ECONNRESET'), again: false },
  { name: 'a third attempt after pauses', method: 'GET', attempt: 3, outcome: busy('1'), again: true },
  { name: 'a tenth attempt after pauses', method: 'GET', attempt: 10, outcome: busy('1'), again: false },
  { name: 'what was tried for too long', method: 'GET', sinceMs: 300_000, outcome: busy('1'), again: false },
];

test.each(attempts)('$name is sent again: $again', async ({ method, outcome, again, ...row }) => {
  const { purpose = 'preparation', attempt = 1, sinceMs = 0, creates = false, confirms = false } = row;
  const { requestPolicy } = withContext();
  const exchange = { purpose, identity: 'member', request: { method, url: compute, headers: [] }, ...came(outcome) };
  expect(await requestPolicy.again({ exchange, attempt, sinceMs, creates, isConfirming: confirms })).toBe(again);
});

describe('a target that cannot be reached', () => {
  const fail = (requestPolicy: RequestPolicy, clock: WithContext['clock'], times: number, ms: number): void => {
    for (let done = 0; done < times; done += 1) {
      requestPolicy.observe(get(compute), fault('ECONNREFUSED'));
      clock.time += ms;
    }
  };

  test('is lost after so many failures in a row over so long a time, and nothing is sent again', async () => {
    const { requestPolicy, clock } = withContext();
    fail(requestPolicy, clock, 12, 1000);
    expect(requestPolicy.lost()).toMatch(/12 requests in a row got no response, the last one with ECONNREFUSED/);
    const exchange = {
      purpose: 'clean-up',
      identity: 'member',
      request: { method: 'GET', url: compute, headers: [] },
    } as const;
    const tried = { exchange: { ...exchange, ...came(fault('ECONNREFUSED')) }, attempt: 1, sinceMs: 0 };
    const rest = { creates: false, isConfirming: false };
    expect(await requestPolicy.again({ ...tried, ...rest })).toBe(false);
  });

  test('is not lost where the failures come all at once', () => {
    const { requestPolicy, clock } = withContext();
    fail(requestPolicy, clock, 50, 1);
    expect(requestPolicy.lost()).toBeUndefined();
  });

  test('is not lost where one reply came between', () => {
    const { requestPolicy, clock } = withContext();
    fail(requestPolicy, clock, 11, 1000);
    requestPolicy.observe(get(compute), { response: { status: 500, headers: [], body: '' } });
    fail(requestPolicy, clock, 11, 1000);
    expect(requestPolicy.lost()).toBeUndefined();
  });

  test('stays lost when it comes back', () => {
    const { requestPolicy, clock } = withContext();
    fail(requestPolicy, clock, 12, 1000);
    requestPolicy.observe(get(compute), fine);
    expect(requestPolicy.lost()).toBeDefined();
  });

  test('holds other requests off for a while, ever longer', async () => {
    const { requestPolicy, leaves } = withContext();
    requestPolicy.observe(get(compute), fault('ECONNREFUSED'));
    expect(await leaves(compute)).toBe(250);
    requestPolicy.observe(get(compute), fault('ECONNREFUSED'));
    expect(await leaves(compute)).toBe(1000);
  });
});

describe('a kind of request that is answered with errors of the server only', () => {
  const shown = (id: string) => get(`${compute}/${id}`);
  const first = '8d2b9a00-0000-4000-8000-000000000001';
  const second = '8d2b9a00-0000-4000-8000-000000000002';
  const exchange = { purpose: 'observation', identity: 'member', ...came(broken(500)) } as const;
  const again = (requestPolicy: RequestPolicy, url: string): Promise<boolean> =>
    requestPolicy.again({
      exchange: { ...exchange, request: { method: 'GET', url, headers: [] } },
      ...{ attempt: 1, sinceMs: 0, creates: false, isConfirming: false },
    });
  const fail = (requestPolicy: RequestPolicy, clock: WithContext['clock'], times: number): void => {
    for (let done = 0; done < times; done += 1) {
      requestPolicy.observe(shown(done % 2 === 0 ? first : second), broken(500));
      clock.time += 5_000;
    }
  };

  test('is not repeated any more after a while, whatever it is about', async () => {
    const { requestPolicy, clock } = withContext();
    fail(requestPolicy, clock, 8);
    expect(requestPolicy.isFailing(shown(second))).toBe(true);
    expect(await again(requestPolicy, shown(first).url)).toBe(false);
    expect(await again(requestPolicy, compute)).toBe(true);
  });

  test('is repeated again once it was answered', async () => {
    const { requestPolicy, clock } = withContext();
    fail(requestPolicy, clock, 8);
    requestPolicy.observe(shown(first), broken(404));
    expect(requestPolicy.isFailing(shown(second))).toBe(false);
    expect(await again(requestPolicy, shown(second).url)).toBe(true);
  });

  test('is repeated while that has not lasted long', () => {
    const { requestPolicy } = withContext();
    for (let done = 0; done < 50; done += 1) requestPolicy.observe(shown(first), broken(503));
    expect(requestPolicy.isFailing(shown(first))).toBe(false);
  });
});
