/** Creations whose reply is late, lost or put off: what is there is used, what is not is made once more. */
import { beforeAll, expect, test } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { shorten } from '../../src/execution/timeouts.ts';
import { createResource, type ResourceKind } from '../../src/resources/resource-type.ts';
import { jsonObject, jsonText, parseJson } from '../../src/json.ts';
import { responded, refusedConnection, tinyRun } from '../execution/tiny-run.ts';
import { things as contract } from './things.ts';

beforeAll(() => shorten({ transitionMs: 20, caseMs: 1000 }));

const reset: HttpOutcome = { failure: { code: 'ECONNRESET', message: 'read ECONNRESET' } };
const busy = responded(429, {}, { 'retry-after': '1' });
const gateway = responded(503, {}, { 'retry-after': '1' });
const refusal = responded(403, {});

interface Play {
  readonly name: string;
  /** What becomes of each creation: it is made or not, and what comes back; the last one goes on. */
  readonly responses: readonly { readonly made: boolean; readonly response?: HttpOutcome }[];
  /** How many requests to create left. */
  readonly posts: number;
  /** The names of what the ledger owns at the end. */
  readonly owned: readonly string[];
  /** And of what it does not know the end of. */
  readonly open: readonly string[];
}

const first = 'osc-000000-volume-1';
const second = 'osc-000000-volume-2';

const plays: readonly Play[] = [
  { name: 'that is answered is owned', responses: [{ made: true }], posts: 1, owned: [first], open: [] },
  {
    name: 'whose reply was lost is found by its name',
    responses: [{ made: true, response: reset }],
    posts: 1,
    owned: [first],
    open: [],
  },
  {
    name: 'of which nothing comes is made once more under another name, and stays to be looked for',
    responses: [{ made: false, response: reset }, { made: true }],
    posts: 2,
    owned: [second],
    open: [first],
  },
  {
    name: 'that is put off is sent again under its name',
    responses: [{ made: false, response: busy }, { made: true }],
    posts: 2,
    owned: [first],
    open: [],
  },
  {
    name: 'that a gateway puts off is looked for before another is made',
    responses: [{ made: true, response: gateway }],
    posts: 1,
    owned: [first],
    open: [],
  },
  {
    name: 'that never left is sent again under its name',
    responses: [{ made: false, response: refusedConnection }, { made: true }],
    posts: 2,
    owned: [first],
    open: [],
  },
  {
    name: 'that never leaves is given up after three attempts, and nothing is to be looked for',
    responses: [{ made: false, response: refusedConnection }],
    posts: 3,
    owned: [],
    open: [],
  },
  {
    name: 'that is refused is not repeated',
    responses: [{ made: false, response: refusal }],
    posts: 1,
    owned: [],
    open: [],
  },
];

test.each(plays)('a creation $name', async ({ responses, posts, owned, open }) => {
  const there = new Map<string, string>();
  let sent = 0;
  const create = (request: SentRequest): HttpOutcome => {
    const name = jsonText(jsonObject(jsonObject(parseJson(request.body ?? '')).volume).name) ?? '';
    const step = responses[Math.min(sent, responses.length - 1)];
    sent += 1;
    const id = `v${sent}`;
    if (step?.made) there.set(name, id);
    return step?.response ?? responded(202, { volume: { id, name } });
  };
  const { run } = tinyRun(contract, (request) => {
    if (request.method === 'POST') return create(request);
    const id = request.url.split('/').at(-1);
    const [name] = [...there].find(([, own]) => own === id) ?? [];
    return name === undefined ? responded(404, {}) : responded(200, { volume: { id: id ?? '', name } });
  });
  const kind: ResourceKind = {
    type: 'volume',
    removalOrder: 1,
    capacity: { limit: 60, ofOneCase: 3 },
    remove: async () => true,
    find: async (_run, name) => [...there].flatMap(([own, id]) => (own === name ? [id] : [])),
    command: 'remove',
  };
  const creation = {
    kind,
    label: '',
    key: 'volume',
    request: (name: string) => ({
      service: 'block-storage',
      method: 'POST',
      path: '/volumes',
      body: { volume: { name, size: 1 } },
    }),
  };
  const made = await createResource(run, creation).catch(() => undefined);
  expect(sent).toBe(posts);
  expect(made === undefined ? [] : [made.name]).toEqual(owned);
  expect(run.ledger.owned().map(({ name }) => name)).toEqual(owned);
  expect(run.ledger.unsettled().map(({ name }) => name)).toEqual(open);
});
