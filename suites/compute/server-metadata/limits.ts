/** Clauses on the keys and values that the operations accept, and on the number of items. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import { bodyOf, expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { atPointer, type Json } from '../../../src/json.ts';
import { keptItems } from '../fixtures/server-in-state.ts';
import { serverWithItems, type Items, type ServerWithItems } from '../fixtures/server-with-items.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { listsItems, type Seen } from './observe.ts';
import { newItem, newKey, ofThe, replaceItems, storingOperations, updateItem, withKey } from './operations.ts';

const file = 'server-metadata.inc';
const item = section(file, 'Every item');
const every = section(file, 'Every call');

const keyLength = item('A key has from 1 to 255 characters.');
const keyCharacters = item(
  'A key has letters and digits of ASCII, hyphens, underscores, colons, full stops and spaces only.',
);
const values = item('A value is a string of at most 255 characters, and may be empty.');
const most = item('A server has at most as many items as the limit ``maxServerMeta`` permits.');
const invalid = every('A change with an invalid key or value is answered with 400.');
const tooMany = every('A change that leads to more items than the limit is answered with 403.');
const unchanged = every('A change that is refused leaves every item as it is.');

/** The shortest and the longest key and value, and characters of each kind. */
const validItems: Items = {
  x: '',
  ['x'.repeat(255)]: 'x'.repeat(255),
  'Osc-1_2:3.4 5': 'é'.repeat(255),
};

/** The last two are no part of a path. */
const invalidKeys = ['x'.repeat(256), 'osc,osc', 'oscé', '', 'osc/osc'] as const;
const invalidValues: readonly Json[] = ['x'.repeat(256), 1, null, true, {}, []];

export const limits: readonly WrittenClause[] = storingOperations.flatMap((operation): readonly WrittenClause[] => [
  {
    id: `${operation.id}#takes-keys-and-values-of-any-valid-form`,
    statement: `${operation.noun} with the shortest and the longest keys and values, and with every kind of character, MUST be accepted.`,
    quotes: [keyLength, keyCharacters, values],
    cases: 'once',
    errata: ['metadata-is-measured-in-characters'],
    killedBy: [
      'compute:keys-of-254-characters',
      'compute:keys-without-spaces',
      'compute:values-of-254-characters',
      'compute:values-of-255-bytes',
      'compute:no-empty-values',
    ],
    check: async (ctx) => {
      const own = await serverWithItems(ctx, 'active', {});
      const findings: Finding[] = [];
      for (const response of await storeAll(ctx, operation, own, validItems)) {
        findings.push(...expectStatus(response, 200));
      }
      return [...findings, ...(await listsItems(ctx, own.server, validItems))];
    },
  },
  {
    id: `${operation.id}#refuses-invalid-keys`,
    statement: `${operation.noun} with an invalid key MUST be answered with 400 and change nothing.`,
    quotes: [keyLength, keyCharacters, invalid, unchanged],
    cases: 'once',
    killedBy: ['compute:any-keys'],
    check: (ctx) => {
      const keys = operation === updateItem ? invalidKeys.slice(0, 3) : invalidKeys;
      return refuses(
        ctx,
        operation,
        keys.map((key) => [key, 'bar']),
      );
    },
  },
  {
    id: `${operation.id}#refuses-invalid-values`,
    statement: `${operation.noun} with an invalid value MUST be answered with 400 and change nothing.`,
    quotes: [values, invalid, unchanged],
    cases: 'once',
    killedBy: ['compute:any-values'],
    check: (ctx) =>
      refuses(
        ctx,
        operation,
        invalidValues.map((value) => [newKey, value]),
      ),
  },
  {
    id: `${operation.id}#limits-the-number-of-items`,
    statement: `${operation.noun} that leads to as many items as maxServerMeta MUST be accepted; one that leads to more MUST be answered with 403 and change nothing.`,
    quotes: [most, tooMany, unchanged],
    cases: 'once',
    killedBy: ['compute:at-most-127-items', `${operation.id}:drop-check:count`],
    check: operation === replaceItems ? replacesUpToTheLimit : (ctx) => addsUpToTheLimit(ctx, operation),
  },
]);

/** Several items, for a single one in as many requests. */
async function storeAll(
  ctx: CheckContext,
  operation: DeclaredOperation<Seen>,
  own: ServerWithItems,
  items: Items,
): Promise<readonly Exchange[]> {
  if (operation !== updateItem) return [await operation.send(ctx, ofThe(own).resources, { body: { metadata: items } })];
  const responses: Exchange[] = [];
  for (const [key, value] of Object.entries(items)) responses.push(await storeOne(ctx, operation, own, key, value));
  return responses;
}

function storeOne(
  ctx: CheckContext,
  operation: DeclaredOperation<Seen>,
  own: ServerWithItems,
  key: string,
  value: Json,
): Promise<Exchange> {
  return operation === updateItem
    ? operation.send(ctx, withKey(own, key).resources, { body: { meta: { [key]: value } } })
    : operation.send(ctx, ofThe(own).resources, { body: { metadata: { [key]: value } } });
}

async function refuses(
  ctx: CheckContext,
  operation: DeclaredOperation<Seen>,
  items: readonly (readonly [string, Json])[],
): Promise<readonly Finding[]> {
  const own = await serverWithItems(ctx);
  const findings: Finding[] = [];
  for (const [key, value] of items) {
    findings.push(...expectRefused(await storeOne(ctx, operation, own, key, value), 400));
  }
  return [...findings, ...(await listsItems(ctx, own.server, keptItems))];
}

/** A known item is accepted where a new one is not. */
async function addsUpToTheLimit(ctx: CheckContext, operation: DeclaredOperation<Seen>): Promise<readonly Finding[]> {
  const own = await serverWithItems(ctx, 'active', numbered((await limitOf(ctx)) - 1));
  const first = await storeOne(ctx, operation, own, newKey, 'baz');
  const another = await storeOne(ctx, operation, own, 'osc-other', 'bar');
  const known = await storeOne(ctx, operation, own, newKey, newItem[newKey]);
  return [
    ...expectStatus(first, 200),
    ...expectRefused(another, 403),
    ...expectStatus(known, 200),
    ...(await listsItems(ctx, own.server, { ...own.items, ...newItem })),
  ];
}

async function replacesUpToTheLimit(ctx: CheckContext): Promise<readonly Finding[]> {
  const limit = await limitOf(ctx);
  const own = await serverWithItems(ctx);
  const [all, oneMore] = [numbered(limit), numbered(limit + 1)];
  const send = (metadata: Items): Promise<Exchange> =>
    replaceItems.send(ctx, ofThe(own).resources, { body: { metadata } });
  return [
    ...expectStatus(await send(all), 200),
    ...expectRefused(await send(oneMore), 403),
    ...(await listsItems(ctx, own.server, all)),
  ];
}

function numbered(count: number): Items {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`osc-${index}`, '']));
}

/** The most items with which a request of this clause is of a sensible size. */
const greatest = 1000;

/** @throws NotBound where the project may have any number of items, or very many */
async function limitOf(ctx: CheckContext): Promise<number> {
  const response = await ctx.send({ service: 'compute', method: 'GET', path: '/limits', purpose: 'observation' });
  const limit = atPointer(bodyOf(control(response, 'the limits of the project')), '/limits/absolute/maxServerMeta');
  if (typeof limit === 'number' && limit > 0 && limit <= greatest) return limit;
  throw new NotBound(`The limit maxServerMeta of the project is not between 1 and ${greatest}.`);
}
