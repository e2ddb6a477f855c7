import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, Lab, message, nobody, type Part, send } from './lab.ts';

let lab: Lab;
let server: string;
let volume: string;

beforeAll(async () => {
  lab = await Lab.start();
  ({ server, volume } = await lab.pair());
});
afterAll(() => lab.close());

interface Row {
  readonly part: Part;
  /** The statuses of list, attach of an unknown volume, update, swap and detach of an unknown volume. */
  readonly statuses: readonly number[];
}

const matrix: readonly Row[] = [
  { part: 'sim-demo', statuses: [200, 404, 202, 403, 404] },
  { part: 'sim-demo-reader', statuses: [200, 403, 403, 403, 403] },
  { part: 'sim-demo-guest', statuses: [403, 403, 403, 403, 403] },
  // The volume service lets a bare service account see no volume.
  { part: 'sim-demo-service', statuses: [403, 403, 403, 404, 403] },
  { part: 'sim-alt', statuses: [404, 404, 404, 404, 404] },
  { part: 'sim-alt-service', statuses: [404, 404, 404, 404, 404] },
  { part: 'sim-admin', statuses: [200, 404, 202, 409, 404] },
  { part: 'sim-system-admin', statuses: [403, 403, 403, 403, 403] },
];

describe('who may do what to attachments', () => {
  it.each(matrix)('$part', async ({ part, statuses }) => {
    const session = await lab.as(part);
    const body = (volumeId: string) => ({ version: '2.85', body: { volumeAttachment: { volumeId } } });
    const replies = [
      await session.compute('GET', attachments(server)),
      await session.compute('POST', attachments(server), body(nobody)),
      await session.compute('PUT', attachments(server, volume), body(volume)),
      await session.compute('PUT', attachments(server, volume), body(nobody)),
      await session.compute('DELETE', attachments(server, nobody)),
    ];
    expect(replies.map(({ status }) => status)).toEqual(statuses);
  });

  it('names the policy that refuses', async () => {
    const reader = await lab.as('sim-demo-reader');
    const reply = await reader.compute('DELETE', attachments(server, volume));
    expect(reply.body).toEqual({
      forbidden: {
        code: 403,
        message: "Policy doesn't allow os_compute_api:os-volumes-attachments:delete to be performed.",
      },
    });
  });

  it('under the old defaults lets a reader attach', async () => {
    const old = await Lab.start({ policyDefaults: 'legacy' });
    const own = await old.server();
    const reader = await old.as('sim-demo-reader');
    const body = { volumeAttachment: { volumeId: await old.volume() } };
    expect((await reader.compute('POST', attachments(own), { body })).status).toBe(200);
    await old.close();
  });
});

describe('another project', () => {
  it('has no such server and no such volume', async () => {
    const alt = await lab.as('sim-alt');
    expect(message(await alt.compute('GET', `/servers/${server}`))).toBe(`Instance ${server} could not be found.`);
    expect((await alt.volume('GET', `/volumes/${volume}`)).status).toBe(404);
    expect(at((await alt.compute('GET', '/servers/detail')).body, '/servers')).toEqual([]);
  });
});

describe('locks', () => {
  it('hold everybody but administrators, and an administrator’s only administrators can open', async () => {
    const own = await lab.server();
    const [demo, admin] = [await lab.as('sim-demo'), await lab.as('sim-admin')];
    const act = (session: typeof demo, action: object) =>
      session.compute('POST', `/servers/${own}/action`, { body: action });
    await act(admin, { lock: null });
    expect((await act(demo, { pause: null })).status).toBe(409);
    expect(message(await act(demo, { unlock: null }))).toContain('os-lock-server:unlock:unlock_override');
    expect((await demo.compute('DELETE', `/servers/${own}`)).status).toBe(409);
    expect((await act(admin, { unlock: null })).status).toBe(202);
    expect((await act(demo, { pause: null })).status).toBe(202);
  });
});

describe('tokens at the compute service', () => {
  it.each([undefined, '', 'garbage'])('%s is refused', async (token) => {
    const headers = token === undefined ? {} : { 'X-Auth-Token': token };
    expect((await send('GET', `${lab.origin}/compute/v2.1/servers`, { headers })).status).toBe(401);
  });
});
