/** A case and its evidence: evaluated again from it alone, it comes to the verdict that it came to. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { Check, Clause } from '../../src/conformance/clause.ts';
import { NoRoom, NotBound, Stopped, Unreached } from '../../src/conformance/errors.ts';
import { expectStatus } from '../../src/conformance/matchers.ts';
import type { PlannedCase } from '../../src/conformance/plan-cases.ts';
import { reevaluateOn, type Evidence } from '../../src/conformance/reevaluate.ts';
import { runCase, type CaseResult } from '../../src/conformance/run-case.ts';
import type { Stage } from '../../src/conformance/stage.ts';
import type { RecordedInput } from '../../src/conformance/transcript.ts';
import type { Finding, Verdict } from '../../src/conformance/verdict.ts';
import type { World } from '../../src/conformance/world.ts';
import { microversion, range } from '../../src/microversion.ts';
import { isExchangeLine, isSharedLine } from '../../src/report/evidence-guard.ts';
import { TokenEnded } from '../../src/target/session.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';
import { clauseOf, contractOf, plainOperation, targetWith } from './tiny-contract.ts';
import { answered, refusedConnection, tinyWorld, type TinyWorld } from './tiny-world.ts';

const limits = vi.hoisted(() => ({ case: 600_000, poll: { first: 1, growth: 1.5, most: 4 } }));
vi.mock('../../src/conformance/budgets.ts', () => ({ budgets: limits }));

const id = 'compute/show-thing';
const contract = contractOf(plainOperation(id, ['2.1-']));
const planned: PlannedCase = { id: `${id}#shows@2.5`, clause: `${id}#shows`, microversion: microversion('2.5') };
const clauseWith = (check: Check): Clause => clauseOf(`${id}#shows`, [range('2.1-')], { check });
const act = (stage: Stage, thing = 't1') => stage.call(id, { path: { thing_id: thing } });
const look = (stage: Stage, thing = 't1') => stage.call(id, { path: { thing_id: thing }, purpose: 'observation' });
const prepare = (stage: Stage, thing = 't1') => stage.call(id, { path: { thing_id: thing }, purpose: 'preparation' });
const never = <T>(): Promise<T> => new Promise(() => undefined);
const after = async <T>(ms: number, make: () => T): Promise<T> => {
  await pause(ms);
  return make();
};
const refuse = (error: Error) => (): never => {
  throw error;
};
const finding = (exchange: string): Finding => ({ kind: 'status', exchange, expected: [200], seen: 500 });

const absent = (): HttpOutcome => answered(404, { itemNotFound: { code: 404, message: 'No such thing.' } });

type Answer = (request: SentRequest) => HttpOutcome | Promise<HttpOutcome>;

/** As a folder keeps it. */
function kept({ exchanges, transcript }: CaseResult): Evidence {
  const evidence = JSON.parse(JSON.stringify({ exchanges, transcript })) as Evidence;
  expect(isSharedLine({ line: 'shared', transcript: evidence.transcript })).toBe(true);
  expect(evidence.exchanges.every((exchange) => isExchangeLine({ line: 'exchange', ...exchange }))).toBe(true);
  return evidence;
}

const evaluate = (check: Check, evidence: Evidence): Promise<Verdict> =>
  reevaluateOn(contract, targetWith('2.1-2.104'), { member: 'p1' })(clauseWith(check), planned, evidence);

async function twice(
  check: Check,
  play: TinyWorld = tinyWorld(contract, () => answered(200, {})),
  world: World = play.world,
): Promise<{ readonly result: CaseResult; readonly again: Verdict }> {
  const result = await runCase(world, clauseWith(check), planned);
  return { result, again: await evaluate(check, kept(result)) };
}

/** The first of two alike is answered last. */
function latecomer(): Answer {
  let count = 0;
  return () => (count++ === 0 ? after(15, () => answered(500)) : answered(200, {}));
}

const waitFor = (stage: Stage, thing: string, holds: (status: number | undefined) => boolean, budgetMs = 600_000) =>
  stage.eventually({
    look: () => look(stage, thing),
    holds: ({ response }) => holds(response?.status),
    expected: `${thing} there`,
    seen: ({ response }) => `status ${response?.status}`,
    budgetMs,
  });

interface Row {
  readonly name: string;
  readonly check: Check;
  readonly answer?: Answer;
  readonly verdict: object;
}

const rows: readonly Row[] = [
  {
    name: 'that did not apply while another prop was under way',
    check: async ({ prop }) => {
      await Promise.all([prop(() => never()), prop(refuse(new NotBound('Not here.')))]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Not here.' },
  },
  {
    name: 'whose props were asked for in one order and came in another, both as failures',
    check: async ({ prop }) => {
      const [first, second] = [new Unreached('a server', 'No server.'), new Unreached('a volume', 'No volume.')];
      await Promise.all([prop(() => after(10, refuse(first))), prop(refuse(second))]);
      return [];
    },
    verdict: { is: 'inconclusive', reason: 'No volume.', cause: 'a volume' },
  },
  {
    name: 'that ended while a request was under way',
    check: async (stage) => {
      await Promise.all([act(stage, 'slow'), stage.prop(() => after(5, refuse(new NotBound('Not here.'))))]);
      return [];
    },
    answer: () => never(),
    verdict: { is: 'not-applicable', reason: 'Not here.' },
  },
  {
    name: 'that ended while it waited, between two looks',
    check: async (stage) => {
      const ends = act(stage).then(() => stage.prop(() => after(20, refuse(new NotBound('Over.')))));
      await Promise.all([waitFor(stage, 't2', () => false), ends]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Over.' },
  },
  {
    name: 'that ended before its wait had looked once',
    check: async (stage) => {
      await Promise.all([
        stage.eventually({
          ...{ look: () => never(), holds: () => true, expected: 'it', seen: () => '', budgetMs: 1 },
        }),
        stage.prop(() => after(5, refuse(new NotBound('Over.')))),
      ]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Over.' },
  },
  {
    name: 'that ended while a shared act was under way',
    check: async (stage) => {
      await Promise.all([
        stage.shared('the act', async (inner) => {
          await prepare(inner);
          return inner.prop(() => never());
        }),
        stage.prop(() => after(5, refuse(new NotBound('Over.')))),
      ]);
      return [];
    },
    verdict: { is: 'not-applicable', reason: 'Over.' },
  },
  {
    name: 'whose shared act failed while one of its props was under way',
    check: (stage) =>
      stage.shared('the act', async ({ prop }) => {
        await Promise.all([prop(() => after(10, () => 1)), prop(refuse(new Unreached('a server', 'No server.')))]);
        return [];
      }),
    verdict: { is: 'inconclusive', reason: 'No server.', cause: 'a server' },
  },
  {
    name: 'with two alike requests of which the second was answered first',
    check: async (stage) => {
      const replies = await Promise.all([act(stage), act(stage)]);
      return replies.flatMap((reply) => expectStatus(reply, 200));
    },
    answer: latecomer(),
    verdict: { is: 'fail', findings: [{ kind: 'status', exchange: 'x1', seen: 500 }] },
  },
  {
    name: 'that counts only the response that came first',
    check: async (stage) => {
      let first: string | undefined;
      const tell = async (thing: string): Promise<void> => {
        const { id: exchange } = await act(stage, thing);
        first ??= exchange;
      };
      await Promise.all([tell('slow'), tell('fast')]);
      return [finding(first ?? 'none')];
    },
    answer: ({ url }) => (url.includes('slow') ? after(15, () => answered(200, {})) : answered(200, {})),
    verdict: { is: 'fail', findings: [{ exchange: 'x2' }] },
  },
  {
    name: 'that waited for two things at once',
    check: async (stage) => {
      await act(stage);
      const counts = { t2: 0, t3: 0 };
      const enough = (thing: 't2' | 't3', times: number) => (): boolean => ++counts[thing] >= times;
      const found = await Promise.all([
        waitFor(stage, 't2', enough('t2', 7)),
        waitFor(stage, 't3', enough('t3', 3)),
        waitFor(stage, 't4', () => false, 12),
      ]);
      return found.flat();
    },
    answer: ({ url }) => (url.includes('t2') ? after(1, absent) : absent()),
    verdict: { is: 'fail', findings: [{ kind: 'transition', expected: 't4 there', seen: 'status 404' }] },
  },
  {
    name: 'that takes an identifier between two requests',
    check: async (stage) => {
      const [, reply] = await Promise.all([act(stage), act(stage, stage.uuid())]);
      return expectStatus(reply, 404);
    },
    verdict: { is: 'fail', findings: [{ exchange: 'x2' }] },
  },
  {
    name: 'whose prop asks the target by way of the stage',
    check: async (stage) => {
      const thing = await stage.prop(async () => {
        await prepare(stage, stage.uuid());
        return stage.prop(() => Promise.resolve('t9'));
      });
      return expectStatus(await act(stage, thing), 404);
    },
    verdict: { is: 'fail', findings: [{ exchange: 'x2' }] },
  },
  {
    name: 'whose preparation was sent again',
    check: async (stage) => {
      await Promise.all([prepare(stage), prepare(stage)]);
      return expectStatus(await act(stage), 404);
    },
    answer: (() => {
      let count = 0;
      return () => (++count <= 2 ? answered(503, {}, { 'retry-after': '0' }) : answered(200, {}));
    })(),
    verdict: { is: 'fail', findings: [{ exchange: 'x5' }] },
  },
  {
    name: 'whose act got no response',
    check: async (stage) => expectStatus(await act(stage), 200),
    answer: () => refusedConnection,
    verdict: { is: 'error' },
  },
  {
    name: 'for which there was no room',
    check: async ({ prop }) => prop(refuse(new NoRoom('Too small.', 'Raise the quota.'))),
    verdict: { is: 'not-attempted', reason: 'Too small.', mend: 'Raise the quota.' },
  },
  {
    name: 'that was told to stop',
    check: async ({ prop }) => prop(refuse(new Stopped('The run was told to stop.'))),
    verdict: { is: 'not-attempted', reason: 'The run was told to stop.' },
  },
  {
    name: 'whose token ended in a prop',
    check: async ({ prop }) => prop(refuse(new TokenEnded('No token.'))),
    verdict: { is: 'inconclusive', reason: 'No token.', cause: 'a token that is good' },
  },
];

test.each(rows)('a case $name is evaluated again to the same verdict', async ({ check, answer, verdict }) => {
  const { result, again } = await twice(check, tinyWorld(contract, answer ?? (() => answered(200, {}))));
  expect(result.verdict).toMatchObject(verdict);
  expect(again).toEqual(result.verdict);
});

test('a case that ran out of time, with an input under way, is an error again', async () => {
  limits.case = 20;
  const { result, again } = await twice(async (stage) => {
    await act(stage);
    await stage.prop(() => never());
    return [];
  });
  limits.case = 600_000;
  expect(result.verdict).toMatchObject({ is: 'error', reason: expect.stringContaining('No verdict within') as string });
  expect(again).toMatchObject({ is: 'error', reason: expect.stringContaining('had not received') as string });
});

test('what arrives after the verdict changes nothing in the evidence', async () => {
  let arrive: (value: number) => void = () => undefined;
  const play = tinyWorld(contract, () => answered(200, {}));
  const check: Check = async ({ prop }) => {
    const late = prop(() => new Promise<number>((resolve) => (arrive = resolve)));
    await Promise.all([late, prop(refuse(new NotBound('Not here.')))]);
    return [];
  };
  const result = await runCase(play.world, clauseWith(check), planned);
  const before = JSON.stringify(result);
  arrive(1);
  await pause(5);
  expect(JSON.stringify(result)).toBe(before);
});

test('cases that share an act see it as it was when it was over', async () => {
  const play = tinyWorld(contract, () => answered(200, {}));
  const check: Check = async (stage) => {
    await stage.shared('the act', async ({ prop }) => {
      await Promise.all([
        prop(() => after(10, () => 1)),
        prop(() => after(1, refuse(new Unreached('a server', 'No server.')))),
      ]);
    });
    return [];
  };
  const first = await runCase(play.world, clauseWith(check), planned);
  await pause(20);
  const second = await runCase(play.world, clauseWith(check), planned);
  expect(second.transcript).toEqual(first.transcript);
  for (const result of [first, second]) expect(await evaluate(check, kept(result))).toEqual(result.verdict);
});

test.each([
  ['can be renewed', true],
  ['cannot be renewed', false],
])('a case with a lost token that %s is evaluated again to the same verdict', async (_, renewable) => {
  let count = 0;
  const play = tinyWorld(contract, () => (++count === 1 ? answered(401) : answered(200, {})));
  const member = play.world.sessions.get('member');
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
  const world = { ...play.world, sessions: new Map([['member' as const, session]]) };
  for (const check of [
    async (stage: Stage) => {
      await prepare(stage);
      return expectStatus(await act(stage), 404);
    },
    async (stage: Stage) => expectStatus(await act(stage), 404),
  ]) {
    count = 0;
    isLost = false;
    const { result, again } = await twice(check, play, world);
    expect(['fail', 'inconclusive']).toContain(result.verdict.is);
    expect(again).toEqual(result.verdict);
  }
});

test('a text of a request that holds a secret elsewhere is recognised without it', async () => {
  const play = tinyWorld(contract, () => answered(404));
  play.world.recorder.redactor.learn('s3cret-thing');
  const { result, again } = await twice(async (stage) => expectStatus(await act(stage, 's3cret-thing'), 200), play);
  expect(result.exchanges[0]?.request.url).toBe('http://compute.test/things/[redacted]');
  expect(result.verdict.is).toBe('fail');
  expect(again).toEqual(result.verdict);
});

type Flow = (stage: Stage) => Promise<readonly Finding[]>;

/** Steps one after the other, of which each may be flows at the same time. */
function randomFlow(random: Random, depth = 0): Flow {
  const steps = Array.from({ length: 1 + random.below(4) }, () => randomStep(random, depth));
  return async (stage) => {
    const found: Finding[] = [];
    for (const step of steps) found.push(...(await step(stage)));
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
      return async (stage) => expectStatus(await act(stage, thing), status);
    case 'prop':
      return async (stage) => {
        const value = await stage.prop(() => after(ms, () => thing));
        return expectStatus(await look(stage, value), status);
      };
    case 'drawn':
      return async (stage) => expectStatus(await look(stage, stage.uuid()), status);
    case 'wait':
      return (stage) => {
        let count = 0;
        return waitFor(stage, thing, () => ++count > ms, random.pick([2, 600_000]));
      };
    case 'fail':
      return random.chance(0.3)
        ? async ({ prop }) => prop(() => after(ms, refuse(new Unreached(name, `No ${name}.`))))
        : async () => [];
    case 'never':
      return random.chance(0.1) ? ({ prop }) => prop(() => never()) : async () => [];
    case 'shared': {
      // The same key is the same act.
      const key = random.chance(0.5) ? 'looks' : name;
      const own = key === name ? flows[0] : undefined;
      return async (stage) => stage.shared(key, own ?? (async (inner) => expectStatus(await look(inner), 200)));
    }
    case 'all':
      return async (stage) => (await Promise.all(flows.map((flow) => flow(stage)))).flat();
    default:
      return async (stage) => Promise.race([...flows.map((flow) => flow(stage)), Promise.resolve([])]);
  }
}

test.each(seeds(8))('random checks are evaluated again to the same verdicts (%i)', async (seed) => {
  const random = seededRandom(seed);
  limits.case = 400;
  await Promise.all(
    Array.from({ length: 25 }, async () => {
      const check = randomFlow(random);
      const slow = seededRandom(random.below(1e9));
      const answer = () => after(slow.below(4), () => answered(slow.pick([200, 404])));
      const { result, again } = await twice(check, tinyWorld(contract, answer));
      if (result.verdict.is === 'error') expect(again.is).toBe('error');
      else expect(again).toEqual(result.verdict);
    }),
  );
  limits.case = 600_000;
});

/** A case that failed, and evidence of it that a forger has changed. */
const failing: Check = async (stage) => {
  const thing = await stage.prop(() => Promise.resolve('t1'));
  return expectStatus(await act(stage, thing), 200);
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
  const play = tinyWorld(contract, () => answered(500));
  const evidence = kept(await runCase(play.world, clauseWith(failing), planned));
  expect((await evaluate(failing, evidence)).is).toBe('fail');
  const { transcript } = evidence;
  const forged = { ...evidence, transcript: { ...transcript, inputs: edit(transcript.inputs) } };
  expect((await evaluate(failing, forged)).is).toBe('error');
});
