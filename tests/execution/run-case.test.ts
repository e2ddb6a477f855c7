/** What a check comes to: every verdict, its evidence, and what happens after it. */
import { expect, test, vi } from 'vitest';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import type { Check, Statement } from '../../src/clauses/clause.ts';
import { NotBound, Unreached } from '../../src/execution/errors.ts';
import { expectResponse, expectStatus, expectValue } from '../../src/clauses/matchers.ts';
import { runCase, type CaseResult } from '../../src/execution/run-case.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { Finding } from '../../src/clauses/verdict.ts';
import { microversion, range } from '../../src/microversion.ts';
import { clauseOf, contractOf, plainOperation } from './tiny-contract.ts';
import { responded, refusedConnection, tinyRun, type TinyRun } from './tiny-run.ts';

const limits = vi.hoisted(() => ({ case: 600_000, poll: { first: 1, growth: 1, most: 1 } }));
vi.mock('../../src/execution/timeouts.ts', () => ({ timeouts: limits }));

const id = 'compute/show-thing';
const contract = contractOf(plainOperation(id, ['2.1-']));
const act = (ctx: CheckContext) => ctx.call(id, { path: { thing_id: 't1' } });
const look = (ctx: CheckContext) => ctx.call(id, { path: { thing_id: 't1' }, purpose: 'preparation' });
const finding: Finding = { kind: 'status', exchange: 'x1', expected: [200], seen: 500 };
const must: Statement = 'A thing MUST be shown.';

function run(ctx: TinyRun, check: Check, statement: Statement = must): Promise<CaseResult> {
  const clause = clauseOf(`${id}#shows`, [range('2.1-')], { statement, check });
  return runCase(ctx.run, clause, { id: `${id}#shows@2.5`, clause: clause.id, microversion: microversion('2.5') });
}

function withContext(answer: () => HttpOutcome = () => responded(200, {})): TinyRun {
  return tinyRun(contract, answer);
}

interface Row {
  readonly name: string;
  readonly check: Check;
  readonly statement?: Statement;
  readonly answer?: () => HttpOutcome;
  readonly verdict: object;
  /** Ids of the exchanges kept. */
  readonly evidence: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'an act without a finding is a pass',
    check: async (ctx) => expectStatus(await act(ctx), 200),
    verdict: { is: 'pass' },
    evidence: ['x1'],
  },
  ...(['MUST', 'MUST NOT'] as const).map((level) => ({
    name: `findings against a ${level} are a fail`,
    check: async (ctx: CheckContext) => expectStatus(await act(ctx), 200, 202),
    statement: `A thing ${level} be so.` as const,
    answer: () => responded(500),
    verdict: { is: 'fail', findings: [{ kind: 'status', exchange: 'x1', expected: [200, 202], seen: 500 }] },
    evidence: ['x1'],
  })),
  ...(['SHOULD', 'SHOULD NOT', 'MAY'] as const).map((level) => ({
    name: `findings against a ${level} are a warning`,
    check: async (ctx: CheckContext) => {
      await act(ctx);
      return [finding, finding];
    },
    statement: `A thing ${level} be so.` as const,
    verdict: { is: 'warn', findings: [finding, finding] },
    evidence: ['x1'],
  })),
  {
    name: 'a precondition that is not reached is inconclusive, with its root and the exchange that shows it',
    check: async (ctx) => {
      const seen = await ctx.run.recorder.send({
        purpose: 'preparation',
        identity: 'member',
        request: { method: 'GET', url: 'http://compute.test/servers/s1', headers: [] },
      });
      throw new Unreached('server ACTIVE', 'A server is ERROR instead of ACTIVE.', seen.exchange);
    },
    verdict: { is: 'inconclusive', reason: 'A server is ERROR instead of ACTIVE.', cause: 'server ACTIVE' },
    evidence: ['x1'],
  },
  {
    name: 'what does not occur here is not applicable',
    check: async (ctx) => {
      await act(ctx);
      throw new NotBound('Nothing here has a tag.');
    },
    verdict: { is: 'not-applicable', reason: 'Nothing here has a tag.' },
    evidence: ['x1'],
  },
  {
    name: 'an error of the check is an error',
    check: () => Promise.reject(new TypeError('x is undefined')),
    verdict: { is: 'error', reason: 'TypeError: x is undefined' },
    evidence: [],
  },
  {
    name: 'what is thrown and is no error is an error',
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    check: () => Promise.reject('text'),
    verdict: { is: 'error', reason: 'text' },
    evidence: [],
  },
  {
    name: 'a check that throws before its first step is an error',
    check: () => {
      throw new RangeError('at once');
    },
    verdict: { is: 'error', reason: 'RangeError: at once' },
    evidence: [],
  },
  {
    name: 'a check that ends without an act is an error',
    check: async () => [],
    verdict: { is: 'error', reason: 'The check received no response to a request under test.' },
    evidence: [],
  },
  {
    name: 'a check that only prepared is an error',
    check: async (ctx) => {
      await look(ctx);
      return [];
    },
    verdict: { is: 'error', reason: 'The check received no response to a request under test.' },
    evidence: ['x1'],
  },
  {
    name: 'a check that did not look at the failure of its act is an error',
    check: async (ctx) => {
      await act(ctx);
      return [];
    },
    answer: () => refusedConnection,
    verdict: { is: 'error', reason: 'The check received no response to a request under test.' },
    evidence: ['x1', 'x2', 'x3'],
  },
  {
    name: 'an act that got no response is an error, never a fail',
    check: async (ctx) => expectStatus(await act(ctx), 200),
    answer: () => refusedConnection,
    verdict: {
      is: 'error',
      reason: 'Error: GET http://compute.test/things/t1 got no complete response: ECONNREFUSED: connect ECONNREFUSED',
    },
    evidence: ['x1', 'x2', 'x3'],
  },
  {
    name: 'an act answered by a gateway alone is inconclusive, with the status in the cause',
    check: async (ctx) => expectStatus(await act(ctx), 200),
    answer: () => responded(502),
    verdict: {
      is: 'inconclusive',
      reason:
        'GET /things/t1 of compute was answered 5 times, the last time with status 502, which does not show the requested state.',
      cause: 'a usable response to GET /things/t1 of compute (status 502)',
    },
    evidence: ['x1', 'x2', 'x3', 'x4', 'x5'],
  },
  {
    name: 'a value of a look that is answered with a page is inconclusive',
    check: async (ctx) => {
      await act(ctx);
      return expectResponse(await look(ctx), 200, (shown) => expectValue(shown, '/thing/size', 1));
    },
    answer: () => ({ response: { status: 200, headers: [], body: '<html>' } }),
    verdict: {
      is: 'inconclusive',
      reason:
        'GET /things/t1 of compute was answered with status 200 and a body that is not JSON, which does not show the requested state.',
      cause: 'a usable response to GET /things/t1 of compute (status 200 and a body that is not JSON)',
    },
    evidence: ['x1', 'x2'],
  },
  {
    name: 'a wait whose last look shows nothing is inconclusive',
    check: async (ctx) => {
      await act(ctx);
      return ctx.eventually({
        ...{ look: () => look(ctx), until: () => true, expected: 'it', seen: () => '', timeoutMs: 0 },
      });
    },
    answer: () => responded(403),
    verdict: {
      is: 'inconclusive',
      reason: 'GET /things/t1 of compute was answered with status 403, which does not show the requested state.',
      cause: 'a usable response to GET /things/t1 of compute (status 403)',
    },
    evidence: ['x1', 'x2'],
  },
  {
    name: 'an operation that the contract does not have is an error',
    check: async (ctx) => expectStatus(await ctx.call('compute/other', { path: {} }), 200),
    verdict: { is: 'error', reason: 'Error: The contract has no compute/other' },
    evidence: [],
  },
  {
    name: 'an identity that is not signed in is an error',
    check: async (ctx) => expectStatus(await ctx.call(id, { path: { thing_id: 't1' }, as: 'admin' }), 200),
    verdict: { is: 'error', reason: 'Error: No identity admin is signed in' },
    evidence: [],
  },
  {
    name: 'what does not come in time is a finding with the last look',
    check: async (ctx) => {
      await act(ctx);
      const findings = await ctx.eventually({
        look: () => look(ctx),
        until: () => false,
        expected: 'status available',
        seen: ({ response }) => `status ${response?.status}`,
        timeoutMs: 0,
      });
      return findings.map((found) => (found.kind === 'transition' ? { ...found, waitedMs: 0 } : found));
    },
    verdict: {
      is: 'fail',
      findings: [{ kind: 'transition', exchange: 'x2', expected: 'status available', seen: 'status 200', waitedMs: 0 }],
    },
    evidence: ['x1', 'x2'],
  },
];

test.each(rows)('$name', async ({ check, statement, answer, verdict, evidence }) => {
  const result = await run(withContext(answer), check, statement);
  expect(result.verdict).toEqual(verdict);
  expect(result.exchanges.map((exchange) => exchange.id)).toEqual(evidence);
  expect(result.id).toBe(`${id}#shows@2.5`);
});

test('a case that takes longer than its budget is an error, and what it borrows later goes back too', async () => {
  limits.case = 20;
  const play = withContext();
  const steps: string[] = [];
  let goOn: () => void = () => undefined;
  const result = await run(play, async (ctx) => {
    await new Promise<void>((resolve) => (goOn = resolve));
    ctx.after(() => void steps.push('given back'));
    return [];
  });
  limits.case = 600_000;
  expect(result.verdict).toEqual({ is: 'error', reason: 'Error: The case reached no verdict within 0.02 s' });
  goOn();
  await vi.waitFor(() => expect(steps).toEqual(['given back']));
  expect(await play.troubles()).toEqual([]);
});

test('a shared act is done once and is evidence of every case that shares it', async () => {
  const play = withContext();
  const check: Check = async (ctx) => {
    const response = await ctx.shared('the act', (inner) => act(inner));
    return expectStatus(response, 200);
  };
  const results = await Promise.all([run(play, check), run(play, check), run(play, check)]);
  expect(play.sent).toHaveLength(1);
  for (const { verdict, exchanges } of results) {
    expect(verdict).toEqual({ is: 'pass' });
    expect(exchanges.map((exchange) => exchange.id)).toEqual(['x1']);
  }
});

test('a shared act that fails is inconclusive for every case, with the evidence of it', async () => {
  const play = withContext();
  const check: Check = (ctx) =>
    ctx.shared('the act', async (inner) => {
      await look(inner);
      throw new Unreached('volume available', 'A volume is error instead of available.');
    });
  const results = await Promise.all([run(play, check), run(play, check)]);
  expect(play.sent).toHaveLength(1);
  for (const { verdict, exchanges } of results) {
    expect(verdict).toMatchObject({ is: 'inconclusive', cause: 'volume available' });
    expect(exchanges.map((exchange) => exchange.id)).toEqual(['x1']);
  }
});

test('what a shared act borrowed goes back beside the cases, once', async () => {
  const play = withContext();
  const steps: string[] = [];
  const check: Check = async (ctx) =>
    expectStatus(
      await ctx.shared('the act', (inner) => {
        inner.after(() => void steps.push('given back'));
        return act(inner);
      }),
      200,
    );
  await Promise.all([run(play, check), run(play, check)]);
  expect(await play.troubles()).toEqual([]);
  expect(steps).toEqual(['given back']);
});

test.each([
  ['a verdict', async (): Promise<readonly Finding[]> => [finding]],
  ['a throw', () => Promise.reject(new Error('broken'))],
])('what was borrowed goes back after %s, last thing first', async (_, end) => {
  const steps: string[] = [];
  await run(withContext(), (ctx) => {
    for (const step of ['first', 'second', 'third']) ctx.after(() => void steps.push(step));
    return end();
  });
  expect(steps).toEqual(['third', 'second', 'first']);
});

test('a thing that cannot be given back is a trouble of the run, and the others go back all the same', async () => {
  const play = withContext();
  const steps: string[] = [];
  const { verdict } = await run(play, async (ctx) => {
    ctx.after(() => void steps.push('first'));
    ctx.after(() => Promise.reject(new Error('The volume is stuck.')));
    ctx.after(() => {
      throw new Error('And so is another.');
    });
    return expectStatus(await act(ctx), 200);
  });
  expect(verdict).toEqual({ is: 'pass' });
  expect(steps).toEqual(['first']);
  expect(await play.troubles()).toEqual(['And so is another.']);
});

test('what was received is judged, and nothing of the result has the secret in it', async () => {
  const secret = 's3cret-of-many-letters';
  const ctx = withContext(() => responded(200, { thing: { name: secret, adminPass: 'abc' } }));
  ctx.run.recorder.redactor.learn(secret);
  const result = await run(ctx, async (inner) => {
    const response = await act(inner);
    await inner.fixture(() => Promise.resolve({ password: secret, name: `of ${secret}` }));
    return expectResponse(response, 200, (shown) => [
      ...expectValue(shown, '/thing/name', secret),
      ...expectValue(shown, '/thing/adminPass', 'other'),
      ...expectValue(shown, '/thing', {}),
    ]);
  });
  expect(result.verdict).toMatchObject({
    is: 'fail',
    findings: [
      { pointer: '/thing/adminPass', seen: '[redacted]' },
      { pointer: '/thing', seen: { name: '[redacted]', adminPass: '[redacted]' } },
    ],
  });
  expect(JSON.stringify(result)).not.toContain(secret);
  expect(JSON.stringify(result)).not.toContain('"abc"');
});
