/** Servers as preparation: made from the run's image and flavor without a network, and removed again. */
import { budgets } from '../../src/conformance/budgets.ts';
import { Unreached } from '../../src/conformance/errors.ts';
import { bodyOf } from '../../src/conformance/matchers.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { createResource, idsByName, type ResourceKind } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import { atPointer, jsonText, type Json, type JsonObject } from '../../src/json.ts';
import { includes, microversion } from '../../src/microversion.ts';
import type { Exchange } from '../../src/client/exchange.ts';

export interface Server {
  readonly id: string;
  readonly name: string;
}

export const server: ResourceKind = {
  type: 'server',
  removalOrder: 1,
  remove: async (world, id) => {
    const first = await cleanUp(world, id, 'DELETE', '');
    if (statusOf(first) === 404) return true;
    if (statusOf(first) === 409) {
      // Most often it is locked; a task that is under way ends by itself.
      await cleanUp(world, id, 'POST', '/action', { unlock: null });
      await cleanUp(world, id, 'DELETE', '');
    }
    let forced = false;
    const { held } = await poll(
      async () => {
        const seen = await showServer(world, id, 'clean-up');
        if (!forced && serverStatus(seen) === 'SOFT_DELETED') {
          forced = true;
          await cleanUp(world, id, 'POST', '/action', { forceDelete: null });
        }
        return seen;
      },
      (exchange) => statusOf(exchange) === 404,
      budgets.removal,
    );
    return held;
  },
  // The filter is a regular expression, and names of runs have no letter that means anything in one.
  find: (world, name, as) => idsByName(world, { service: 'compute', path: '/servers', key: 'servers', name, as }),
  command: (id) => `openstack server delete ${id}`,
};

function cleanUp(world: World, id: string, method: string, path: string, body?: Json): Promise<Exchange> {
  return sendRequest(world, {
    service: 'compute',
    method,
    path: `/servers/${id}${path}`,
    ...(body === undefined ? {} : { body }),
    purpose: 'clean-up',
  });
}

/** A server that is ACTIVE, from the run's image or from a bootable volume. @throws Unreached */
export async function bootServer(world: World, label: string, root?: { readonly id: string }): Promise<Server> {
  const { fixtures } = world.target;
  const quiet = includes(world.target.range, microversion('2.37'));
  const owned = await createResource(world, {
    kind: server,
    label,
    key: 'server',
    request: (name) => ({
      service: 'compute',
      method: 'POST',
      path: '/servers',
      ...(quiet ? { microversion: '2.37' } : {}),
      body: {
        server: {
          name,
          flavorRef: fixtures.flavor ?? '',
          ...(root === undefined ? { imageRef: fixtures.image ?? '' } : bootFrom(root.id)),
          ...networks(fixtures.network, quiet),
        },
      },
    }),
  });
  await reachStatus(world, owned.id, 'ACTIVE');
  return { id: owned.id, name: owned.name };
}

function bootFrom(uuid: string): JsonObject {
  return {
    block_device_mapping_v2: [
      { boot_index: 0, source_type: 'volume', destination_type: 'volume', uuid, delete_on_termination: false },
    ],
  };
}

function networks(network: string | undefined, quiet: boolean): { networks?: string | { uuid: string }[] } {
  if (network !== undefined) return { networks: [{ uuid: network }] };
  return quiet ? { networks: 'none' } : {};
}

/** Waits for a status; a server that ends in ERROR instead never comes. @throws Unreached */
export async function reachStatus(world: World, id: string, wanted: string): Promise<void> {
  const { held, last } = await poll(
    () => showServer(world, id, 'preparation'),
    (exchange) => {
      const status = serverStatus(exchange);
      return status === wanted && isSettled(exchange) ? true : status === 'ERROR' ? 'stop' : false;
    },
    budgets.server,
  );
  if (held) return;
  throw new Unreached(`server ${wanted}`, `A server is ${serverStatus(last) ?? 'gone'} instead of ${wanted}.`, last);
}

export function showServer(world: World, id: string, purpose: 'preparation' | 'clean-up'): Promise<Exchange> {
  return sendRequest(world, { service: 'compute', method: 'GET', path: `/servers/${id}`, purpose });
}

export function serverStatus(exchange: Exchange): string | undefined {
  return exchange.response && jsonText(atPointer(bodyOf(exchange), '/server/status'));
}

/** No task is under way. A service that does not show tasks is taken at its status. */
export function isSettled(exchange: Exchange): boolean {
  return (atPointer(exchange.response && bodyOf(exchange), '/server/OS-EXT-STS:task_state') ?? null) === null;
}
