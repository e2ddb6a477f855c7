/** The resource type of volumes: how a run creates, waits for, finds, lists and deletes them. */
import type { Exchange } from '../../src/client/exchange.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { Unreached } from '../../src/execution/errors.ts';
import { pollShown, type Begun } from '../../src/execution/poll.ts';
import { idsByName, listAll, type ListPath } from '../../src/resources/listing.ts';
import { createResource, orRemove, type ResourceKind } from '../../src/resources/resource-type.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import type { JsonObject } from '../../src/json.ts';
import { absoluteLimit } from '../absolute-limits.ts';
import { isDeletable, removeVolume, requestVolumeDeletion } from './remove-volume.ts';
import { showVolume, volumeStatus } from './show-volume.ts';

const service = 'block-storage';

export interface Volume {
  readonly id: string;
  readonly name: string;
}

const listing: ListPath = {
  service,
  path: '/volumes',
  full: '/volumes/detail',
  pages: 'marker',
  key: 'volumes',
  attachments: { under: 'attachments', id: 'server_id' },
};

/** Deleted like any volume; the capacity of a run counts it with the server that boots from it. */
const rootVolume: ResourceKind = {
  type: 'volume',
  ids: 'uuid',
  removalOrder: 2,
  remove: removeVolume,
  together: {
    canBeRemoved: ({ status, attachments }) => isDeletable(status) && attachments.length === 0,
    isBeingRemoved: ({ status }) => !status.startsWith('error'),
    ask: requestVolumeDeletion,
  },
  find: (run, name, as) => idsByName(run, listing, name, as),
  list: (run, as) => listAll(run, listing, as),
  pooled: true,
  command: 'volume delete',
};

export const volume: ResourceKind = {
  ...rootVolume,
  capacity: {
    limit: 60,
    ofOneCase: 3,
    with: 'server',
    quotas: [
      absoluteLimit(service, { id: 'volumes', words: 'volumes' }, 'maxTotalVolumes', 'totalVolumesUsed'),
      absoluteLimit(
        service,
        { id: 'gigabytes', words: 'GB of volumes' },
        'maxTotalVolumeGigabytes',
        'totalGigabytesUsed',
      ),
    ],
  },
};

/** Creates a volume and waits until it is available. @throws Unreached */
export function createVolume(run: RunContext, label: string, type?: string): Promise<Volume> {
  return create(run, label, type === undefined ? {} : { volume_type: type });
}

/** Creates a volume that contains the image of the run. @throws Unreached */
export function createBootableVolume(run: RunContext): Promise<Volume> {
  return create(run, 'bootable', withImage(run));
}

/** Creates the root volume of a server whose flavor has no disk; Nova deletes it with the server. @throws Unreached */
export function createRootVolume(run: RunContext): Promise<Volume> {
  return create(run, 'root', withImage(run), 'member', rootVolume);
}

function withImage({ target: { fixtures } }: RunContext): JsonObject {
  const size = fixtures.image_volume_size ?? fixtures.volume_size;
  return { imageRef: fixtures.image ?? '', ...(size === undefined ? {} : { size: Number(size) }) };
}

/** Creates a volume in the project of the other identity. @throws Unreached */
export function createForeignVolume(run: RunContext): Promise<Volume> {
  return create(run, 'foreign', {}, 'other');
}

async function create(
  run: RunContext,
  label: string,
  fields: JsonObject,
  as: Identity = 'member',
  kind = volume,
): Promise<Volume> {
  const { volume_type: type, volume_size: size = '1', volume_zone: zone } = run.target.fixtures;
  const { id, name, begun } = await createResource(run, {
    kind,
    label,
    key: 'volume',
    until: { kind: created, timeoutMs: timeouts.volume },
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
  await orRemove(run, volume, id, reachVolumeStatus(run, id, 'available', { as, kind: created, begun }));
  return { id, name };
}

const created = 'volume created';

interface ReachOptions {
  readonly as?: Identity;
  /** The kind under which `poll` learns the delay. */
  readonly kind?: string;
  readonly begun?: Begun<Exchange>;
}

/** Waits for a status, at most until the volume is in error. @throws Unreached */
export async function reachVolumeStatus(
  run: RunContext,
  id: string,
  wanted: string,
  { as = 'member', kind = `volume ${wanted}`, begun }: ReachOptions = {},
): Promise<void> {
  const { isMet, last } = await pollShown(
    run,
    () => showVolume(run, id, 'preparation', as),
    (seen) => {
      const status = volumeStatus(seen);
      return status === wanted ? true : status?.startsWith('error') ? 'stop' : false;
    },
    timeouts.volume,
    kind,
    begun,
  );
  if (isMet) return;
  throw new Unreached(`volume ${wanted}`, `A volume is ${volumeStatus(last) ?? 'deleted'} instead of ${wanted}.`, last);
}
