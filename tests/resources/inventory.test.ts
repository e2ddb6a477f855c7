/** The census: lists followed to their end, or told as failed; what differs of others, and nothing of the run's own. */
import { describe, expect, it, test } from 'vitest';
import { compareInventories, takeInventory, type ResourceList } from '../../src/resources/inventory.ts';
import { createLedger } from '../../src/resources/ledger.ts';
import { listAll, type Listed, type ListPath } from '../../src/resources/listing.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import type { Json } from '../../src/json.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { things as contract } from './things.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

const volumes: ListPath = {
  service: 'block-storage',
  path: '/volumes',
  key: 'volumes',
  full: '/volumes/detail',
  pages: 'marker',
  attachments: { under: 'attachments', id: 'server_id' },
};

function thing(id: string, status = 'available', ...attachments: readonly string[]): Listed {
  return { id, name: `name of ${id}`, status, attachments };
}

const onTheWire = ({ id, name, status, attachments }: Listed): Json => ({
  id,
  name,
  status,
  attachments: attachments.map((server_id) => ({ server_id })),
});

/** A target with pages of its own size, whatever was asked for. */
function paged(things: readonly Listed[], size: number): (url: string) => HttpOutcome {
  return (url) => {
    const marker = new URL(url).searchParams.get('marker');
    const start = things.findIndex(({ id }) => id === marker) + 1;
    return responded(200, { volumes: things.slice(start, start + size).map(onTheWire) });
  };
}

const many = Array.from({ length: 7 }, (_, index) => thing(`v${index}`, 'in-use', 's2', 's1'));

describe('a list', () => {
  it.each([1, 3, 7, 100])('is followed to its end with pages of %d', async (size) => {
    const answer = paged(many, size);
    const { run } = tinyRun(contract, ({ url }) => answer(url));
    const listing = await listAll(run, volumes, 'member');
    expect(listing).toEqual({
      is: 'listed',
      things: many.map((one) => ({ ...one, attachments: ['s1', 's2'] })),
    });
  });

  const endless = (): ((url: string) => HttpOutcome) => {
    let count = 0;
    return () => responded(200, { volumes: [onTheWire(thing(`v${(count += 1)}`))] });
  };
  it.each([
    ['is refused', () => () => responded(500, {}), 'the response was 500'],
    ['is no list', () => () => responded(200, { volumes: 'all' }), 'the response was 200 without a list of volumes'],
    ['has no end', endless, 'it has more than 50 pages'],
    [
      'breaks off after a page',
      () => (url: string) => (url.includes('marker=') ? responded(503, {}) : paged(many, 3)(url)),
      'the response was 503',
    ],
  ] as const)('that %s is told as failed', async (_, make, reason) => {
    const answer = make();
    const { run } = tinyRun(contract, ({ url }) => answer(url));
    expect(await listAll(run, volumes, 'member')).toEqual({ is: 'failed', reason });
  });
});

test('what is kept of a list has no secret and no half of one, and a thing whose id is a secret is left out', async () => {
  const secret = 's3cret-0f-many-l3tters';
  const own = { ...thing('v1'), name: `${'x'.repeat(290)}${secret}` };
  const { run } = tinyRun(contract, ({ url }) => paged([own, thing(secret)], 10)(url));
  run.recorder.redactor.learn(secret);
  const listing = await listAll(run, volumes, 'member');
  expect(listing).toMatchObject({ is: 'listed', things: [{ id: 'v1' }] });
  expect(JSON.stringify(listing)).not.toContain(secret.slice(0, 8));
});

test('every kind is looked through in the project of each who makes things', async () => {
  const { run, sent } = tinyRun(contract, () =>
    responded(200, { servers: [], server_groups: [], volumes: [], images: [], ports: [], security_groups: [] }),
  );
  const resourceLists = await takeInventory(run, resourceKinds);
  expect(resourceLists.map(({ identity, type }) => `${identity} ${type}`)).toEqual([
    'member server',
    'member server-group',
    'member volume',
    'member image',
    'member port',
    'member security-group',
    'member floating-ip',
  ]);
  expect(sent.map(({ method }) => method)).toEqual(Array(7).fill('GET'));
});

const listed = (...things: readonly Listed[]): ResourceList => ({
  identity: 'member',
  type: 'volume',
  listing: { is: 'listed', things },
});
const failed: ResourceList = {
  identity: 'member',
  type: 'volume',
  listing: { is: 'failed', reason: 'the response was 500' },
};
const state = ({ name, status, attachments }: Listed) => ({ name, status, attachments });
const named = { ...thing('v9'), name: 'osc-000000-volume-9' };

const differences = [
  { of: 'the same things', before: listed(thing('a')), after: listed(thing('a')), changes: [] },
  {
    of: 'a thing that vanished',
    before: listed(thing('a'), thing('b')),
    after: listed(thing('b')),
    changes: [{ type: 'volume', id: 'a', before: state(thing('a')) }],
  },
  {
    of: 'a thing that appeared',
    before: listed(),
    after: listed(thing('a')),
    changes: [{ type: 'volume', id: 'a', after: state(thing('a')) }],
  },
  {
    of: 'a thing that was attached',
    before: listed(thing('a')),
    after: listed(thing('a', 'in-use', 's1')),
    changes: [{ type: 'volume', id: 'a', before: state(thing('a')), after: state(thing('a', 'in-use', 's1')) }],
  },
  { of: 'a thing of the run by name', before: listed(), after: listed(named), changes: [] },
  { of: 'a thing of the run by its ledger', before: listed(), after: listed(thing('own')), changes: [] },
  { of: 'a list that failed before', before: failed, after: listed(thing('a')), changes: [] },
  { of: 'a list that failed after', before: listed(thing('a')), after: failed, changes: [] },
] as const;

test.each(differences)('the difference of $of is as it was seen', ({ before, after, changes }) => {
  const ledger = createLedger(
    () => undefined,
    () => '',
    [{ event: 'created', type: 'volume', name: 'v', id: 'own', at: '' }],
  );
  const outcome = compareInventories([before], [after], { ledger, runName: 'osc-000000' });
  expect(outcome.changes).toEqual(changes);
  expect(outcome.more).toBe(0);
});
