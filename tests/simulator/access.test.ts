import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, Lab, message, unknownId, type CloudName, send } from './lab.ts';

let lab: Lab;
let server: string;
let volume: string;

beforeAll(async () => {
  lab = await Lab.start();
  ({ server, volume } = await lab.pair());
});
afterAll(() => lab.close());

interface Row {
  readonly cloud: CloudName;
  /** The statuses of a list, an attach of an unknown volume, an update, a swap, and a detach of an unknown volume. */
  readonly statuses: readonly number[];
}

const matrix: readonly Row[] = [
  { cloud: 'sim-demo', statuses: [200, 404, 202, 403, 404] },
  { cloud: 'sim-demo-reader', statuses: [200, 403, 403, 403, 403] },
  { cloud: 'sim-demo-guest', statuses: [403, 403, 403, 403, 403] },
  // The service role alone sees no volume in the volume service.
  { cloud: 'sim-demo-service', statuses: [403, 403, 403, 404, 403] },
  { cloud: 'sim-alt', statuses: [404, 404, 404, 404, 404] },
  { cloud: 'sim-alt-service', statuses: [404, 404, 404, 404, 404] },
  { cloud: 'sim-admin', statuses: [200, 404, 202, 409, 404] },
  { cloud: 'sim-system-admin', statuses: [403, 403, 403, 403, 403] },
];

describe('permissions on attachments', () => {
  it.each(matrix)('$cloud', async ({ cloud, statuses }) => {
    const session = await lab.as(cloud);
    const body = (volumeId: string) => ({ version: '2.85', body: { volumeAttachment: { volumeId } } });
    const responses = [
      await session.compute('GET', attachments(server)),
      await session.compute('POST', attachments(server), body(unknownId)),
      await session.compute('PUT', attachments(server, volume), body(volume)),
      await session.compute('PUT', attachments(server, volume), body(unknownId)),
      await session.compute('DELETE', attachments(server, unknownId)),
    ];
    expect(responses.map(({ status }) => status)).toEqual(statuses);
  });

  it('are refused with the name of the policy', async () => {
    const reader = await lab.as('sim-demo-reader');
    const response = await reader.compute('DELETE', attachments(server, volume));
    expect(response.body).toEqual({
      forbidden: {
        code: 403,
        message: "Policy doesn't allow os_compute_api:os-volumes-attachments:delete to be performed.",
      },
    });
  });

  it('under the legacy defaults allow a reader to attach', async () => {
    const old = await Lab.start({ policyDefaults: 'legacy' });
    const own = await old.server();
    const reader = await old.as('sim-demo-reader');
    const body = { volumeAttachment: { volumeId: await old.volume() } };
    expect((await reader.compute('POST', attachments(own), { body })).status).toBe(200);
    await old.close();
  });
});

describe('another project', () => {
  it('does not see the server or the volume', async () => {
    const alt = await lab.as('sim-alt');
    expect(message(await alt.compute('GET', `/servers/${server}`))).toBe(`Instance ${server} could not be found.`);
    expect((await alt.volume('GET', `/volumes/${volume}`)).status).toBe(404);
    expect(at((await alt.compute('GET', '/servers/detail')).body, '/servers')).toEqual([]);
  });
});

describe('locks', () => {
  it('block all but administrators, and only administrators can remove those of an administrator', async () => {
    const own = await lab.server();
    const [demo, admin] = [await lab.as('sim-demo'), await lab.as('sim-admin')];
    const runAction = (session: typeof demo, action: object) =>
      session.compute('POST', `/servers/${own}/action`, { body: action });
    await runAction(admin, { lock: null });
    expect((await runAction(demo, { pause: null })).status).toBe(409);
    expect(message(await runAction(demo, { unlock: null }))).toContain('os-lock-server:unlock:unlock_override');
    expect((await demo.compute('DELETE', `/servers/${own}`)).status).toBe(409);
    expect((await runAction(admin, { unlock: null })).status).toBe(202);
    expect((await runAction(demo, { pause: null })).status).toBe(202);
  });
});

describe('tokens at the compute service', () => {
  it.each([undefined, '', 'garbage'])('%s is refused', async (token) => {
    const headers = token === undefined ? {} : { 'X-Auth-Token': token };
    expect((await send('GET', `${lab.origin}/compute/v2.1/servers`, { headers })).status).toBe(401);
  });
});
