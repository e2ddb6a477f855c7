/** What a 401 means for a request with a token: around the acts it is sent again, an act never. */
import { expect, test } from 'vitest';
import type { Exchange, Headers, Purpose } from '../../src/client/exchange.ts';
import { TokenLost } from '../../src/execution/errors.ts';
import { withGoodToken } from '../../src/execution/good-token.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { Session } from '../../src/target/session.ts';
import { contractOf } from './tiny-contract.ts';
import { responded, tinyRun } from './tiny-run.ts';

interface Play {
  readonly statuses: readonly number[];
  /** What Keystone says of the token; undefined: it cannot be asked. */
  readonly good?: boolean;
  readonly renewable?: boolean;
}

async function play(purpose: Purpose, { statuses, good, renewable = true }: Play) {
  const kept: Exchange[] = [];
  const discarded: Headers[] = [];
  const { run } = tinyRun(contractOf(), () => responded(200));
  const member = run.sessions.get('member');
  if (!member) throw new Error('Nobody is the member of the tiny world');
  const session: Session = {
    ...member,
    renewable,
    isGood: async () => (good === undefined ? undefined : { good, exchange: exchangeOf(good ? 200 : 404, 'keystone') }),
    discard: (sent: Headers) => void discarded.push(sent),
  };
  let sent = 0;
  const once = async () => {
    const exchange = exchangeOf(statuses[sent] ?? 500, `x${sent + 1}`);
    sent += 1;
    kept.push(exchange);
    return { exchange, headers: [['x-auth-token', 't']] as const };
  };
  const result = await withGoodToken(run, session, purpose, once, (exchange) => kept.push(exchange)).catch(
    (error: unknown) => error,
  );
  return { result, sent, kept: kept.map(({ id }) => id), discarded: discarded.length };
}

test.each(['preparation', 'observation', 'clean-up'] as const)(
  'a %s with 401 is sent once more with a new token, and both are kept',
  async (purpose) => {
    const { result, kept, discarded } = await play(purpose, { statuses: [401, 200] });
    expect(result).toMatchObject({ id: 'x2' });
    expect(kept).toEqual(['x1', 'x2']);
    expect(discarded).toBe(1);
  },
);

test('one that gets 401 again is not sent a third time', async () => {
  const { result, sent } = await play('observation', { statuses: [401, 401, 200] });
  expect(result).toMatchObject({ id: 'x2', response: { status: 401 } });
  expect(sent).toBe(2);
});

test('an act whose token was lost is not repeated: it decides nothing, and the next gets a new token', async () => {
  const { result, sent, kept, discarded } = await play('act', { statuses: [401], good: false });
  expect(result).toBeInstanceOf(TokenLost);
  expect(result).toMatchObject({ root: 'a valid token', exchange: { id: 'x1' } });
  expect([sent, discarded]).toEqual([1, 1]);
  expect(kept).toEqual(['x1', 'keystone']);
});

test.each([true, undefined])('an act with a token of which Keystone says %s keeps its 401', async (good) => {
  const { result, sent, discarded } = await play('act', { statuses: [401], ...(good === undefined ? {} : { good }) });
  expect(result).toMatchObject({ id: 'x1' });
  expect([sent, discarded]).toEqual([1, 0]);
});

test('a token that cannot be renewed is put away only when Keystone says that it is lost', async () => {
  expect(await play('preparation', { statuses: [401], good: true, renewable: false })).toMatchObject({
    sent: 1,
    discarded: 0,
  });
  expect(await play('preparation', { statuses: [401, 401], good: false, renewable: false })).toMatchObject({
    discarded: 1,
  });
});

test.each([
  ['nobody', { as: 'nobody' as const }],
  ['somebody without the token', { without: ['x-auth-token'] }],
  ['somebody with another token', { headers: { 'x-auth-token': 'odd' } }],
])('a 401 for %s is what it is', async (_, options) => {
  const { run, sent } = tinyRun(contractOf(), () => responded(401));
  const request = { service: 'compute', method: 'GET', path: '/x', purpose: 'observation' as const, ...options };
  const { response } = await sendRequest(run, request);
  expect(response?.status).toBe(401);
  expect(sent).toHaveLength(1);
});

function exchangeOf(status: number, id: string): Exchange {
  return {
    id,
    purpose: 'act',
    identity: 'member',
    request: { method: 'GET', url: 'http://a.test', headers: [] },
    response: { status, headers: [], body: '' },
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
  };
}
