/** Volumes as preparation: made of the smallest size, looked at, and removed again. */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { Unreached } from '../../src/conformance/errors.ts';
import { pollShown, type Begun } from '../../src/conformance/poll.ts';
import { idsByName, listAll, type ListPath } from '../../src/conformance/listing.ts';
import { createResource, orRemove, type ResourceKind } from '../../src/conformance/resource.ts';
import type { World } from '../../src/conformance/world.ts';
import type { JsonObject } from '../../src/json.ts';
import { askVolumeToGo, isFree, removeVolume } from './remove-volume.ts';
import { showVolume, volumeStatus } from './show-volume.ts';

const service = 'block-storage';

export interface Volume {
  readonly id: string;
  readonly name: string;
}

const listing: ListPath = {
  service,
  path: '/volumes',
  key: 'volumes',
  attachments: { under: 'attachments', id: 'server_id' },
};

/** Removed as any volume; the limits of a run count it with the server that boots from it. */
const rootVolume: ResourceKind = {
  type: 'volume',
  ids: 'uuid',
  removalOrder: 2,
  remove: removeVolume,
  together: {
    canGo: ({ status, attachments }) => isFree(status) && attachments.length === 0,
    isGoing: ({ status }) => !status.startsWith('error'),
    ask: askVolumeToGo,
  },
  find: (world, name, as) => idsByName(world, listing, name, as),
  list: (world, as) => listAll(world, listing, as),
  command: (words) => `openstack volume delete ${words}`,
};

export const volume: ResourceKind = { ...rootVolume, takes: 'volumes' };

/** A volume that is available. @throws Unreached */
export function createVolume(world: World, label: string, type?: string): Promise<Volume> {
  return create(world, label, type === undefined ? {} : { volume_type: type });
}

/** A volume with the run's image on it. @throws Unreached */
export function createBootableVolume(world: World): Promise<Volume> {
  return create(world, 'bootable', withImage(world));
}

/** The same for a server that has no disk of its own: it goes with the server. @throws Unreached */
export function createRootVolume(world: World): Promise<Volume> {
  return create(world, 'root', withImage(world), 'member', rootVolume);
}

function withImage({ target: { fixtures } }: World): JsonObject {
  const size = fixtures.image_volume_size ?? fixtures.volume_size;
  return { imageRef: fixtures.image ?? '', ...(size === undefined ? {} : { size: Number(size) }) };
}

/** A volume in another project. @throws Unreached */
export function createForeignVolume(world: World): Promise<Volume> {
  return create(world, 'foreign', {}, 'other');
}

async function create(
  world: World,
  label: string,
  fields: JsonObject,
  as: Identity = 'member',
  kind = volume,
): Promise<Volume> {
  const { volume_type: type, volume_size: size = '1', volume_zone: zone } = world.target.fixtures;
  const { id, name, begun } = await createResource(world, {
    kind,
    label,
    key: 'volume',
    until: { kind: made, budgetMs: budgets.volume },
    request: (name) => ({
      service,
      method: 'POST',
      path: '/volumes',
      as,
      body: {
        volume: {
          name,
          size: Number(size),
          ...(type === undefined ? {} : { volume_type: type }),
          ...(zone === undefined ? {} : { availability_zone: zone }),
          ...fields,
        },
      },
    }),
  });
  await orRemove(world, volume, id, reachVolumeStatus(world, id, 'available', { as, kind: made, begun }));
  return { id, name };
}

const made = 'volume created';

interface ReachOptions {
  readonly as?: Identity;
  /** As `poll` names what is waited for. */
  readonly kind?: string;
  readonly begun?: Begun<Exchange>;
}

/** Waits for a status; a volume that ends in an error instead never comes. @throws Unreached */
export async function reachVolumeStatus(
  world: World,
  id: string,
  wanted: string,
  { as = 'member', kind = `volume ${wanted}`, begun }: ReachOptions = {},
): Promise<void> {
  const { held, last } = await pollShown(
    world,
    () => showVolume(world, id, 'preparation', as),
    (seen) => {
      const status = volumeStatus(seen);
      return status === wanted ? true : status?.startsWith('error') ? 'stop' : false;
    },
    budgets.volume,
    kind,
    begun,
  );
  if (held) return;
  throw new Unreached(`volume ${wanted}`, `A volume is ${volumeStatus(last) ?? 'gone'} instead of ${wanted}.`, last);
}
