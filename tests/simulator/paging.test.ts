import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, Lab, message, unknownId, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;
let server: string;
let volumes: readonly string[];

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
  server = await lab.server();
  volumes = [await lab.volume(), await lab.volume(), await lab.volume()];
  for (const volume of volumes) await lab.attach(server, volume);
});
afterAll(() => lab.close());

const pages: readonly (readonly [query: string, shown: number])[] = [
  ['', 3],
  ['limit=0', 3],
  ['limit=007', 3],
  ['limit=999999999999999999999999', 3],
  ['limit=1', 0],
  ['limit=2', 1],
  ['limit=1&offset=1', 1],
  ['offset=99', 0],
  ['limit=1&limit=2', 1],
  ['limit=1%0A', 0],
];

describe('pages of attachments', () => {
  it.each(pages)('"%s" shows %i: the root disk is counted but not shown', async (query, shown) => {
    const response = await demo.compute('GET', `${attachments(server)}?${query}`);
    expect(response.status).toBe(200);
    expect(Object.keys(response.body as object)).toEqual(['volumeAttachments']);
    expect(at(response.body, '/volumeAttachments')).toHaveLength(shown);
  });

  it.each([
    'limit=-1',
    'limit=%2B1',
    'limit=1.5',
    'limit=0x1',
    'limit=',
    'limit',
    'limit=%EF%BC%91',
    'limit=2&limit=x',
  ])('"%s" is refused at every version', async (query) => {
    for (const version of ['2.1', '2.74', '2.75', '2.104']) {
      expect((await demo.compute('GET', `${attachments(server)}?${query}`, { version })).status).toBe(400);
    }
  });

  it.each(['limit=%0A', 'offset=%0A', `limit=${'1'.repeat(4301)}`])('%s is a 500', async (query) => {
    const response = await demo.compute('GET', `${attachments(server)}?${query}`, { version: '2.104' });
    expect(response.status).toBe(500);
    expect(message(response)).toMatch(/^Unexpected API Error\. Please contact the administrator\n<class '/);
  });

  it('with unknown query parameters are refused from 2.75 on', async () => {
    const ask = (version: string) => demo.compute('GET', `${attachments(server)}?foo=1&bar=2`, { version });
    expect((await ask('2.74')).status).toBe(200);
    const response = await ask('2.75');
    expect([response.status, message(response)]).toEqual([
      400,
      "Additional properties are not allowed ('bar', 'foo' were unexpected)",
    ]);
  });

  it('with a query that is not UTF-8 are refused', async () => {
    const response = await demo.compute('GET', `${attachments(server)}?x=%ff`);
    expect([response.status, message(response)]).toEqual([400, 'Query string is not UTF-8 encoded']);
  });
});

describe('show', () => {
  it.each(['2.1', '2.75', '2.102', '2.104'])('ignores unknown parameters at %s', async (version) => {
    const [volume = unknownId] = volumes;
    expect((await demo.compute('GET', `${attachments(server, volume)}?foo=1`, { version })).status).toBe(200);
  });

  it.each(['nope', unknownId, `${unknownId}.json`])('does not find %s', async (id) => {
    const response = await demo.compute('GET', attachments(server, id));
    expect([response.status, message(response)]).toEqual([404, `Instance ${server} is not attached to volume ${id}`]);
  });
});

describe('a smaller maximum page', () => {
  it('caps every limit', async () => {
    const small = await Lab.start({ maxLimit: 2 });
    const own = await small.server();
    for (const volume of [await small.volume(), await small.volume()]) await small.attach(own, volume);
    const member = await small.as('sim-demo');
    for (const query of ['', 'limit=0', 'limit=50']) {
      const response = await member.compute('GET', `${attachments(own)}?${query}`);
      expect(at(response.body, '/volumeAttachments')).toHaveLength(1);
    }
    await small.close();
  });
});
