import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faults, startSimulator } from '../../targets/simulator/index.ts';
import { at, attachments, eventually, Lab, unknownId, type Session } from './lab.ts';

let lab: Lab;
let demo: Session;

beforeAll(async () => {
  lab = await Lab.start();
  demo = await lab.as('sim-demo');
});
beforeEach(() => {
  lab.simulator.setFaults([]);
});
afterAll(() => lab.close());

describe('the list of faults', () => {
  it('has unique ids, each with a sentence', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    for (const { summary } of faults) expect(summary).toMatch(/^[A-Z].*\.$/);
  });

  it('refuses unknown ids, at the start and later', async () => {
    expect(() => {
      lab.simulator.setFaults(['compute:no-such-thing']);
    }).toThrow(RangeError);
    await expect(startSimulator({ faults: ['compute:no-such-thing'] })).rejects.toThrow('not a fault');
  });

  it('can be enabled and disabled while the cloud runs', async () => {
    const { server } = await lab.pair();
    const alt = await lab.as('sim-alt');
    expect((await alt.compute('GET', `/servers/${server}`)).status).toBe(404);
    lab.simulator.setFaults(['compute:servers-leak']);
    expect((await alt.compute('GET', attachments(server))).status).toBe(403);
    lab.simulator.setFaults([]);
    expect((await alt.compute('GET', `/servers/${server}`)).status).toBe(404);
  });
});

/** Observations that are true only with the fault, on a cloud with Nova's defects. mutation-test covers all faults. */
const seen: Readonly<Record<string, () => Promise<boolean>>> = {
  'compute/attach-volume:null-field:tag': async () => {
    const [server, volumeId] = [await lab.server(), await lab.volume()];
    const body = { volumeAttachment: { volumeId, tag: 'x' } };
    const response = await demo.compute('POST', attachments(server), { version: '2.70', body });
    return at(response.body, '/volumeAttachment/tag') === null;
  },
  'compute/attach-volume:drop-check:lock': async () => {
    const server = await lab.server();
    await demo.compute('POST', `/servers/${server}/action`, { body: { lock: null } });
    return (await attachUnknown(server)) === 404;
  },
  'compute/attach-volume:allow-state:suspended': async () => {
    const server = await lab.server();
    await lab.runAction(server, { suspend: null }, 'SUSPENDED');
    return (await attachUnknown(server)) === 404;
  },
  'compute/attach-volume:check-order:role-before-server': async () => {
    const reader = await lab.as('sim-demo-reader');
    const body = { volumeAttachment: { volumeId: unknownId } };
    return (await reader.compute('POST', attachments(unknownId), { body })).status === 403;
  },
  'compute/detach-volume:drop-check:root': async () => {
    const uuid = await lab.image();
    const root = { boot_index: 0, uuid, source_type: 'image', destination_type: 'volume', volume_size: 1 };
    const server = await lab.server({ block_device_mapping_v2: [root] });
    const { body } = await demo.compute('GET', attachments(server));
    const volume = String(at(body, '/volumeAttachments/0/volumeId'));
    return (await demo.compute('DELETE', attachments(server, volume))).status === 202;
  },
  'compute/list-volume-attachments:shift-range:field.id:never-ends': async () => {
    const { server } = await lab.pair();
    const { body } = await demo.compute('GET', attachments(server), { version: '2.89' });
    return at(body, '/volumeAttachments/0/id') !== undefined;
  },
  'compute:host-fails-to-connect': async () => {
    const [server, volumeId] = [await lab.server(), await lab.volume()];
    await demo.compute('POST', attachments(server), { body: { volumeAttachment: { volumeId } } });
    let isGone = false;
    await eventually(async () => {
      isGone = (await demo.compute('GET', attachments(server, volumeId))).status === 404;
      const { body } = await demo.volume('GET', `/volumes/${volumeId}`);
      return isGone || at(body, '/volume/status') === 'in-use';
    });
    return isGone;
  },
  'compute:conductor-too-old': async () => {
    const [server, volumeId] = [await lab.server(), await lab.volume()];
    const response = await demo.compute('POST', attachments(server), { body: { volumeAttachment: { volumeId } } });
    return response.status === 500;
  },
  'compute:list-survives-odd-numbers': async () => {
    const server = await lab.server();
    return (await demo.compute('GET', `${attachments(server)}?limit=%0A`)).status === 200;
  },
  'compute:attach-understands-flag-text': async () => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    await lab.attach(server, volume, { delete_on_termination: 'false' });
    const { body } = await demo.compute('GET', attachments(server, volume), { version: '2.79' });
    return at(body, '/volumeAttachment/delete_on_termination') === false;
  },
  'compute:list-pages-volumes-only': async () => {
    const { server } = await lab.pair();
    const { body } = await demo.compute('GET', `${attachments(server)}?limit=1`);
    return at(body, '/volumeAttachments/0') !== undefined;
  },
  'compute:offloaded-detach-keeps-volume': async () => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    await lab.runAction(server, { shelve: null }, 'SHELVED');
    await lab.runAction(server, { shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin');
    await lab.attach(server, volume, { delete_on_termination: true });
    await demo.compute('DELETE', attachments(server, volume), { version: '2.20' });
    const { body } = await demo.volume('GET', `/volumes/${volume}`);
    return at(body, '/volume/status') === 'available';
  },
  'compute:refused-swap-changes-nothing': async () => {
    const { server, volume } = await lab.pair();
    const body = { volumeAttachment: { volumeId: unknownId, delete_on_termination: true } };
    const admin = await lab.as('sim-admin');
    await admin.compute('PUT', attachments(server, volume), { version: '2.85', body });
    const shown = await demo.compute('GET', attachments(server, volume), { version: '2.79' });
    return at(shown.body, '/volumeAttachment/delete_on_termination') === false;
  },
  'compute:show-rejects-unknown-query': async () => {
    const { server, volume } = await lab.pair();
    return (await demo.compute('GET', `${attachments(server, volume)}?foo=1`, { version: '2.102' })).status === 400;
  },
  'compute/attach-volume:drop-check:state-version': async () => {
    const server = await lab.server();
    await lab.runAction(server, { shelve: null }, 'SHELVED');
    return (await attachUnknown(server)) === 404;
  },
  'compute:servers-leak': async () => {
    const server = await lab.server();
    return (await (await lab.as('sim-alt')).compute('GET', `/servers/${server}`)).status === 403;
  },
  'compute:termination-keeps-volume': async () => {
    const [server, volume] = [await lab.server(), await lab.volume()];
    await lab.attach(server, volume, { delete_on_termination: true });
    await demo.compute('DELETE', `/servers/${server}`);
    await eventually(async () => (await demo.compute('GET', `/servers/${server}`)).status === 404);
    const { body } = await demo.volume('GET', `/volumes/${volume}`);
    return at(body, '/volume/status') === 'available';
  },
  'compute:hides-version': async () =>
    (await demo.compute('GET', '/flavors')).headers.get('openstack-api-version') === null,
  'identity:tokens-never-expire': async () => {
    const brief = await Lab.start({ tokenLifetime: 0, faults: active });
    const response = await (await brief.as('sim-demo')).compute('GET', '/servers');
    await brief.close();
    return response.status === 200;
  },
  'identity/revoke-token:skip-effect': async () => {
    const other = await Lab.start({ faults: active });
    const member = await other.as('sim-demo');
    await member.identity('DELETE', '/auth/tokens', { headers: { 'X-Subject-Token': member.token } });
    const response = await member.compute('GET', '/servers');
    await other.close();
    return response.status === 200;
  },
};

let active: readonly string[] = [];

describe('a fault', () => {
  it.each(Object.entries(seen))('%s can be observed only while it is enabled', async (id, shows) => {
    active = [];
    expect(await shows(), 'without the fault').toBe(false);
    active = [id];
    lab.simulator.setFaults(active);
    expect(await shows(), 'with the fault').toBe(true);
  });
});

async function attachUnknown(server: string): Promise<number> {
  const body = { volumeAttachment: { volumeId: unknownId } };
  return (await demo.compute('POST', attachments(server), { version: '2.19', body })).status;
}
