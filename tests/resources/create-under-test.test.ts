/** Requests under test that create something: in the ledger before they are sent, and removed when the case completes. */
import { beforeAll, expect, test } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { openCheckContext } from '../../src/clauses/check-context.ts';
import { shorten } from '../../src/execution/timeouts.ts';
import { jsonObject, jsonText, parseJson, type Json } from '../../src/json.ts';
import { withCreations } from '../../suites/changes.ts';
import { microversion } from '../../src/microversion.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';
import { things as contract } from './things.ts';

beforeAll(() => shorten({ transitionMs: 200, caseMs: 1000 }));

const id = '9e3c7a52-1f0b-4a6d-8c2e-5d4b3a291807';
const own = 'osc-000000-volume-1';
const reset: HttpOutcome = { failure: { code: 'ECONNRESET', message: 'read ECONNRESET' } };
const accepted = responded(202, { volume: { id } });

interface Row {
  readonly name: string;
  /** The name in the request. */
  readonly sent: Json;
  readonly response: HttpOutcome;
  /** Whether the target has the volume after the request. */
  readonly exists: boolean;
  readonly events: readonly string[];
  readonly isDeleted: boolean;
  /** Names of which it is unknown whether something exists. */
  readonly open?: readonly string[];
}

const removed = ['intent', 'created', 'removed'];

const rows: readonly Row[] = [
  { name: 'accepted', sent: own, response: accepted, exists: true, events: removed, isDeleted: true },
  {
    name: 'refused',
    sent: own,
    response: responded(403, {}),
    exists: false,
    events: ['intent', 'refused'],
    isDeleted: false,
  },
  { name: 'without a response', sent: own, response: reset, exists: true, events: removed, isDeleted: true },
  {
    name: 'without a response and without a volume',
    sent: own,
    response: reset,
    exists: false,
    events: ['intent'],
    isDeleted: false,
    open: [own],
  },
  {
    name: 'answered with 500 although it was carried out',
    sent: own,
    response: responded(500, {}),
    exists: true,
    events: removed,
    isDeleted: true,
  },
  {
    name: 'with a number as name, refused',
    sent: 12,
    response: responded(400, {}),
    exists: false,
    events: ['intent', 'refused'],
    isDeleted: false,
  },
  {
    name: 'with a text as name that is not of the run, accepted',
    sent: 'x',
    response: accepted,
    exists: true,
    events: removed,
    isDeleted: true,
  },
];

test.each(rows)(
  'a request under test $name',
  async ({ sent: name, response, exists, events, isDeleted, open = [] }) => {
    const target = { exists: false, requests: [] as string[] };
    const answer = ({ method, url, body }: SentRequest): HttpOutcome => {
      const path = new URL(url).pathname;
      target.requests.push(`${method} ${path}`);
      if (method === 'POST') {
        expect(ledger.map((entry) => entry.event)).toEqual(['intent']);
        target.exists = exists;
        expect(jsonObject(jsonObject(parseJson(body ?? '')).volume).name).toEqual(name);
        return response;
      }
      const volume = { id, name: jsonText(name) ?? '', status: 'available', attachments: [] };
      if (method === 'DELETE') {
        target.exists = false;
        return responded(202, {});
      }
      if (path.endsWith('/volumes')) return responded(200, { volumes: target.exists ? [volume] : [] });
      return target.exists
        ? responded(200, { volume })
        : responded(404, { itemNotFound: { code: 404, message: 'No.' } });
    };
    const { run: tiny, ledger, troubles } = tinyRun(contract, answer);
    const run = withCreations(tiny);
    const ctx = openCheckContext(run, 'compute/create-thing', microversion('2.1'), run.capacity.reservation());
    await ctx.send({
      service: 'block-storage',
      method: 'POST',
      path: '/volumes',
      body: { volume: { name, size: 1 } },
      purpose: 'act',
    });
    await ctx.close();
    expect(await troubles()).toEqual([]);
    expect(ledger.map((entry) => entry.event)).toEqual(events);
    expect(target.requests.some((request) => request === `DELETE /volumes/${id}`)).toBe(isDeleted);
    expect(run.ledger.unsettled().map((intent) => intent.name)).toEqual(open);
  },
);

test('a name of others that a response gives back is not deleted', async () => {
  const requests: string[] = [];
  const { run: tiny, troubles } = tinyRun(contract, ({ method }) => {
    requests.push(method);
    return method === 'POST' ? accepted : responded(200, { volume: { id, name: 'of others' } });
  });
  const run = withCreations(tiny);
  const ctx = openCheckContext(run, 'compute/create-thing', microversion('2.1'), run.capacity.reservation());
  const body = { volume: { name: own, size: 1 } };
  await expect(
    ctx.send({ service: 'block-storage', method: 'POST', path: '/volumes', body, purpose: 'act' }),
  ).rejects.toThrow('this id belongs to a volume with another name');
  await ctx.close();
  await troubles();
  expect(requests).not.toContain('DELETE');
});

const image = '9e3c7a52-1f0b-4a6d-8c2e-5d4b3a291808';
const other = '9e3c7a52-1f0b-4a6d-8c2e-5d4b3a291809';
const ownImage = 'osc-000000-image-1';

test.each([
  { name: ownImage, status: 202, events: removed, deleted: [image] },
  { name: ownImage, status: 409, events: ['intent', 'refused'], deleted: [] },
  { name: 'of others', status: 400, events: ['intent', 'refused'], deleted: [] },
])('an image that an action creates is found by its name, $name: $status', async (row) => {
  const deleted: string[] = [];
  const there = new Map([[other, 'of others']]);
  const {
    run: tiny,
    ledger,
    troubles,
  } = tinyRun(contract, ({ method, url }) => {
    const { pathname, searchParams } = new URL(url);
    if (method === 'POST') {
      if (row.status === 202) there.set(image, row.name);
      return responded(row.status, {});
    }
    const id = pathname.split('/').at(-1) ?? '';
    if (method === 'DELETE') {
      deleted.push(id);
      there.delete(id);
      return responded(204, {});
    }
    const name = searchParams.get('name');
    const images = [...there].map(([id, name]) => ({ id, name })).filter((one) => name === null || one.name === name);
    return responded(200, { images });
  });
  await tiny.ledger.intend('server', 'osc-000000-server-1');
  tiny.ledger.created({ type: 'server', name: 'osc-000000-server-1', id });
  const before = ledger.length;
  const run = withCreations(tiny);
  const ctx = openCheckContext(run, 'compute/create-thing', microversion('2.1'), run.capacity.reservation());
  const body = { createImage: { name: row.name } };
  await ctx.send({ service: 'compute', method: 'POST', path: `/servers/${id}/action`, body, purpose: 'act' });
  await ctx.close();
  expect(await troubles()).toEqual([]);
  expect(ledger.slice(before).map((entry) => entry.event)).toEqual(row.events);
  expect(deleted).toEqual(row.deleted);
});
