/**
 * Servers as preparation: made from the run's image and flavor without a network, and removed again. Where no flavor has
 * a disk for the image, each boots from a volume of its own, which goes with it.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import { Unreached } from '../../src/conformance/errors.ts';
import { pollShown, type Begun } from '../../src/conformance/poll.ts';
import { idsByName, listAll, type ListPath } from '../../src/conformance/listing.ts';
import { createResource, orRemove, removeResource, type ResourceKind } from '../../src/conformance/resource.ts';
import type { World } from '../../src/conformance/world.ts';
import type { JsonObject } from '../../src/json.ts';
import { includes, microversion } from '../../src/microversion.ts';
import { createRootVolume, volume } from '../block-storage/volume.ts';
import { fromVolume } from '../capabilities.ts';
import { askServerToGo, removeServer } from './remove-server.ts';
import { faultOf, isSettled, serverStatus, showServer } from './show-server.ts';

export interface Server {
  readonly id: string;
  readonly name: string;
  /** The volume that it was booted from, where no flavor has a disk: listed among its attachments. */
  readonly root?: string;
}

/** The volumes that a server has besides those that were attached to it. */
export function rootsOf({ root }: Server): readonly string[] {
  return root === undefined ? [] : [root];
}

const listing: ListPath = {
  service: 'compute',
  path: '/servers',
  key: 'servers',
  attachments: { under: 'os-extended-volumes:volumes_attached', id: 'id' },
};

export const server: ResourceKind = {
  type: 'server',
  ids: 'uuid',
  removalOrder: 1,
  takes: 'servers',
  remove: removeServer,
  // Where servers are deleted softly, they stay until they are deleted by force.
  together: {
    canGo: ({ status }) => status !== 'SOFT_DELETED',
    isGoing: ({ status }) => !['SOFT_DELETED', 'ERROR'].includes(status),
    ask: askServerToGo,
  },
  // The filter is a regular expression, and names of runs have no letter that means anything in one.
  find: (world, name, as) => idsByName(world, listing, name, as),
  list: (world, as) => listAll(world, listing, as),
  command: (words) => `openstack server delete ${words}`,
};

/** A server that is ACTIVE, from the run's image or from a bootable volume. @throws Unreached */
export async function bootServer(world: World, label: string, root?: { readonly id: string }): Promise<Server> {
  if (root !== undefined) return boot(world, label, bootFrom(root.id, false));
  const { fixtures } = world.target;
  if (fixtures.boot_from !== fromVolume) return boot(world, label, { imageRef: fixtures.image ?? '' });
  const own = await createRootVolume(world);
  try {
    return { ...(await boot(world, label, bootFrom(own.id, true))), root: own.id };
  } catch (error) {
    world.background(removeResource(world, volume, own.id));
    throw error;
  }
}

async function boot(world: World, label: string, disk: JsonObject): Promise<Server> {
  const { fixtures } = world.target;
  const zone = fixtures.availability_zone;
  const quiet = includes(world.target.range, microversion('2.37'));
  const { id, name, begun } = await createResource(world, {
    kind: server,
    label,
    key: 'server',
    until: { kind: booted, budgetMs: budgets.server },
    request: (name) => ({
      service: 'compute',
      method: 'POST',
      path: '/servers',
      ...(quiet ? { microversion: '2.37' } : {}),
      body: {
        server: {
          name,
          flavorRef: fixtures.flavor ?? '',
          ...disk,
          ...(zone === undefined ? {} : { availability_zone: zone }),
          ...networks(fixtures.network, quiet),
        },
      },
    }),
  });
  await orRemove(world, server, id, reachStatus(world, id, 'ACTIVE', { kind: booted, begun }));
  return { id, name };
}

const booted = 'server booted';

function bootFrom(uuid: string, delete_on_termination: boolean): JsonObject {
  return {
    block_device_mapping_v2: [
      { boot_index: 0, source_type: 'volume', destination_type: 'volume', uuid, delete_on_termination },
    ],
  };
}

function networks(network: string | undefined, quiet: boolean): { networks?: string | { uuid: string }[] } {
  if (network !== undefined) return { networks: [{ uuid: network }] };
  return quiet ? { networks: 'none' } : {};
}

interface ReachOptions {
  /** As `poll` names what is waited for. */
  readonly kind?: string;
  readonly begun?: Begun<Exchange>;
}

/** More of it helps nobody. */
const longestFault = 300;

/** Waits for a status; a server that ends in ERROR instead never comes. @throws Unreached */
export async function reachStatus(
  world: World,
  id: string,
  wanted: string,
  { kind = `server ${wanted}`, begun }: ReachOptions = {},
): Promise<void> {
  const { held, last } = await pollShown(
    world,
    () => showServer(world, id, 'preparation'),
    (shown) => {
      const status = serverStatus(shown);
      return status === wanted && isSettled(shown) ? true : status === 'ERROR' ? 'stop' : false;
    },
    budgets.server,
    kind,
    begun,
  );
  if (held) return;
  const fault = faultOf(last);
  // Cut without its secrets, so that none is cut in half and missed.
  const why = fault === undefined ? '' : ` Its fault: ${world.recorder.redactor.text(fault).slice(0, longestFault)}`;
  const status = serverStatus(last) ?? 'gone';
  throw new Unreached(`server ${wanted}`, `A server is ${status} instead of ${wanted}.${why}`, last);
}
