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
import { outcomeOf, rightResponse, thingRecipes, things, type Response } from '../resources/things.ts';
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

type Wrong = (response: Response, request: SentRequest) => Response;

/** All cases of all clauses against one target. */
async function judge(wrong: Wrong = (response) => response): Promise<readonly CaseResult[]> {
  const { run } = tinyRun(things, (request) => outcomeOf(wrong(rightResponse(request), request)));
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
    JSON.stringify(things, (key, value: unknown) => (key === 'responses' ? withChoiceOfSize(value as Json) : value)),
  ) as unknown as Contract;
  const shows = deriveClauses(several, thingRecipes).filter(({ id }) => id.includes('#shows-sample-'));
  const verdictWith = async (size: Json): Promise<unknown> => {
    const answer = (request: SentRequest): Response => {
      const response = rightResponse(request);
      return isCreated(response) ? inThing(response, { size }) : response;
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
function withChoiceOfSize(responses: Json): Json {
  const text = JSON.stringify(responses, (_, value: unknown) => {
    const { name, shape } = jsonObject(value as Json);
    const other = { type: 'string', nullable: false };
    return name === 'size'
      ? { ...jsonObject(value as Json), shape: { type: 'choice', options: [shape, other] } }
      : value;
  });
  return parseJson(text) ?? null;
}

const isCreated = ({ status }: Response): boolean => status === 201;
const isDeleted = ({ status }: Response): boolean => status === 204;
const isEarly = ({ headers }: SentRequest): boolean => new Map(headers).get('openstack-api-version') === 'compute 2.1';
const inThing = (response: Response, more: Readonly<Record<string, Json>>, without?: string): Response => {
  const thing = { ...jsonObject(jsonObject(response.body).thing), ...more };
  return { ...response, body: { thing: Object.fromEntries(Object.entries(thing).filter(([key]) => key !== without)) } };
};
const withoutHeader = (response: Response, name: string): Response => ({
  ...response,
  headers: Object.fromEntries(Object.entries(response.headers).filter(([key]) => key !== name)),
});
const bodyOf = ({ body }: SentRequest): Json | undefined => parseJson(body ?? '');
const thingOf = (request: SentRequest) => jsonObject(jsonObject(bodyOf(request)).thing);
/** What a careless target does with a request that it should refuse. */
const takes = (): Response => ({ status: 201, headers: {}, body: { thing: { id: 't1', size: 3 } } });

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
    wrong: (response) => (isCreated(response) ? { ...response, status: 200 } : response),
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
    wrong: (response) => (isDeleted(response) ? { ...response, body: {} } : response),
    fails: ['reply-has-no-body'],
    finding: { kind: 'body', expected: 'no body', seen: '{}' },
  },
  {
    name: 'a member that is missing',
    wrong: (response) => (isCreated(response) ? inThing(response, {}, 'id') : response),
    fails: ['reply-has-id', 'shows-sample-create-resp-2-1'],
    finding: { kind: 'schema', pointer: '/thing', keyword: 'required' },
  },
  {
    name: 'a member of another type',
    wrong: (response) => (isCreated(response) ? inThing(response, { size: '3' }) : response),
    fails: ['reply-has-size', 'shows-sample-create-resp-2-1'],
    finding: { kind: 'schema', pointer: '/thing/size', keyword: 'type', seen: '3' },
  },
  {
    name: 'a member too many',
    wrong: (response) => (isCreated(response) ? inThing(response, { weight: 1 }) : response),
    fails: ['reply-has-no-other-fields'],
    finding: { kind: 'schema', pointer: '/thing/weight' },
  },
  {
    name: 'a member before its microversion',
    wrong: (response, request) =>
      isCreated(response) && isEarly(request) ? inThing(response, { tag: 'x' }) : response,
    fails: ['reply-lacks-tag'],
    finding: { kind: 'schema', pointer: '/thing/tag' },
  },
  {
    name: 'an optional member of another type',
    wrong: (response, request) => (isCreated(response) && !isEarly(request) ? inThing(response, { tag: 5 }) : response),
    fails: ['reply-lacks-tag', 'reply-may-have-tag'],
    finding: { kind: 'schema', pointer: '/thing/tag' },
  },
  {
    name: 'another envelope',
    wrong: (response) => (isCreated(response) ? { ...response, body: [] } : response),
    fails: ['reply-has-a-body', 'shows-sample-create-resp-2-1'],
    undecided: true,
    finding: { kind: 'schema', pointer: '', keyword: 'type' },
  },
  {
    name: 'the envelope by another name',
    wrong: (response) =>
      isCreated(response) ? { ...response, body: { item: jsonObject(response.body).thing ?? null } } : response,
    fails: ['reply-has-no-other-fields-at-top', 'reply-has-thing', 'shows-sample-create-resp-2-1'],
    undecided: true,
    finding: { kind: 'schema', pointer: '', keyword: 'required' },
  },
  {
    name: 'a member beside the envelope',
    wrong: (response) =>
      isCreated(response) ? { ...response, body: { ...jsonObject(response.body), more: 1 } } : response,
    fails: ['reply-has-no-other-fields-at-top'],
    finding: { kind: 'schema', pointer: '/more' },
  },
  {
    name: 'another code without a body',
    wrong: (response) => (isDeleted(response) ? { ...response, status: 202 } : response),
    fails: ['accepts-query-limit', 'answers-204', 'passes-over-unknown-query'],
    undecided: true,
    finding: { kind: 'status', expected: [204], seen: 202 },
  },
  {
    name: 'no request id',
    wrong: (response) => withoutHeader(response, 'x-openstack-request-id'),
    fails: ['reply-has-x-openstack-request-id'],
    finding: { kind: 'header', name: 'x-openstack-request-id', seen: null },
  },
  ...(['code', 'colour', 'tag'] as const).map((name): Row => ({
    name: `a wrong type of ${name} taken`,
    wrong: (response, request) => {
      const sent = thingOf(request)[name];
      return response.status === 400 && sent !== undefined && typeof sent !== 'string' ? takes() : response;
    },
    fails: [`checks-${name}`],
    finding: { kind: 'status', expected: [400], seen: 201 },
  })),
  {
    name: 'a wrong type of level taken',
    wrong: (response, request) => (response.status === 400 && thingOf(request).level === null ? takes() : response),
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
      wrong: (response, request) =>
        response.status === 400 && thingOf(request)[name] === outside ? takes() : response,
      fails: [`applies-${keyword}-to-${name}`],
      finding: { kind: 'status', expected: [400], seen: 201 },
    },
    {
      name: `a ${name} just inside its ${keyword} refused`,
      wrong: (response, request) => (thingOf(request)[name] === inside ? { ...response, status: 400 } : response),
      fails: [`applies-${keyword}-to-${name}`, ...others],
      finding: { kind: 'status', expected: [404], seen: 400 },
    },
  ]),
  ...(['code', 'level'] as const).map((name): Row => ({
    name: `${name} refused where a box is there`,
    wrong: (response, request) =>
      isCreated(response) && thingOf(request)[name] !== undefined ? { ...response, status: 400 } : response,
    fails: [`accepts-${name}`],
    finding: { kind: 'status', expected: [201], seen: 400 },
  })),
  {
    name: 'an unknown member at the top taken',
    wrong: (response, request) =>
      response.status === 400 && Object.hasOwn(jsonObject(bodyOf(request)), 'osc_unknown') ? takes() : response,
    fails: ['refuses-other-fields-at-top'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a header without its version',
    wrong: (response) => withoutHeader(response, 'openstack-api-version'),
    fails: ['reply-has-openstack-api-version'],
    finding: { kind: 'header', name: 'openstack-api-version', seen: null },
  },
  {
    name: 'another version in the header',
    wrong: (response) => ({ ...response, headers: { ...response.headers, 'openstack-api-version': 'compute 2.99' } }),
    fails: ['reply-has-openstack-api-version'],
    finding: { kind: 'header', name: 'openstack-api-version', seen: 'compute 2.99' },
  },
  {
    name: 'no Vary',
    wrong: (response) => withoutHeader(response, 'vary'),
    fails: ['reply-varies-by-microversion'],
    finding: { kind: 'header', name: 'vary', seen: null },
  },
  {
    name: 'a request id that is none',
    wrong: (response) => ({ ...response, headers: { ...response.headers, 'x-compute-request-id': 'req-1' } }),
    fails: ['reply-has-x-compute-request-id'],
    finding: { kind: 'header', name: 'x-compute-request-id', expected: 'req- and a UUID', seen: 'req-1' },
  },
  {
    name: 'another content type',
    wrong: (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } }),
    fails: ['reply-is-json'],
    finding: { kind: 'header', name: 'content-type', seen: 'text/html' },
  },
  {
    name: 'requests without a needed member taken',
    wrong: (response, request) =>
      response.status === 400 && bodyOf(request) !== undefined && thingOf(request).size === undefined
        ? takes()
        : response,
    fails: ['requires-a-body', 'requires-size', 'requires-thing', 'checks-thing'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a wrong type taken',
    wrong: (response, request) =>
      response.status === 400 && typeof thingOf(request).size === 'string' ? takes() : response,
    fails: ['checks-size'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'an unknown member taken',
    wrong: (response, request) =>
      response.status === 400 && Object.hasOwn(thingOf(request), 'osc_unknown') ? takes() : response,
    fails: ['refuses-other-fields'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a member taken before its microversion',
    wrong: (response, request) => (response.status === 400 && thingOf(request).tag === 'osc' ? takes() : response),
    fails: ['refuses-tag'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'an optional member refused',
    wrong: (response, request) => (thingOf(request).colour === 'red' ? { ...response, status: 400 } : response),
    fails: ['accepts-colour', 'accepts-sample-create-req-2-1'],
    finding: { kind: 'status', expected: [201], seen: 400 },
  },
  {
    name: 'texts that are no JSON taken',
    wrong: (response, request) => (request.body === '{' ? takes() : response),
    fails: ['requires-a-body'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'a refusal without a fault body',
    wrong: (response, request) =>
      response.status === 400 && request.body === '{' ? { ...response, body: {} } : response,
    fails: ['requires-a-body'],
    finding: { kind: 'value', pointer: '/badRequest/code', expected: 400 },
  },
  {
    name: 'a query parameter refused',
    wrong: (response, { url }) => (url.endsWith('?limit=5') ? { ...response, status: 400 } : response),
    fails: ['accepts-query-limit'],
    finding: { kind: 'status', expected: [204], seen: 400 },
  },
  {
    name: 'a query parameter of a wrong form taken',
    wrong: (response, { url }) => (url.endsWith('?limit=osc') ? { ...response, status: 204 } : response),
    fails: ['checks-query-limit'],
    finding: { kind: 'status', expected: [400], seen: 204 },
  },
  {
    name: 'an unknown query parameter refused and taken the wrong way round',
    wrong: (response, { url }) =>
      url.includes('osc_unknown') ? { ...response, status: isDeleted(response) ? 400 : 204 } : response,
    fails: ['passes-over-unknown-query', 'refuses-unknown-query'],
    finding: { kind: 'status', expected: [204], seen: 400 },
  },
  {
    name: 'any token taken',
    wrong: (response) => (response.status === 401 ? { ...response, status: 403 } : response),
    fails: ['refuses-missing-token', 'refuses-unknown-token'],
    finding: { kind: 'status', expected: [401], seen: 403 },
  },
  {
    name: 'a box that does not exist answered with another code',
    wrong: (response) => (response.status === 404 ? { ...response, status: 410 } : response),
    fails: ['refuses-unknown-box-id'],
    finding: { kind: 'status', expected: [404], seen: 410 },
  },
  {
    name: 'versions that are none taken',
    wrong: (response, { headers }) =>
      new Map(headers).get('openstack-api-version') === 'compute osc' ? takes() : response,
    fails: ['refuses-malformed-microversion'],
    finding: { kind: 'status', expected: [400], seen: 201 },
  },
  {
    name: 'versions outside the range taken',
    wrong: (response) => (response.status === 406 ? takes() : response),
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
