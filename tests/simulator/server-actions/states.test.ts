/** The states of a server in which each action is accepted, the state that follows, and the message of a refusal. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CloudName, Lab, message } from '../lab.ts';
import { actionRows, imageOfCloud } from './rows.ts';

let lab: Lab;
const servers = new Map<string, string>();

beforeAll(async () => {
  lab = await Lab.start({ reclaimInstanceInterval: 3600 });
  for (const status of Object.keys(paths)) servers.set(status, await serverIn(status));
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

type Step = readonly [action: object, status: string, cloud?: CloudName];

/** How to reach each status from ACTIVE. */
const paths: Readonly<Record<string, readonly Step[]>> = {
  ACTIVE: [],
  PAUSED: [[{ pause: null }, 'PAUSED']],
  SHUTOFF: [[{ 'os-stop': null }, 'SHUTOFF']],
  SUSPENDED: [[{ suspend: null }, 'SUSPENDED']],
  RESCUE: [[{ rescue: null }, 'RESCUE']],
  VERIFY_RESIZE: [[{ resize: { flavorRef: '84' } }, 'VERIFY_RESIZE']],
  SHELVED: [[{ shelve: null }, 'SHELVED']],
  SHELVED_OFFLOADED: [
    [{ shelve: null }, 'SHELVED'],
    [{ shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin'],
  ],
  ERROR: [[{ 'os-resetState': { state: 'error' } }, 'ERROR', 'sim-admin']],
  SOFT_DELETED: [],
};

const vmStates: Readonly<Record<string, string>> = {
  ACTIVE: 'active',
  PAUSED: 'paused',
  SHUTOFF: 'stopped',
  SUSPENDED: 'suspended',
  RESCUE: 'rescued',
  VERIFY_RESIZE: 'resized',
  SHELVED: 'shelved',
  SHELVED_OFFLOADED: 'shelved_offloaded',
  ERROR: 'error',
  SOFT_DELETED: 'soft-delete',
};

async function serverIn(status: string): Promise<string> {
  const id = await lab.server({ networks: 'auto' });
  if (status === 'SOFT_DELETED') {
    await (await lab.as('sim-demo')).compute('DELETE', `/servers/${id}`);
    await lab.serverIs(id, status);
  }
  for (const [action, reached, cloud] of paths[status] ?? []) await lab.runAction(id, action, reached, cloud);
  return id;
}

const cells = actionRows.flatMap((row) => Object.keys(paths).map((status) => ({ ...row, status })));

describe('a server action', () => {
  it.each(cells)('$key in $status', async ({ key, argument, status, after, method, version, cloud, accepted }) => {
    const session = await lab.as(cloud ?? 'sim-demo');
    const expected = after[status];
    const id = expected === undefined ? (servers.get(status) ?? '') : await serverIn(status);
    const text = JSON.stringify({ [key]: argument ?? null }).replaceAll(imageOfCloud, await lab.image());
    const body = JSON.parse(text) as unknown;
    const response = await session.compute('POST', `/servers/${id}/action`, { version: version ?? '2.1', body });
    if (expected !== undefined) {
      expect(response.status, response.text).toBe(accepted ?? 202);
      await lab.serverIs(id, expected);
      return;
    }
    expect(response.status, response.text).toBe(409);
    const hostless = status === 'SHELVED_OFFLOADED' && message(response) === `Instance ${id} is not ready`;
    const state = vmStates[status] ?? '';
    if (!hostless) expect(message(response)).toBe(`Cannot '${method}' instance ${id} while it is in vm_state ${state}`);
  });
});
