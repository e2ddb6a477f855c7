/**
 * Derived clauses of a made-up service: their ids and sentences as a golden file, and for each way in which a target can
 * be wrong exactly the cases that find it.
 */
import { expect, test } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import { levelOf } from '../../src/clauses/clause.ts';
import { deriveClauses } from '../../src/clauses/derive/index.ts';
import { planCases } from '../../src/planning/plan-cases.ts';
import type { Recipe } from '../../src/clauses/recipe.ts';
import { runCase, type CaseResult } from '../../src/execution/run-case.ts';
import { everything } from '../../src/planning/selection.ts';
import { findingsOf, type Finding } from '../../src/clauses/verdict.ts';
import type { Contract } from '../../src/contract/model.ts';
import { jsonObject, parseJson, type Json } from '../../src/json.ts';
import { formatRange, microversion } from '../../src/microversion.ts';
import { contractOf } from '../execution/tiny-contract.ts';
import { outcomeOf, rightAnswer, thingRecipes, things, type Reply } from '../resources/things.ts';
import { tinyRun } from '../execution/tiny-run.ts';

const clauses = deriveClauses(things, thingRecipes);

test('the clauses, their ranges and their sentences are these', async () => {
  const lines = clauses.map(({ id, ranges, cases, statement }) => {
    return `${id} [${ranges.map(formatRange).join(', ')}${cases === 'once' ? ', once' : ''}]\n    ${statement}`;
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/conformance/derived-clauses.txt');
});

test('ids are unique, every clause names a fault, and every sentence ends and has a level', () => {
  expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length);
  for (const { id, statement, killedBy, kind } of clauses) {
    expect([kind, killedBy.length > 0, statement.endsWith('.')], id).toEqual(['derived', true, true]);
    expect(levelOf(statement), id).toMatch(/^(MUST|SHOULD|MAY)/);
  }
});

test('without a recipe the same clauses stand, unprepared and with the reason', () => {
  const bare = deriveClauses(things, {});
  expect(bare.map(({ id }) => id)).toEqual(clauses.map(({ id }) => id));
  expect(new Set(bare.map(({ unprepared }) => unprepared))).toEqual(
    new Set(things.operations.map(({ id }) => `No suite has a recipe for ${id} yet.`)),
  );
});

test('a name in the path that the request itself creates may be unknown before', () => {
  const ids = ({ creates }: Pick<Recipe, 'creates'>): readonly string[] => {
    const recipe = thingRecipes['compute/create-thing'];
    if (!recipe) throw new Error('The tiny service has no recipe that creates a thing.');
    const derived = deriveClauses(things, { 'compute/create-thing': { ...recipe, ...(creates && { creates }) } });
    return derived.map(({ id }) => id).filter((id) => id.startsWith('compute/create-thing#refuses-unknown-'));
  };
  expect(ids({})).toContain('compute/create-thing#refuses-unknown-box-id');
  expect(ids({ creates: ['box_id'] })).toEqual(ids({}).filter((id) => !id.endsWith('-box-id')));
});

test('wrong values of a query parameter have a clause only where something states that they are rejected', () => {
  const withoutRule = jsonObject(
    parseJson(JSON.stringify(things, (key, value: unknown) => (key === 'wrongValue' ? undefined : value))),
  );
  const ids = (contract: Contract): readonly string[] => deriveClauses(contract, thingRecipes).map(({ id }) => id);
  const checks = 'compute/delete-things#checks-query-limit';
  expect(ids(things)).toContain(checks);
  expect(ids(withoutRule as unknown as Contract)).toEqual(ids(things).filter((id) => id !== checks));
});

test('a service without microversions has no clauses about them', () => {
  const plain = Object.fromEntries(Object.entries(things).filter(([key]) => key !== 'microversions'));
  const ids = deriveClauses(plain as unknown as Contract, thingRecipes).map(({ id }) => id);
  expect(ids.filter((id) => /api-version|microversion/.test(id))).toEqual([]);
  expect(deriveClauses(contractOf(), {})).toEqual([]);
});

type Wrong = (reply: Reply, request: SentRequest) => Reply;

/** All cases of all clauses against one target. */
async function judge(wrong: Wrong = (reply) => reply): Promise<readonly CaseResult[]> {
  const { run } = tinyRun(things, (request) => outcomeOf(wrong(rightAnswer(request), request)));
  const planned = planCases(clauses, [things], run.target, everything);
  return Promise.all(
    planned.map((one) => {
      const clause = clauses.find(({ id }) => id === one.clause);
      if (!clause) throw new Error(`No clause ${one.clause}`);
      return runCase(run, clause, one);
    }),
  );
}

test('a target that keeps the contract passes every case', async () => {
  const results = await judge();
  const others = results.filter(({ verdict }) => verdict.is !== 'pass');
  expect(others.map(({ id, verdict }) => [id, verdict.is])).toEqual([]);
});

test('a reply may have another of several documented forms than its sample', async () => {
  const several = parseJson(
    JSON.stringify(things, (key, value: unknown) => (key === 'answers' ? withChoiceOfSize(value as Json) : value)),
  ) as unknown as Contract;
  const shows = deriveClauses(several, thingRecipes).filter(({ id }) => id.includes('#shows-sample-'));
  const verdictWith = async (size: Json): Promise<unknown> => {
    const answer = (request: SentRequest): Reply => {
      const reply = rightAnswer(request);
      return isCreated(reply) ? inThing(reply, { size }) : reply;
    };
    const { run } = tinyRun(several, (request) => outcomeOf(answer(request)));
    const [planned] = planCases(shows, [several], run.target, everything);
    const clause = shows.find(({ id }) => id === planned?.clause);
    if (!planned || !clause) throw new Error('No sample is shown.');
    return (await runCase(run, clause, planned)).verdict.is;
  };
  expect(await verdictWith('')).toBe('pass');
  expect(await verdictWith(3)).toBe('pass');
});

/** The size of a thing is a number or a text. */
function withChoiceOfSize(answers: Json): Json {
  const text = JSON.stringify(answers, (_, value: unknown) => {
    const { name, shape } = jsonObject(value as Json);
    const other = { type: 'string', nullable: false };
    return name === 'size'
      ? { ...jsonObject(value as Json), shape: { type: 'choice', options: [shape, other] } }
      : value;
  });
  return parseJson(text) ?? null;
}

const isCreated = ({ status }: Reply): boolean => status === 201;
const isDeleted = ({ status }: Reply): boolean => status === 204;
const isEarly = ({ headers }: SentRequest): boolean => new Map(headers).get('openstack-api-version') === 'compute 2.1';
const inThing = (reply: Reply, more: Readonly<Record<string, Json>>, without?: string): Reply => {
  const thing = { ...jsonObject(jsonObject(reply.body).thing), ...more };
  return { ...reply, body: { thing: Object.fromEntries(Object.entries(thing).filter(([key]) => key !== without)) } };
};
const withoutHeader = (reply: Reply, name: string): Reply => ({
  ...reply,
  headers: Object.fromEntries(Object.entries(reply.headers).filter(([key]) => key !== name)),
});
const bodyOf = ({ body }: SentRequest): Json | undefined => parseJson(body ?? '');
const thingOf = (request: SentRequest) => jsonObject(jsonObject(bodyOf(request)).thing);
/** What a careless target does with a request that it should refuse. */
const takes = (): Reply => ({ status: 201, headers: {}, body: { thing: { id: 't1', size: 3 } } });

interface Row {
  readonly name: string;
  readonly wrong: Wrong;
  /** Clauses that fail, without their operation. */
  readonly fails: readonly string[];
  /** Clauses that cannot be decided any more. */
  readonly undecided?: true;
  readonly finding: Partial<Finding>;
}

const mutationTests: readonly Row[] = [
  {
    name: 'another success code',
    wrong: (reply) => (isCreated(reply) ? { ...reply, status: 200 } : reply),
    fails: [
      'accepts-code',
      'accepts-colour',
      'accepts-level',
      'accepts-sample-create-req-2-1',
      'accepts-tag',
      'answers-201',
    ],
    undecided: true,
    finding: { kind: 'status', expected: [201], seen: 200 },
  },
  {
    name: 'a body where none belongs',
    wrong: (reply) => (isDeleted(reply) ? { ...reply, body: {} } : reply),
    fails: ['reply-has-no-body'],
    finding: { kind: 'body', expected: 'no body', seen: '{}' },
  },
  {
    name: 'a member that is missing',
    wrong: (reply) => (isCreated(reply) ? inThing(reply, {}, 'id') : reply),
    fails: ['reply-has-id', 'shows-sample-create-resp-2-1'],
    finding: { kind: 'schema', pointer: '/thing', keyword: 'required' },
  },
  {
    name: 'a member of another type',
    wrong: (reply) => (isCreated(reply) ? inThing(reply, { size: '3' }) : reply),
    fails: ['reply-has-size', 'shows-sample-create-resp-2-1'],
    finding: { kind: 'schema', pointer: '/thing/size', keyword: 'type', seen: '3' },
  },
  {
    name: 'a member too many',
    wrong: (reply) => (isCreated(reply) ? inThing(reply, { weight: 1 }) : reply),
    fails: ['reply-has-no-other-fields'],
    finding: { kind: 'schema', pointer: '/thing/weight' },
  },
  {
    name: 'a member before its microversion',
    wrong: (reply, request) => (isCreated(reply) && isEarly(request) ? inThing(reply, { tag: 'x' }) : reply),
    fails: ['reply-lacks-tag'],
    finding: { kind: 'schema', pointer: '/thing/tag' },
  },
  {
    name: 'an optional member of another type',
    wrong: (reply, request) => (isCreated(reply) && !isEarly(request) ? inThing(reply, { tag: 5 }) : reply),
    fails: ['reply-lacks-tag', 'reply-may-have-tag'],
    finding: { kind: 'schema', pointer: '/thing/tag' },
  },
  {
    name: 'another envelope',
    wrong: (reply) => (isCreated(reply) ? { ...reply, body: [] } : reply),
    fails: ['reply-has-a-body', 'shows-sample-create-resp-2-1'],
    undecided: true,
    finding: { kind: 'schema', pointer: '', keyword: 'type' },
  },
  {
    name: 'the envelope by another name',
    wrong: (reply) => (isCreated(reply) ? { ...reply, body: { item: jsonObject(reply.body).thing ?? null } } : reply),
    fails: ['reply-has-no-other-fields-at-top', 'reply-has-thing', 'shows-sample-create-resp-2-1'],
    undecided: true,
    finding: { kind: 'schema', pointer: '', keyword: 'required' },
  },
  {
    name: 'a member beside the envelope',
    wrong: (reply) => (isCreated(reply) ? { ...reply, body: { ...jsonObject(reply.body), more: 1 } } : reply),
    fails: ['reply-has-no-other-fields-at-top'],
    finding: { kind: 'schema', pointer: '/more' },
  },
  {
    name: 'another code without a body',
    wrong: (reply) => (isDeleted(reply) ? { ...reply, status: 202 } : reply),
    fails: ['accepts-query-limit', 'answers-204', 'passes-over-unknown-query'],
    undecided: true,
    finding: { kind: 'status', expected: [204], seen: 202 },
  },
  {
    name: 'no request id',
    wrong: (reply) => withoutHeader(reply, 'x-openstack-request-id'),
    fails: ['reply-has-x-openstack-request-id'],
    finding: { kind: 'header', name: 'x-openstack-request-id', seen: null },
  },
  ...(['code', 'colour', 'tag'] as const).map((name): Row => ({
    name: `a wrong type of ${name} taken`,
    wrong: (reply, request) => {
      const sent = thingOf(request)[name];
      return reply.status === 400 && sent !== undefined && typeof sent !== 'string' ? takes() : reply;
    },
    fails: [`checks-${name}`],
    finding: { kind: 'status', expected: [400], seen: 201 },
  })),
  {
    name: 'a wrong type of level taken',
    wrong: (reply, request) => (reply.status === 400 && thingOf(request).level === null ? takes() : reply),
    fails: ['checks-level'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  ...(
    [
      ['code', 'pattern', 'a ', 'ax', []],
      // The shortest text is one that the pattern just lets pass, too.
      ['code', 'min-length', 'a', 'aa', ['applies-pattern-to-code']],
      ['code', 'max-length', 'aaaa', 'aaa', []],
      ['level', 'minimum', 0, 1, []],
      ['level', 'maximum', 6, 5, []],
    ] as const
  ).flatMap(([name, keyword, outside, inside, others]): readonly Row[] => [
    {
      name: `a ${name} just outside its ${keyword} taken`,
      wrong: (reply, request) => (reply.status === 400 && thingOf(request)[name] === outside ? takes() : reply),
      fails: [`applies-${keyword}-to-${name}`],
      finding: { kind: 'status', expected: [400], seen: 201 },
    },
    {
      name: `a ${name} just inside its ${keyword} refused`,
      wrong: (reply, request) => (thingOf(request)[name] === inside ? { ...reply, status: 400 } : reply),
      fails: [`applies-${keyword}-to-${name}`, ...others],
      finding: { kind: 'status', expected: [404], seen: 400 },
    },
  ]),
  ...(['code', 'level'] as const).map((name): Row => ({
    name: `${name} refused where a box is there`,
    wrong: (reply, request) =>
      isCreated(reply) && thingOf(request)[name] !== undefined ? { ...reply, status: 400 } : reply,
    fails: [`accepts-${name}`],
    finding: { kind: 'status', expected: [201], seen: 400 },
  })),
  {
    name: 'an unknown member at the top taken',
    wrong: (reply, request) =>
      reply.status === 400 && Object.hasOwn(jsonObject(bodyOf(request)), 'osc_unknown') ? takes() : reply,
    fails: ['refuses-other-fields-at-top'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a header without its version',
    wrong: (reply) => withoutHeader(reply, 'openstack-api-version'),
    fails: ['reply-has-openstack-api-version'],
    finding: { kind: 'header', name: 'openstack-api-version', seen: null },
  },
  {
    name: 'another version in the header',
    wrong: (reply) => ({ ...reply, headers: { ...reply.headers, 'openstack-api-version': 'compute 2.99' } }),
    fails: ['reply-has-openstack-api-version'],
    finding: { kind: 'header', name: 'openstack-api-version', seen: 'compute 2.99' },
  },
  {
    name: 'no Vary',
    wrong: (reply) => withoutHeader(reply, 'vary'),
    fails: ['reply-varies-by-microversion'],
    finding: { kind: 'header', name: 'vary', seen: null },
  },
  {
    name: 'a request id that is none',
    wrong: (reply) => ({ ...reply, headers: { ...reply.headers, 'x-compute-request-id': 'req-1' } }),
    fails: ['reply-has-x-compute-request-id'],
    finding: { kind: 'header', name: 'x-compute-request-id', expected: 'req- and a UUID', seen: 'req-1' },
  },
  {
    name: 'another content type',
    wrong: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } }),
    fails: ['reply-is-json'],
    finding: { kind: 'header', name: 'content-type', seen: 'text/html' },
  },
  {
    name: 'requests without a needed member taken',
    wrong: (reply, request) =>
      reply.status === 400 && bodyOf(request) !== undefined && thingOf(request).size === undefined ? takes() : reply,
    fails: ['requires-a-body', 'requires-size', 'requires-thing', 'checks-thing'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a wrong type taken',
    wrong: (reply, request) => (reply.status === 400 && typeof thingOf(request).size === 'string' ? takes() : reply),
    fails: ['checks-size'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'an unknown member taken',
    wrong: (reply, request) =>
      reply.status === 400 && Object.hasOwn(thingOf(request), 'osc_unknown') ? takes() : reply,
    fails: ['refuses-other-fields'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a member taken before its microversion',
    wrong: (reply, request) => (reply.status === 400 && thingOf(request).tag === 'osc' ? takes() : reply),
    fails: ['refuses-tag'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'an optional member refused',
    wrong: (reply, request) => (thingOf(request).colour === 'red' ? { ...reply, status: 400 } : reply),
    fails: ['accepts-colour', 'accepts-sample-create-req-2-1'],
    finding: { kind: 'status', expected: [201], seen: 400 },
  },
  {
    name: 'texts that are no JSON taken',
    wrong: (reply, request) => (request.body === '{' ? takes() : reply),
    fails: ['requires-a-body'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a refusal without a fault body',
    wrong: (reply, request) => (reply.status === 400 && request.body === '{' ? { ...reply, body: {} } : reply),
    fails: ['requires-a-body'],
    finding: { kind: 'value', pointer: '/badRequest/code', expected: 400 },
  },
  {
    name: 'a query parameter refused',
    wrong: (reply, { url }) => (url.endsWith('?limit=5') ? { ...reply, status: 400 } : reply),
    fails: ['accepts-query-limit'],
    finding: { kind: 'status', expected: [204], seen: 400 },
  },
  {
    name: 'a query parameter of a wrong form taken',
    wrong: (reply, { url }) => (url.endsWith('?limit=osc') ? { ...reply, status: 204 } : reply),
    fails: ['checks-query-limit'],
    finding: { kind: 'status', expected: [400], seen: 204 },
  },
  {
    name: 'an unknown query parameter refused and taken the wrong way round',
    wrong: (reply, { url }) =>
      url.includes('osc_unknown') ? { ...reply, status: isDeleted(reply) ? 400 : 204 } : reply,
    fails: ['passes-over-unknown-query', 'refuses-unknown-query'],
    finding: { kind: 'status', expected: [204], seen: 400 },
  },
  {
    name: 'any token taken',
    wrong: (reply) => (reply.status === 401 ? { ...reply, status: 403 } : reply),
    fails: ['refuses-missing-token', 'refuses-unknown-token'],
    finding: { kind: 'status', expected: [401], seen: 403 },
  },
  {
    name: 'a box that does not exist answered with another code',
    wrong: (reply) => (reply.status === 404 ? { ...reply, status: 410 } : reply),
    fails: ['refuses-unknown-box-id'],
    finding: { kind: 'status', expected: [404], seen: 410 },
  },
  {
    name: 'versions that are none taken',
    wrong: (reply, { headers }) => (new Map(headers).get('openstack-api-version') === 'compute osc' ? takes() : reply),
    fails: ['refuses-malformed-microversion'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'versions outside the range taken',
    wrong: (reply) => (reply.status === 406 ? takes() : reply),
    fails: ['refuses-too-new-microversion', 'refuses-too-old-microversion'],
    finding: { kind: 'status', expected: [406], seen: 201 },
  },
];

test.each(mutationTests)('$name fails exactly the clauses about it', async ({ wrong, fails, undecided, finding }) => {
  const results = await judge(wrong);
  const failed = results.filter(({ verdict }) => verdict.is === 'fail');
  const words = new Set(failed.map(({ id }) => id.replace(/^.*#|@.*$/g, '')));
  expect([...words].sort()).toEqual([...fails].sort());
  expect(failed.flatMap(({ verdict }) => findingsOf(verdict))).toContainEqual(expect.objectContaining(finding));
  const others = new Set(results.map(({ verdict }) => verdict.is));
  expect([...others].filter((is) => is === 'error' || (is === 'inconclusive' && !undecided))).toEqual([]);
});

test('every derived clause is failed by a row of the table', () => {
  const words = new Set(clauses.map(({ id }) => id.replace(/^.*#/, '')));
  const failed = new Set(mutationTests.flatMap(({ fails }) => fails));
  expect([...failed].filter((word) => !words.has(word))).toEqual([]);
  expect([...words].filter((word) => !failed.has(word)).sort()).toEqual([]);
});

test('cases stand at both ends of each revision that their clause speaks of', () => {
  const { run } = tinyRun(things, () => outcomeOf({ status: 500, headers: {} }));
  const at = (word: string): readonly string[] =>
    planCases(clauses, [things], run.target, everything)
      .filter(({ clause }) => clause === `compute/create-thing#${word}`)
      .map(({ id }) => id.replace(/^.*@/, ''));
  expect(at('answers-201')).toEqual(['2.1', '2.4', '2.5', '2.104']);
  expect(at('reply-lacks-tag')).toEqual(['2.1', '2.4']);
  expect(at('accepts-tag')).toEqual(['2.5', '2.104']);
  expect(at('refuses-too-new-microversion')).toEqual(['2.104']);
  expect(microversion('2.104')).toEqual(run.service('compute').range.last);
});
