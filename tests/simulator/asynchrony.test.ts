import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, eventually, Lab, message, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;

beforeAll(async () => {
  lab = await Lab.start({ pace: 20 });
  demo = await lab.as('sim-demo');
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

const attach = (server: string, volumeId: string, version: string, session: Session = demo) =>
  session.compute('POST', attachments(server), { version, body: { volumeAttachment: { volumeId } } });

describe('on a slow cloud', () => {
  let slow: Lab;
  let member: Session;

  beforeAll(async () => {
    slow = await Lab.start({ pace: 300 });
    member = await slow.as('sim-demo');
  });
  afterAll(() => slow.close());

  it('an attach continues after the response: reserved, attaching, in-use', async () => {
    const [server, volume] = [await slow.server(), await slow.volume()];
    await attach(server, volume, '2.100', member);
    const seen: unknown[] = [];
    await eventually(async () => {
      const { body } = await member.volume('GET', `/volumes/${volume}`);
      const status = at(body, '/volume/status');
      if (status !== 'in-use') expect(at(body, '/volume/attachments')).toEqual([]);
      if (seen.at(-1) !== status) seen.push(status);
      return status === 'in-use';
    });
    expect(seen).toEqual(['reserved', 'attaching', 'in-use']);
  });

  it('an attachment without a record is hidden from 2.89 on', async () => {
    const [server, volume] = [await slow.server(), await slow.volume()];
    await attach(server, volume, '2.101', member);
    await eventually(async () => (await member.compute('GET', attachments(server, volume))).status === 200);
    const shown = await member.compute('GET', attachments(server, volume), { version: '2.89' });
    const listed = await member.compute('GET', attachments(server), { version: '2.89' });
    expect([shown.status, at(listed.body, '/volumeAttachments')]).toEqual([404, []]);
    await eventually(
      async () => (await member.compute('GET', attachments(server, volume), { version: '2.89' })).status === 200,
    );
  });
});

describe('after the response', () => {
  it('a second detach is a 400 until the first completes, then a 404', async () => {
    const { server, volume } = await lab.pair();
    expect((await demo.compute('DELETE', attachments(server, volume))).status).toBe(202);
    const second = await demo.compute('DELETE', attachments(server, volume));
    expect(second.status).toBe(400);
    expect(message(second)).toContain(
      'Invalid volume: Invalid input received: Invalid volume: Unable to detach volume.',
    );
    await eventually(async () => (await demo.compute('DELETE', attachments(server, volume))).status === 404);
  });

  it('the action log of a server has the result of an attach, even after the server is deleted', async () => {
    const { server } = await lab.pair();
    const { body } = await demo.compute('GET', `/servers/${server}/os-instance-actions`);
    const request = String(at(body, '/instanceActions/0/request_id'));
    const path = `/servers/${server}/os-instance-actions/${request}`;
    const shown = await demo.compute('GET', path, { version: '2.51' });
    expect(at(shown.body, '/instanceAction/events/0')).toMatchObject({
      event: 'compute_attach_volume',
      result: 'Success',
    });
    await demo.compute('DELETE', `/servers/${server}`);
    await eventually(async () => (await demo.compute('GET', path)).status === 404);
    expect((await demo.compute('GET', path, { version: '2.21' })).status).toBe(200);
  });
});

describe('two simultaneous attaches', () => {
  it('of one volume to two servers: one is refused up to 2.100', async () => {
    const [one, two, volume] = [await lab.server(), await lab.server(), await lab.volume()];
    const responses = await Promise.all([attach(one, volume, '2.100'), attach(two, volume, '2.100')]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('of one volume to one server: one is refused up to 2.100, none from 2.101 on', async () => {
    for (const [version, statuses] of [
      ['2.100', [200, 400]],
      ['2.101', [202, 202]],
    ] as const) {
      const [server, volume] = [await lab.server(), await lab.volume()];
      const responses = await Promise.all([attach(server, volume, version), attach(server, volume, version)]);
      expect(responses.map(({ status }) => status).sort()).toEqual(statuses);
      await lab.volumeIs(volume, 'in-use');
      const listed = await demo.compute('GET', attachments(server), { version: '2.1' });
      expect(at(listed.body, '/volumeAttachments')).toHaveLength(1);
    }
  });
});

describe('a volume that cannot be reserved', () => {
  it('is refused up to 2.100 and ignored silently from 2.101 on', async () => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    const admin = await lab.as('sim-admin');
    await admin.volume('POST', `/volumes/${volume}/action`, { body: { 'os-reset_status': { status: 'error' } } });
    const refused = await attach(server, volume, '2.100');
    expect(refused.status).toBe(400);
    expect(message(refused)).toMatch(/^Invalid input received: Invalid volume: .*\(HTTP 400\) \(Request-ID: req-/);
    expect((await attach(server, volume, '2.101')).status).toBe(202);
    await eventually(
      async () => at((await demo.compute('GET', attachments(server))).body, '/volumeAttachments/0') === undefined,
    );
    const { body } = await demo.compute('GET', `/servers/${server}/os-instance-actions`);
    expect((at(body, '/instanceActions') as { action: string }[]).map(({ action }) => action)).toEqual(['create']);
  });
});

describe('multiattach', () => {
  it('requires 2.60, and attaches a volume to several servers', async () => {
    const [one, two] = [await lab.server(), await lab.server()];
    const volume = await lab.volume({ volume_type: 'multiattach' });
    const early = await attach(one, volume, '2.59');
    expect([early.status, message(early)]).toEqual([
      400,
      'Multiattach volumes are only supported starting with compute API version 2.60.',
    ]);
    for (const server of [one, two]) await lab.attach(server, volume);
    expect(message(await attach(one, volume, '2.60'))).toBe(`Invalid volume: volume ${volume} already attached`);
    await demo.compute('DELETE', attachments(one, volume));
    await eventually(async () => (await demo.compute('GET', attachments(one, volume))).status === 404);
    await lab.volumeIs(volume, 'in-use');
    expect((await demo.compute('GET', attachments(two, volume))).status).toBe(200);
  });
});
