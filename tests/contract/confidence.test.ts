/** How far each member is certain, as contract, schemas, OpenAPI and clauses have it. */
import { expect, test } from 'vitest';
import { deriveClauses } from '../../src/clauses/derive/index.ts';
import { countMembers, ratedMembers } from '../../src/contract/confidence.ts';
import { atPointer, type Json } from '../../src/json.ts';
import { microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { matchBody } from '../../src/schema/match.ts';
import { assembleTiny } from '../assembly/tiny-reference.ts';

const { contract } = assembleTiny({
  parameters: [
    'thing: object required',
    'name: string required',
    'rare: string required',
    'part: object',
    'part.size: integer required',
  ],
  samples: { 2.1: { thing: { name: 'x', extra: 1 }, links: [{ href: 'x' }] } },
});
const [operation] = contract.operations;
const members = operation ? ratedMembers(operation) : [];

test('the contract says it of each member', () => {
  expect(Object.fromEntries(members.map(({ place, confidence }) => [place, confidence]))).toEqual({
    '/thing': 'stated',
    '/thing/name': 'stated',
    '/thing/rare': 'inferred',
    '/thing/part': 'inferred',
    '/thing/part/size': 'stated',
    '/thing/extra': 'shown',
    '/links': 'shown',
    '/links/[]/href': 'shown',
  });
  expect(countMembers(members)).toEqual({ stated: 3, shown: 3, inferred: 2 });
});

const content = schemaStore(contract).response('compute/show-a-thing', microversion('2.1'), 200);
const schema = content?.kind === 'json' ? content.schema : {};

test('schemas and OpenAPI say it too', () => {
  const document = openApiDocument(contract, microversion('2.1'));
  const fixturePool = '/components/schemas/show-a-thing-response-200';
  for (const [place, confidence] of [
    ['/properties/thing', 'stated'],
    ['/properties/thing/properties/rare', 'inferred'],
    ['/properties/thing/properties/extra', 'shown'],
  ] as const) {
    expect(atPointer(schema as Json, `${place}/x-confidence`)).toBe(confidence);
    expect(atPointer(document as Json, `${fixturePool}${place}/x-confidence`)).toBe(confidence);
  }
});

test('no clause is about an inferred member', () => {
  const about = deriveClauses(contract, {}).filter(({ id }) => /-(?:rare|have-part|has-part)$/.test(id));
  expect(about.map(({ id }) => id)).toEqual([]);
});

test('what is wrong with an inferred member has a clause of its own, which does not exist', () => {
  const misses = matchBody(schema, { thing: { name: 'x', rare: 1 } });
  const ids = new Set(deriveClauses(contract, {}).map(({ id }) => String(id)));
  expect(misses.map(({ clause }) => [clause, ids.has(clause ?? '')])).toEqual([
    ['compute/show-a-thing#reply-may-have-rare', false],
  ]);
});

test('of a member that revisions rate differently the most certain counts', () => {
  const late = assembleTiny({
    parameters: ['thing: object required', 'name: string required', 'size: integer required'],
    samples: { 2.1: { thing: { name: 'x' } }, 2.5: { thing: { name: 'x', size: 1 } } },
  });
  const rated = late.contract.operations.flatMap(ratedMembers);
  expect(rated.map(({ confidence }) => confidence)).toEqual(['stated', 'stated', 'stated']);
});
