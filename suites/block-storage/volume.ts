/** Volumes as preparation: made of the smallest size, looked at, and removed again. */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import type { Identity } from '../../src/conformance/clause.ts';
import { Unreached } from '../../src/conformance/errors.ts';
import { bodyOf } from '../../src/conformance/matchers.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { createResource, idsByName, type ResourceKind } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../../src/json.ts';

const service = 'block-storage';

export interface Volume {
  readonly id: string;
  readonly name: string;
}

export const volume: ResourceKind = {
  type: 'volume',
  removalOrder: 2,
  remove: async (world, id, as) => (await removeFreed(world, id, as, budgets.release)) || removeByForce(world, id, as),
  find: (world, name, as) => idsByName(world, { service, path: '/volumes', key: 'volumes', name, as }),
  command: (id) => `openstack volume delete ${id}`,
};

/** Deletes it as soon as it is free. */
async function removeFreed(world: World, id: string, as: Identity, budgetMs: number): Promise<boolean> {
  let asked = false;
  const { held } = await poll(
    async () => {
      const seen = await showVolume(world, id, 'clean-up', as);
      const status = volumeStatus(seen) ?? '';
      if (!asked && (status === 'available' || status.startsWith('error'))) {
        asked = true;
        await sendRequest(world, { service, method: 'DELETE', path: `/volumes/${id}`, as, purpose: 'clean-up' });
      }
      return seen;
    },
    (seen) => statusOf(seen) === 404,
    budgetMs,
  );
  return held;
}

/** What a member cannot free, such as a volume after a swap, an administrator can. */
async function removeByForce(world: World, id: string, as: Identity): Promise<boolean> {
  if (!world.sessions.has('admin')) return removeFreed(world, id, as, budgets.removal);
  await sendRequest(world, {
    service,
    method: 'POST',
    path: `/volumes/${id}/action`,
    body: { 'os-reset_status': { status: 'available', attach_status: 'detached', migration_status: 'none' } },
    as: 'admin',
    purpose: 'clean-up',
  });
  return removeFreed(world, id, as, budgets.removal);
}

/** A volume of 1 GiB that is available. @throws Unreached */
export function createVolume(world: World, label: string, type?: string): Promise<Volume> {
  return create(world, label, type === undefined ? {} : { volume_type: type });
}

/** A volume of 1 GiB with the run's image on it. @throws Unreached */
export function createBootableVolume(world: World): Promise<Volume> {
  return create(world, 'bootable', { imageRef: world.target.fixtures.image ?? '' });
}

/** A volume of 1 GiB in another project. @throws Unreached */
export function createForeignVolume(world: World): Promise<Volume> {
  return create(world, 'foreign', {}, 'other');
}

async function create(world: World, label: string, fields: JsonObject, as: Identity = 'member'): Promise<Volume> {
  const type = world.target.fixtures.volume_type;
  const owned = await createResource(world, {
    kind: volume,
    label,
    key: 'volume',
    request: (name) => ({
      service,
      method: 'POST',
      path: '/volumes',
      as,
      body: { volume: { name, size: 1, ...(type === undefined ? {} : { volume_type: type }), ...fields } },
    }),
  });
  await reachVolumeStatus(world, owned.id, 'available', as);
  return { id: owned.id, name: owned.name };
}

/** Waits for a status; a volume that ends in an error instead never comes. @throws Unreached */
export async function reachVolumeStatus(
  world: World,
  id: string,
  wanted: string,
  as: Identity = 'member',
): Promise<void> {
  const { held, last } = await poll(
    () => showVolume(world, id, 'preparation', as),
    (seen) => {
      const status = volumeStatus(seen);
      return status === wanted ? true : status?.startsWith('error') ? 'stop' : false;
    },
    budgets.volume,
  );
  if (held) return;
  throw new Unreached(`volume ${wanted}`, `A volume is ${volumeStatus(last) ?? 'gone'} instead of ${wanted}.`, last);
}

export function showVolume(
  world: World,
  id: string,
  purpose: 'preparation' | 'observation' | 'clean-up',
  as: Identity = 'member',
): Promise<Exchange> {
  return sendRequest(world, { service, method: 'GET', path: `/volumes/${id}`, as, purpose });
}

export function volumeStatus(exchange: Exchange): string | undefined {
  return exchange.response && jsonText(atPointer(bodyOf(exchange), '/volume/status'));
}

/** The servers that the volume service says it is attached to. */
export function attachedServers(exchange: Exchange): readonly string[] {
  const attachments = jsonList(atPointer(exchange.response && bodyOf(exchange), '/volume/attachments'));
  return attachments.flatMap((attachment) => jsonText(jsonObject(attachment).server_id) ?? []);
}
