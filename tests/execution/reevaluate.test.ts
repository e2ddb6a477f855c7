/** A case and its evidence: evaluated again from it alone, it comes to the verdict that it came to. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { Check, Clause } from '../../src/clauses/clause.ts';
import { NoCapacity, NotBound, Stopped, Unreached } from '../../src/execution/errors.ts';
import { expectStatus } from '../../src/clauses/matchers.ts';
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import { reevaluateOn, type Evidence } from '../../src/execution/reevaluate.ts';
import { runCase, type CaseResult } from '../../src/execution/run-case.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { RecordedInput } from '../../src/execution/transcript.ts';
import type { Finding, Verdict } from '../../src/clauses/verdict.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { microversion, range } from '../../src/microversion.ts';
import { parserOf } from '../../src/records/parser.ts';
import { TokenEnded } from '../../src/target/session.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';
import { clauseOf, contractOf, plainOperation, targetWith } from './tiny-contract.ts';
import { responded, refusedConnection, tinyRun, type TinyRun } from './tiny-run.ts';

const limits = vi.hoisted(() => ({ case: 600_000, poll: { first: 1, growth: 1.5, most: 4 } }));
vi.mock('../../src/execution/timeouts.ts', () => ({ timeouts: limits }));

const id = 'compute/show-thing';
const contract = contractOf(plainOperation(id, ['2.1-']));
const planned: PlannedCase = { id: `${id}#shows@2.5`, clause: `${id}#shows`, microversion: microversion('2.5') };
const clauseWith = (check: Check): Clause => clauseOf(`${id}#shows`, [range('2.1-')], { check });
const act = (ctx: CheckContext, thing = 't1') => ctx.call(id, { path: { thing_id: thing } });
const look = (ctx: CheckContext, thing = 't1') => ctx.call(id, { path: { thing_id: thing }, purpose: 'observation' });
const prepare = (ctx: CheckContext, thing = 't1') =>
  ctx.call(id, { path: { thing_id: thing }, purpose: 'preparation' });
const never = <T>(): Promise<T> => new Promise(() => undefined);
const after = async <T>(ms: number, make: () => T): Promise<T> => {
  await pause(ms);
  return make();
};
const refuse = (error: Error) => (): never => {
  throw error;
};
const finding = (exchange: string): Finding => ({ kind: 'status', exchange, expected: [200], seen: 500 });

const absent = (): HttpOutcome => responded(404, { itemNotFound: { code: 404, message: 'No such thing.' } });

type Respond = (request: SentRequest) => HttpOutcome | Promise<HttpOutcome>;

/** As a folder keeps it. */
function kept({ exchanges, transcript }: CaseResult): Evidence {
  const evidence = JSON.parse(JSON.stringify({ exchanges, transcript })) as Evidence;
  expect(parserOf('sharedLine')({ line: 'shared', transcript: evidence.transcript })).toMatchObject({ is: 'valid' });
  expect(evidence.exchanges.map((exchange) => parserOf('exchangeLine')({ line: 'exchange', ...exchange }).is)).toEqual(
    evidence.exchanges.map(() => 'valid'),
  );
  return evidence;
}

const evaluate = (check: Check, evidence: Evidence): Promise<Verdict> =>
  reevaluateOn([contract], targetWith('2.1-2.104'), { member: 'p1' })(clauseWith(check), planned, evidence);

async function twice(
  check: Check,
  play: TinyRun = tinyRun(contract, () => responded(200, {})),
  run: RunContext = play.run,
): Promise<{ readonly result: CaseResult; readonly again: Verdict }> {
  const result = await runCase(run, clauseWith(check), planned);
  return { result, again: await evaluate(check, kept(result)) };
}

/** The first of two alike is answered last. */
function latecomer(): Respond {
  let count = 0;
  return () => (count++ === 0 ? after(15, () => responded(500)) : responded(200, {}));
}

const waitFor = (
  ctx: CheckContext,
  thing: string,
  holds: (status: number | undefined) => boolean,
  timeoutMs = 600_000,
) =>
  ctx.eventually({
    look: () => look(ctx, thing),
    until: ({ response }) => holds(response?.status),
    expected: `${thing} there`,
    seen: ({ response }) => `status ${response?.status}`,
    timeoutMs,
  });

interface Row {
  readonly name: string;
  readonly check: Check;
  readonly answer?: Respond;
  readonly verdict: object;
}

const rows: readonly Row[] = [
  {
    name: 'that did not apply while another prop was under way',
    check: async ({ fixture }) => {
      await Promise.all([fixture(() => never()), fixture(refuse(new NotBound('Not here.')))]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Not here.' },
  },
  {
    name: 'whose props were asked for in one order and came in another, both as failures',
    check: async ({ fixture }) => {
      const [first, second] = [new Unreached('a server', 'No server.'), new Unreached('a volume', 'No volume.')];
      await Promise.all([fixture(() => after(10, refuse(first))), fixture(refuse(second))]);
      return [];
    },
    verdict: { is: 'inconclusive', reason: 'No volume.', cause: 'a volume' },
  },
  {
    name: 'that ended while a request was under way',
    check: async (ctx) => {
      await Promise.all([act(ctx, 'slow'), ctx.fixture(() => after(5, refuse(new NotBound('Not here.'))))]);
      return [];
    },
    answer: () => never(),
    verdict: { is: 'not-applicable', reason: 'Not here.' },
  },
  {
    name: 'that ended while it waited, between two looks',
    check: async (ctx) => {
      const ends = act(ctx).then(() => ctx.fixture(() => after(20, refuse(new NotBound('Over.')))));
      await Promise.all([waitFor(ctx, 't2', () => false), ends]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Over.' },
  },
  {
    name: 'that ended before its wait had looked once',
    check: async (ctx) => {
      await Promise.all([
        ctx.eventually({
          ...{ look: () => never(), until: () => true, expected: 'it', seen: () => '', timeoutMs: 1 },
        }),
        ctx.fixture(() => after(5, refuse(new NotBound('Over.')))),
      ]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Over.' },
  },
  {
    name: 'that ended while a shared act was under way',
    check: async (ctx) => {
      await Promise.all([
        ctx.shared('the act', async (inner) => {
          await prepare(inner);
          return inner.fixture(() => never());
        }),
        ctx.fixture(() => after(5, refuse(new NotBound('Over.')))),
      ]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Over.' },
  },
  {
    name: 'whose shared act failed while one of its props was under way',
    check: (ctx) =>
      ctx.shared('the act', async ({ fixture }) => {
        await Promise.all([
          fixture(() => after(10, () => 1)),
          fixture(refuse(new Unreached('a server', 'No server.'))),
        ]);
        return [];
      }),
    verdict: { is: 'inconclusive', reason: 'No server.', cause: 'a server' },
  },
  {
    name: 'with two alike requests of which the second was answered first',
    check: async (ctx) => {
      const responses = await Promise.all([act(ctx), act(ctx)]);
      return responses.flatMap((response) => expectStatus(response, 200));
    },
    answer: latecomer(),
    verdict: { is: 'fail', findings: [{ kind: 'status', exchange: 'x1', seen: 500 }] },
  },
  {
    name: 'that counts only the response that came first',
    check: async (ctx) => {
      let first: string | undefined;
      const tell = async (thing: string): Promise<void> => {
        const { id: exchange } = await act(ctx, thing);
        first ??= exchange;
      };
      await Promise.all([tell('slow'), tell('fast')]);
      return [finding(first ?? 'none')];
    },
    answer: ({ url }) => (url.includes('slow') ? after(15, () => responded(200, {})) : responded(200, {})),
    verdict: { is: 'fail', findings: [{ exchange: 'x2' }] },
  },
  {
    name: 'that waited for two things at once',
    check: async (ctx) => {
      await act(ctx);
      const counts = { t2: 0, t3: 0 };
      const enough = (thing: 't2' | 't3', times: number) => (): boolean => ++counts[thing] >= times;
      const found = await Promise.all([
        waitFor(ctx, 't2', enough('t2', 7)),
        waitFor(ctx, 't3', enough('t3', 3)),
        waitFor(ctx, 't4', () => false, 12),
      ]);
      return found.flat();
    },
    answer: ({ url }) => (url.includes('t2') ? after(1, absent) : absent()),
    verdict: { is: 'fail', findings: [{ kind: 'transition', expected: 't4 there', seen: 'status 404' }] },
  },
  {
    name: 'that takes an identifier between two requests',
    check: async (ctx) => {
      const [, response] = await Promise.all([act(ctx), act(ctx, ctx.uuid())]);
      return expectStatus(response, 404);
    },
    verdict: { is: 'fail', findings: [{ exchange: 'x2' }] },
  },
  {
    name: 'whose prop asks the target by way of the stage',
    check: async (ctx) => {
      const thing = await ctx.fixture(async () => {
        await prepare(ctx, ctx.uuid());
        return ctx.fixture(() => Promise.resolve('t9'));
      });
      return expectStatus(await act(ctx, thing), 404);
    },
    verdict: { is: 'fail', findings: [{ exchange: 'x2' }] },
  },
  {
    name: 'whose preparation was sent again',
    check: async (ctx) => {
      await Promise.all([prepare(ctx), prepare(ctx)]);
      return expectStatus(await act(ctx), 404);
    },
    answer: (() => {
      let count = 0;
      return () => (++count <= 2 ? responded(503, {}, { 'retry-after': '0' }) : responded(200, {}));
    })(),
    verdict: { is: 'fail', findings: [{ exchange: 'x5' }] },
  },
  {
    name: 'whose act got no response',
    check: async (ctx) => expectStatus(await act(ctx), 200),
    answer: () => refusedConnection,
    verdict: { is: 'error' },
  },
  {
    name: 'for which there was no room',
    check: async ({ fixture }) => fixture(refuse(new NoCapacity('Too small.', 'Raise the quota.'))),
    verdict: { is: 'not-attempted', reason: 'Too small.', remedy: 'Raise the quota.' },
  },
  {
    name: 'that was told to stop',
    check: async ({ fixture }) => fixture(refuse(new Stopped('The run was told to stop.'))),
    verdict: { is: 'not-attempted', reason: 'The run was told to stop.' },
  },
  {
    name: 'whose token ended in a prop',
    check: async ({ fixture }) => fixture(refuse(new TokenEnded('No token.'))),
    verdict: { is: 'inconclusive', reason: 'No token.', cause: 'a valid token' },
  },
];

test.each(rows)('a case $name is evaluated again to the same verdict', async ({ check, answer, verdict }) => {
  const { result, again } = await twice(check, tinyRun(contract, answer ?? (() => responded(200, {}))));
  expect(result.verdict).toMatchObject(verdict);
  expect(again).toEqual(result.verdict);
});

test('a case that ran out of time, with an input under way, is an error again', async () => {
  limits.case = 20;
  const { result, again } = await twice(async (ctx) => {
    await act(ctx);
    await ctx.fixture(() => never());
    return [];
  });
  limits.case = 600_000;
  expect(result.verdict).toMatchObject({
    is: 'error',
    reason: expect.stringContaining('reached no verdict within') as string,
  });
  expect(again).toMatchObject({ is: 'error', reason: expect.stringContaining('not in its evidence') as string });
});

test('what arrives after the verdict changes nothing in the evidence', async () => {
  let arrive: (value: number) => void = () => undefined;
  const play = tinyRun(contract, () => responded(200, {}));
  const check: Check = async ({ fixture }) => {
    const late = fixture(() => new Promise<number>((resolve) => (arrive = resolve)));
    await Promise.all([late, fixture(refuse(new NotBound('Not here.')))]);
    return [];
  };
  const result = await runCase(play.run, clauseWith(check), planned);
  const before = JSON.stringify(result);
  arrive(1);
  await pause(5);
  expect(JSON.stringify(result)).toBe(before);
});

test('cases that share an act see it as it was when it was over', async () => {
  const play = tinyRun(contract, () => responded(200, {}));
  const check: Check = async (ctx) => {
    await ctx.shared('the act', async ({ fixture }) => {
      await Promise.all([
        fixture(() => after(10, () => 1)),
        fixture(() => after(1, refuse(new Unreached('a server', 'No server.')))),
      ]);
    });
    return [];
  };
  const first = await runCase(play.run, clauseWith(check), planned);
  await pause(20);
  const second = await runCase(play.run, clauseWith(check), planned);
  expect(second.transcript).toEqual(first.transcript);
  for (const result of [first, second]) expect(await evaluate(check, kept(result))).toEqual(result.verdict);
});

test.each([
  ['can be renewed', true],
  ['cannot be renewed', false],
])('a case with a lost token that %s is evaluated again to the same verdict', async (_, renewable) => {
  let count = 0;
  const play = tinyRun(contract, () => (++count === 1 ? responded(401) : responded(200, {})));
  const member = play.run.sessions.get('member');
  if (!member) throw new Error('Nobody is signed in.');
  let isLost = false;
  const headers = async () => {
    if (isLost && !renewable) throw new TokenEnded('No token.');
    return [['x-auth-token', 't']] as const;
  };
  const isGood: typeof member.isGood = async (_sent, recorder) => {
    const request = { method: 'GET', url: 'http://keystone.test', headers: [] };
    const { exchange } = await recorder.send({ purpose: 'sign-in', identity: 'member', request });
    return { good: false, exchange };
  };
  const session = { ...member, renewable, headers, isGood, discard: () => void (isLost = true) };
  const run = { ...play.run, sessions: new Map([['member' as const, session]]) };
  for (const check of [
    async (ctx: CheckContext) => {
      await prepare(ctx);
      return expectStatus(await act(ctx), 404);
    },
    async (ctx: CheckContext) => expectStatus(await act(ctx), 404),
  ]) {
    count = 0;
    isLost = false;
    const { result, again } = await twice(check, play, run);
    expect(['fail', 'inconclusive']).toContain(result.verdict.is);
    expect(again).toEqual(result.verdict);
  }
});

test('a text of a request that holds a secret elsewhere is recognised without it', async () => {
  const play = tinyRun(contract, () => responded(404));
  play.run.recorder.redactor.learn('s3cret-thing');
  const { result, again } = await twice(async (ctx) => expectStatus(await act(ctx, 's3cret-thing'), 200), play);
  expect(result.exchanges[0]?.request.url).toBe('http://compute.test/things/[redacted]');
  expect(result.verdict.is).toBe('fail');
  expect(again).toEqual(result.verdict);
});

type Flow = (ctx: CheckContext) => Promise<readonly Finding[]>;

/** Steps one after the other, of which each may be flows at the same time. */
function randomFlow(random: Random, depth = 0): Flow {
  const steps = Array.from({ length: 1 + random.below(4) }, () => randomStep(random, depth));
  return async (ctx) => {
    const found: Finding[] = [];
    for (const step of steps) found.push(...(await step(ctx)));
    return found;
  };
}

let names = 0;

function randomStep(random: Random, depth: number): Flow {
  const ms = random.below(4);
  const thing = `${random.pick(['a', 'b', 'c'])}${random.below(2)}`;
  const name = `n${(names += 1)}`;
  const status = random.pick([200, 404]);
  const kind = random.pick(['act', 'act', 'prop', 'drawn', 'wait', 'fail', 'never', 'shared', 'all', 'all', 'race']);
  const flows = depth < 2 ? Array.from({ length: 2 + random.below(2) }, () => randomFlow(random, depth + 1)) : [];
  switch (kind) {
    case 'act':
      return async (ctx) => expectStatus(await act(ctx, thing), status);
    case 'prop':
      return async (ctx) => {
        const value = await ctx.fixture(() => after(ms, () => thing));
        return expectStatus(await look(ctx, value), status);
      };
    case 'drawn':
      return async (ctx) => expectStatus(await look(ctx, ctx.uuid()), status);
    case 'wait':
      return (ctx) => {
        let count = 0;
        return waitFor(ctx, thing, () => ++count > ms, random.pick([2, 600_000]));
      };
    case 'fail':
      return random.chance(0.3)
        ? async ({ fixture }) => fixture(() => after(ms, refuse(new Unreached(name, `No ${name}.`))))
        : async () => [];
    case 'never':
      return random.chance(0.1) ? ({ fixture }) => fixture(() => never()) : async () => [];
    case 'shared': {
      // The same key is the same act.
      const key = random.chance(0.5) ? 'looks' : name;
      const own = key === name ? flows[0] : undefined;
      return async (ctx) => ctx.shared(key, own ?? (async (inner) => expectStatus(await look(inner), 200)));
    }
    case 'all':
      return async (ctx) => (await Promise.all(flows.map((flow) => flow(ctx)))).flat();
    default:
      return async (ctx) => Promise.race([...flows.map((flow) => flow(ctx)), Promise.resolve([])]);
  }
}

test.each(seeds(8))('random checks are evaluated again to the same verdicts (%i)', async (seed) => {
  const random = seededRandom(seed);
  limits.case = 400;
  await Promise.all(
    Array.from({ length: 25 }, async () => {
      const check = randomFlow(random);
      const slow = seededRandom(random.below(1e9));
      const answer = () => after(slow.below(4), () => responded(slow.pick([200, 404])));
      const { result, again } = await twice(check, tinyRun(contract, answer));
      if (result.verdict.is === 'error') expect(again.is).toBe('error');
      else expect(again).toEqual(result.verdict);
    }),
  );
  limits.case = 600_000;
});

/** A case that failed, and evidence of it that a forger has changed. */
const failing: Check = async (ctx) => {
  const thing = await ctx.fixture(() => Promise.resolve('t1'));
  return expectStatus(await act(ctx, thing), 200);
};

const edits: readonly (readonly [string, (inputs: readonly RecordedInput[]) => readonly RecordedInput[]])[] = [
  ['the act never answered', (inputs) => inputs.filter(({ is }) => is !== 'response')],
  ['the fixture never there', (inputs) => inputs.filter(({ is }) => is !== 'value')],
  ['the inputs in another order', (inputs) => inputs.toReversed()],
  ['the inputs asked for in another order', (inputs) => inputs.map((one) => ({ ...one, asked: 1 - one.asked }))],
  ['nothing received', () => []],
  [
    'another exchange of the act',
    (inputs) => inputs.map((one) => (one.is === 'response' ? { ...one, exchanges: [] } : one)),
  ],
  [
    'an act that did not leave because it does not apply',
    (inputs) =>
      inputs.map((one) =>
        one.is === 'response' ? { ...one, exchanges: [], failure: { is: 'not-bound', message: 'Not here.' } } : one,
      ),
  ],
];

test.each(edits)('evidence with %s makes no pass and no exemption of a failure', async (_, edit) => {
  const play = tinyRun(contract, () => responded(500));
  const evidence = kept(await runCase(play.run, clauseWith(failing), planned));
  expect((await evaluate(failing, evidence)).is).toBe('fail');
  const { transcript } = evidence;
  const forged = { ...evidence, transcript: { ...transcript, inputs: edit(transcript.inputs) } };
  expect((await evaluate(failing, forged)).is).toBe('error');
});
