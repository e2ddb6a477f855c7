/**
 * The resource type of servers: how a run creates them from its image and flavor, waits for, finds, lists and deletes
 * them. Where no flavor has a disk for the image, each server boots from a root volume, which Nova deletes with it.
 */
import type { Checked } from '../../../src/clauses/checked.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { pollShown, type Begun } from '../../../src/execution/poll.ts';
import { idsByName, listAll, type ListPath } from '../../../src/resources/listing.ts';
import { createResource, orRemove, removeResource, type ResourceKind } from '../../../src/resources/resource-type.ts';
import type { RunContext } from '../../../src/execution/run-context.ts';
import type { JsonObject } from '../../../src/json.ts';
import { includes, microversion } from '../../../src/microversion.ts';
import { absoluteLimit } from '../../absolute-limits.ts';
import { createRootVolume, volume } from '../../block-storage/volume.ts';
import { fromVolume } from '../../capabilities.ts';
import { removeServer, requestServerDeletion } from './remove-server.ts';
import { faultOf, isSettled, serverStatus, showServer } from './show-server.ts';

export interface Server {
  readonly id: string;
  readonly name: string;
  /** The root volume that it was booted from, where no flavor has a disk; its attachments include it. */
  readonly root?: string;
}

/** The root volume of a server, if there is one: the volume that was not attached by a request. */
export function rootsOf({ root }: Server): readonly string[] {
  return root === undefined ? [] : [root];
}

const listing: ListPath = {
  service: 'compute',
  path: '/servers',
  full: '/servers/detail',
  pages: 'marker',
  key: 'servers',
  attachments: { under: 'os-extended-volumes:volumes_attached', id: 'id' },
};

export const server: ResourceKind = {
  type: 'server',
  ids: 'uuid',
  removalOrder: 1,
  capacity: {
    limit: 24,
    ofOneCase: 3,
    quotas: [
      absoluteLimit('compute', { id: 'servers', words: 'servers' }, 'maxTotalInstances', 'totalInstancesUsed'),
      absoluteLimit('compute', { id: 'cores', words: 'cores' }, 'maxTotalCores', 'totalCoresUsed'),
      absoluteLimit('compute', { id: 'ram', words: 'MB of memory' }, 'maxTotalRAMSize', 'totalRAMUsed'),
    ],
  },
  remove: removeServer,
  // Where the target soft-deletes servers, they stay until they are force-deleted.
  together: {
    canBeRemoved: ({ status }) => status !== 'SOFT_DELETED',
    isBeingRemoved: ({ status }) => !['SOFT_DELETED', 'ERROR'].includes(status),
    ask: requestServerDeletion,
  },
  // The filter is a regular expression; names of runs contain no special characters.
  find: (run, name, as) => idsByName(run, listing, name, as),
  list: (run, as) => listAll(run, listing, as),
  labels: {
    plain: ['shared', 'read-only', 'rejection-target', 'swap', 'pair', 'exclusive'],
    bare: ['shared', 'swap', 'pair', 'exclusive'],
  },
  command: 'server delete',
};

export interface BootOptions {
  /** A bootable volume; otherwise it boots from the image. */
  readonly root?: { readonly id: string };
  /** The server group that it belongs to. */
  readonly group?: { readonly id: string };
  /** Its metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether it has a port, where the target has networks. */
  readonly port?: boolean;
}

/** Boots a server and waits until it is ACTIVE. @throws Unreached */
export async function bootServer(
  run: RunContext,
  label: string,
  { root, ...options }: BootOptions = {},
): Promise<Server> {
  if (root !== undefined) return boot(run, label, bootFrom(root.id, false), options);
  const { fixtures } = run.target;
  if (fixtures.boot_from !== fromVolume) return boot(run, label, { imageRef: fixtures.image ?? '' }, options);
  const own = await createRootVolume(run);
  try {
    return { ...(await boot(run, label, bootFrom(own.id, true), options)), root: own.id };
  } catch (error) {
    run.background(removeResource(run, volume, own.id));
    throw error;
  }
}

async function boot(run: RunContext, label: string, disk: JsonObject, options: CreateOptions): Promise<Server> {
  const { id, name, begun } = await createServer(run, label, disk, options);
  await orRemove(run, server, id, reachStatus(run, id, 'ACTIVE', { kind: booted, begun }));
  return { id, name };
}

/** Boots a server from the image and waits until it is ACTIVE or in ERROR. @throws Unreached */
export async function bootPerhaps(
  run: RunContext,
  label: string,
  options: CreateOptions,
): Promise<Server & { readonly isFailed: boolean }> {
  const { id, name } = await createServer(run, label, { imageRef: run.target.fixtures.image ?? '' }, options);
  const settled = pollShown(run, () => showServer(run, id, 'preparation'), hasBooted, timeouts.server, booted);
  const { isMet, last } = await orRemove(run, server, id, settled);
  if (!isMet) throw new Unreached('a server that has booted, or failed', 'A server neither boots nor fails.', last);
  return { id, name, isFailed: serverStatus(last) === 'ERROR' };
}

function hasBooted(shown: Checked): boolean {
  return ['ACTIVE', 'ERROR'].includes(serverStatus(shown) ?? '') && isSettled(shown);
}

type CreateOptions = Omit<BootOptions, 'root'>;

function createServer(
  run: RunContext,
  label: string,
  disk: JsonObject,
  { group, metadata, port = false }: CreateOptions,
): ReturnType<typeof createResource> {
  const { fixtures } = run.target;
  const zone = fixtures.availability_zone;
  const canOmitNetwork = includes(run.service('compute').range, microversion('2.37'));
  return createResource(run, {
    kind: server,
    label,
    key: 'server',
    until: { kind: booted, timeoutMs: timeouts.server },
    request: (name) => ({
      service: 'compute',
      method: 'POST',
      path: '/servers',
      ...(canOmitNetwork ? { microversion: '2.37' } : {}),
      body: {
        server: {
          name,
          flavorRef: fixtures.flavor ?? '',
          ...disk,
          ...(zone === undefined ? {} : { availability_zone: zone }),
          ...networks(port ? fixtures.port_network : fixtures.network, canOmitNetwork),
          ...(metadata && { metadata: { ...metadata } }),
        },
        ...(group && { 'os:scheduler_hints': { group: group.id } }),
      },
    }),
  });
}

const booted = 'server booted';

function bootFrom(uuid: string, delete_on_termination: boolean): JsonObject {
  return {
    block_device_mapping_v2: [
      { boot_index: 0, source_type: 'volume', destination_type: 'volume', uuid, delete_on_termination },
    ],
  };
}

function networks(network: string | undefined, canOmitNetwork: boolean): { networks?: string | { uuid: string }[] } {
  if (network !== undefined) return { networks: [{ uuid: network }] };
  return canOmitNetwork ? { networks: 'none' } : {};
}

interface ReachOptions {
  /** The kind under which `poll` learns the delay. */
  readonly kind?: string;
  readonly begun?: Begun<Exchange>;
}

/** The most characters of a fault that a message contains. */
const maxFaultLength = 300;

/** Waits for a status, at most until the server is in ERROR. @throws Unreached */
export async function reachStatus(
  run: RunContext,
  id: string,
  wanted: string,
  { kind = `server ${wanted}`, begun }: ReachOptions = {},
): Promise<void> {
  const { isMet, last } = await pollShown(
    run,
    () => showServer(run, id, 'preparation'),
    (shown) => {
      const status = serverStatus(shown);
      return status === wanted && isSettled(shown) ? true : status === 'ERROR' ? 'stop' : false;
    },
    timeouts.server,
    kind,
    begun,
  );
  if (isMet) return;
  const fault = faultOf(last);
  // Redacted before it is cut: half a secret would not be recognised.
  const reason = fault === undefined ? '' : ` Its fault: ${run.recorder.redactor.text(fault).slice(0, maxFaultLength)}`;
  const status = serverStatus(last) ?? 'deleted';
  throw new Unreached(`server ${wanted}`, `A server is ${status} instead of ${wanted}.${reason}`, last);
}
