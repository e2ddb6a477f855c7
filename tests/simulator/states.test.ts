import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, attachments, eventually, Lab, message, unknownId, type CloudName, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;

beforeAll(async () => {
  lab = await Lab.start({ reclaimInstanceInterval: 3600 });
  demo = await lab.as('sim-demo');
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

type Step = readonly [action: object, status: string, cloud?: CloudName];

interface Row {
  readonly status: string;
  readonly vmState: string;
  readonly steps: readonly Step[];
  /** Whether attaching and detaching are allowed before 2.20, and from then on. */
  readonly before: boolean;
  readonly since: boolean;
}

const rows: readonly Row[] = [
  { status: 'ACTIVE', vmState: 'active', steps: [], before: true, since: true },
  { status: 'PAUSED', vmState: 'paused', steps: [[{ pause: null }, 'PAUSED']], before: true, since: true },
  { status: 'SHUTOFF', vmState: 'stopped', steps: [[{ 'os-stop': null }, 'SHUTOFF']], before: true, since: true },
  {
    status: 'VERIFY_RESIZE',
    vmState: 'resized',
    steps: [[{ resize: { flavorRef: '84' } }, 'VERIFY_RESIZE']],
    before: true,
    since: true,
  },
  { status: 'SHELVED', vmState: 'shelved', steps: [[{ shelve: null }, 'SHELVED']], before: false, since: true },
  {
    status: 'SHELVED_OFFLOADED',
    vmState: 'shelved_offloaded',
    steps: [
      [{ shelve: null }, 'SHELVED'],
      [{ shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin'],
    ],
    before: false,
    since: true,
  },
  { status: 'SUSPENDED', vmState: 'suspended', steps: [[{ suspend: null }, 'SUSPENDED']], before: false, since: false },
  { status: 'RESCUE', vmState: 'rescued', steps: [[{ rescue: null }, 'RESCUE']], before: false, since: false },
  {
    status: 'ERROR',
    vmState: 'error',
    steps: [[{ 'os-resetState': { state: 'error' } }, 'ERROR', 'sim-admin']],
    before: false,
    since: false,
  },
];

describe('the state of a server', () => {
  it.each(rows)('$status permits or refuses attach and detach', async ({ status, vmState, steps, before, since }) => {
    const { server, volume } = await lab.pair();
    for (const [action, reached, cloud] of steps) await lab.runAction(server, action, reached, cloud);
    const spare = await lab.volume();
    const body = { volumeAttachment: { volumeId: spare } };
    for (const [version, allowed] of [
      ['2.19', before],
      ['2.20', since],
    ] as const) {
      // Where the state permits it, the unknown volume is refused.
      const probe = { volumeAttachment: { volumeId: unknownId } };
      const attach = await demo.compute('POST', attachments(server), { version, body: probe });
      expect(attach.status, `${status} ${version}`).toBe(allowed ? 404 : 409);
      if (!allowed) {
        expect(message(attach)).toBe(`Cannot 'attach_volume' instance ${server} while it is in vm_state ${vmState}`);
      }
    }
    expect((await demo.compute('GET', attachments(server))).status).toBe(200);
    const update = { volumeAttachment: { volumeId: volume, delete_on_termination: true } };
    const updated = await demo.compute('PUT', attachments(server, volume), { version: '2.85', body: update });
    expect(updated.status).toBe(202);

    const attached = await demo.compute('POST', attachments(server), { version: '2.20', body });
    expect(attached.status).toBe(since ? 200 : 409);
    if (since) await lab.volumeIs(spare, 'in-use');
    const early = await demo.compute('DELETE', attachments(server, since ? spare : volume), { version: '2.19' });
    expect(early.status).toBe(before ? 202 : 409);
    if (before || !since) return;
    expect((await demo.compute('DELETE', attachments(server, spare), { version: '2.20' })).status).toBe(202);
    await eventually(async () => (await demo.compute('GET', attachments(server, spare))).status === 404);
  });

  it('SOFT_DELETED still permits an attach, and can be restored', async () => {
    const { server, volume } = await lab.pair();
    await demo.compute('DELETE', `/servers/${server}`);
    await lab.serverIs(server, 'SOFT_DELETED');
    expect((await demo.compute('DELETE', attachments(server, volume))).status).toBe(202);
    await lab.runAction(server, { restore: null }, 'ACTIVE');
    expect((await demo.compute('POST', `/servers/${server}/action`, { body: { forceDelete: null } })).status).toBe(202);
    await eventually(async () => (await demo.compute('GET', `/servers/${server}`)).status === 404);
  });

  it('BUILD refuses an attach, as does any task', async () => {
    const slow = await Lab.start({ pace: 300 });
    const member = await slow.as('sim-demo');
    const server = { name: 'slow', flavorRef: '42', networks: 'none', imageRef: await slow.image() };
    const made = await member.compute('POST', '/servers', { version: '2.37', body: { server } });
    const id = String(at(made.body, '/server/id'));
    const body = { volumeAttachment: { volumeId: unknownId } };
    const building = await member.compute('POST', attachments(id), { body });
    expect(message(building)).toBe(`Cannot 'attach_volume' instance ${id} while it is in vm_state building`);
    await slow.serverIs(id, 'ACTIVE');
    await member.compute('POST', `/servers/${id}/action`, { body: { pause: null } });
    const pausing = await member.compute('POST', attachments(id), { body });
    expect(message(pausing)).toBe(`Cannot 'attach_volume' instance ${id} while it is in task_state pausing`);
    await slow.close();
  });
});

describe('an offloaded server', () => {
  it('gets volumes without a host: no device, no tag, no multiattach', async () => {
    const server = await lab.server();
    await lab.runAction(server, { shelve: null }, 'SHELVED');
    await lab.runAction(server, { shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin');
    const [volume, many] = [await lab.volume(), await lab.volume({ volume_type: 'multiattach' })];
    const attach = (volumeId: string, version: string, wanted = {}) =>
      demo.compute('POST', attachments(server), { version, body: { volumeAttachment: { volumeId, ...wanted } } });
    expect(message(await attach(volume, '2.104', { tag: 'x' }))).toBe(
      'A shelved-offloaded instance takes no volume with a tag.',
    );
    expect(message(await attach(many, '2.59'))).toBe('A shelved-offloaded instance takes no multiattach volume.');
    const response = await attach(volume, '2.79', { delete_on_termination: true });
    expect(at(response.body, '/volumeAttachment/device')).toBeNull();
    const again = await attach(volume, '2.104');
    expect(again.status).toBe(400);
    const shown = await demo.compute('GET', attachments(server, volume));
    expect(shown.body).not.toHaveProperty('volumeAttachment.device');
    expect((await demo.compute('DELETE', attachments(server, volume), { version: '2.20' })).status).toBe(202);
    await eventually(async () => (await demo.volume('GET', `/volumes/${volume}`)).status === 404);
  });

  it('keeps its volumes reserved and reconnects them when it is unshelved', async () => {
    const { server, volume } = await lab.pair();
    await lab.runAction(server, { shelve: null }, 'SHELVED');
    await lab.runAction(server, { shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin');
    await lab.volumeIs(volume, 'reserved');
    await lab.runAction(server, { unshelve: null }, 'ACTIVE');
    await lab.volumeIs(volume, 'in-use');
  });

  it('is offloaded automatically if so configured', async () => {
    const eager = await Lab.start({ shelvedOffload: 'at-once' });
    const server = await eager.server();
    const member = await eager.as('sim-demo');
    await member.compute('POST', `/servers/${server}/action`, { body: { shelve: null } });
    await eager.serverIs(server, 'SHELVED_OFFLOADED');
    await eager.close();
  });
});

describe('a root disk', () => {
  it('is listed and cannot be detached', async () => {
    const uuid = await lab.image();
    const root = { boot_index: 0, uuid, source_type: 'image', destination_type: 'volume', volume_size: 1 };
    const server = await lab.server({ block_device_mapping_v2: [root] });
    const listed = await demo.compute('GET', `${attachments(server)}?limit=1`);
    const volume = String(at(listed.body, '/volumeAttachments/0/volumeId'));
    await demo.compute('POST', `/servers/${server}/action`, { body: { lock: null } });
    const response = await demo.compute('DELETE', attachments(server, volume));
    expect([response.status, message(response)]).toEqual([400, 'Cannot detach a root device volume']);
  });
});
