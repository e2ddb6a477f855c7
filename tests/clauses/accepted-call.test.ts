/** Accepted calls are made once, observed once, and shared by every clause that only looks. */
import { describe, expect, test } from 'vitest';
import {
  acceptedCall,
  acceptedCallWith,
  everyMember,
  judgeAccepted,
  withMembers,
} from '../../src/clauses/accepted-call.ts';
import { openCheckContext, type CheckContext } from '../../src/clauses/check-context.ts';
import { operation, type NotCompleted } from '../../src/clauses/define-operation.ts';
import { recipeOf } from '../../src/clauses/derive-recipe.ts';
import type { Member, Operation, Shape } from '../../src/contract/model.ts';
import { Unreached } from '../../src/execution/errors.ts';
import { freshRunContext, type RunContext } from '../../src/execution/run-context.ts';
import type { Json } from '../../src/json.ts';
import { microversion, range } from '../../src/microversion.ts';
import { contractOf, plainOperation, source } from '../execution/tiny-contract.ts';
import { responded, tinyRun, type TinyRun } from '../execution/tiny-run.ts';

const id = 'compute/create-thing';
const text: Shape = { type: 'string', nullable: false };

function member(name: string, shape: Shape, required: boolean): Member {
  return { name, shape, required, range: range('2.1-'), source };
}

function object(...members: readonly Member[]): Shape {
  return { type: 'object', nullable: false, open: false, members };
}

const thing = object(member('size', text, true), member('colour', text, false), member('tag', text, false));
const plain = plainOperation(id, ['2.1-']);
const [revision] = plain.revisions;
const request = {
  ...revision.request,
  body: { kind: 'json', shape: object(member('thing', thing, true)), source },
} as const;
const contract = contractOf({
  ...plain,
  method: 'POST',
  path: '/boxes/{box_id}/things',
  revisions: [{ ...revision, request }],
} satisfies Operation);

/** A target that refuses bodies with one of these members. */
function targetThatRefuses(...refused: readonly string[]): TinyRun {
  return tinyRun(contract, ({ body = '{}' }) => {
    const { thing: sent = {} } = JSON.parse(body) as { readonly thing?: Readonly<Record<string, Json>> };
    return responded(refused.some((name) => name in sent) ? 400 : 200, {});
  });
}

interface Seen {
  readonly times: number;
}

function declared(observe: () => Promise<Seen | NotCompleted>) {
  return operation<Seen>(id, {
    call: 'POST /boxes/{box_id}/things',
    noun: 'A creation',
    caller: 'member',
    resources: { box: { to: { type: 'box' }, at: ['path box_id'] } },
    accepted: async () => ({
      resources: { box: { id: 'b1' } },
      body: { '/thing/size': 'small' },
      members: { '/thing/colour': 'red', '/thing/tag': 'a' },
    }),
    rejected: () => Promise.reject(new Error('not used')),
    observe,
    roles: {},
  });
}

const once = declared(async () => ({ times: 1 }));

function contextOf(run: RunContext): CheckContext {
  return openCheckContext(run, id, microversion('2.5'), run.capacity.reservation());
}

const bodies = ({ sent }: TinyRun): readonly Json[] => sent.map(({ body = '' }) => JSON.parse(body) as Json);

describe('an accepted call', () => {
  test('is made and observed once for all cases of a run, and again in a fresh run context', async () => {
    const target = targetThatRefuses();
    let observed = 0;
    const counting = declared(async () => ({ times: (observed += 1) }));
    const seen: number[] = [];
    const check = judgeAccepted(counting, {}, ({ times }) => {
      seen.push(times);
      return [];
    });
    await check(contextOf(target.run));
    await check(contextOf(target.run));
    expect([target.sent.length, seen]).toEqual([1, [1, 1]]);
    await check(contextOf(freshRunContext(target.run)));
    expect([target.sent.length, seen]).toEqual([2, [1, 1, 2]]);
  });

  test('is evidence of each case that shares it', async () => {
    const target = targetThatRefuses();
    const [first, second] = [0, 1].map(() =>
      openCheckContext(target.run, id, microversion('2.5'), target.run.capacity.reservation()),
    );
    for (const ctx of [first, second]) if (ctx) await acceptedCall(ctx, id, recipeOf(once));
    expect(first?.log.map((exchange) => exchange.id)).toEqual(['x1']);
    expect(second?.log).toEqual(first?.log);
    expect(second?.transcript()).toEqual(first?.transcript());
  });

  test('is another one with other members', async () => {
    const target = targetThatRefuses();
    const ctx = contextOf(target.run);
    for (const members of [{}, { '/thing/tag': undefined }, { '/thing/tag': 'b' }, { '/thing/tag': undefined }]) {
      await acceptedCall(ctx, id, recipeOf(once), withMembers(members));
    }
    expect(bodies(target)).toEqual([
      { thing: { size: 'small' } },
      { thing: { size: 'small', tag: 'a' } },
      { thing: { size: 'small', tag: 'b' } },
    ]);
  });
});

describe('an optional member', () => {
  test('is sent together with every other one', async () => {
    const target = targetThatRefuses();
    const ctx = contextOf(target.run);
    expect(everyMember({ request })).toEqual({ '/thing/colour': undefined, '/thing/tag': undefined });
    for (const name of ['/thing/colour', '/thing/tag']) await acceptedCallWith(ctx, id, recipeOf(once), name);
    expect(bodies(target)).toEqual([{ thing: { size: 'small', colour: 'red', tag: 'a' } }]);
  });

  test('is sent alone where they are refused together', async () => {
    const target = targetThatRefuses('colour');
    const ctx = contextOf(target.run);
    const { response: tagged } = await acceptedCallWith(ctx, id, recipeOf(once), '/thing/tag');
    const { response: coloured } = await acceptedCallWith(ctx, id, recipeOf(once), '/thing/colour');
    expect([tagged.response?.status, coloured.response?.status]).toEqual([200, 400]);
    expect(bodies(target).slice(1)).toEqual([
      { thing: { size: 'small', tag: 'a' } },
      { thing: { size: 'small', colour: 'red' } },
    ]);
  });

  test('without a value does not apply', async () => {
    const ctx = contextOf(targetThatRefuses().run);
    await expect(acceptedCallWith(ctx, id, recipeOf(once), '/thing/weight')).rejects.toThrow(
      'The recipe has no value for /thing/weight.',
    );
  });
});

describe('a clause on what an accepted call led to', () => {
  const check = (observe: () => Promise<Seen | NotCompleted>, ...refused: readonly string[]) =>
    judgeAccepted(declared(observe), {}, () => [])(contextOf(targetThatRefuses(...refused).run));
  const late = { kind: 'transition', exchange: 'x1', expected: 'a thing', seen: 'none', waitedMs: 5 } as const;

  test('reports that the request was refused', async () => {
    expect(await check(async () => ({ times: 1 }), 'size')).toEqual([
      { kind: 'status', exchange: 'x1', expected: [200], seen: 400 },
    ]);
  });

  test('reports that it did not complete', async () => {
    expect(await check(async () => ({ incomplete: [late] }))).toEqual([late]);
  });

  test('cannot be decided without the observation; clauses on the response can', async () => {
    const unreached = (): Promise<never> => Promise.reject(new Unreached('a list', 'There is no list.'));
    await expect(check(unreached)).rejects.toThrow('There is no list.');
    const { response } = await acceptedCall(contextOf(targetThatRefuses().run), id, recipeOf(declared(unreached)));
    expect(response.response?.status).toBe(200);
  });
});
