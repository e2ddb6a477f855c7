/**
 * The resources that the operations on attachments find: in a correct cloud only those that the caller can see.
 */

import type { Volume } from '../../block-storage/state.ts';
import type { ComputeCall } from '../call.ts';
import { mappingsOf, visibleServer, visibleVolume } from '../lookup.ts';
import type { Mapping, Server } from '../state.ts';

export type AttachmentAction = 'list' | 'show' | 'attach' | 'update' | 'swap' | 'detach';

/** What an operation finds in addition. */
export interface Finds {
  readonly servers: readonly FurtherServer[];
  readonly volumes: readonly FurtherVolume[];
  readonly mappings: readonly FurtherMapping[];
}

export type FurtherServer = 'foreign' | 'deleted';
export type FurtherVolume = 'foreign' | 'deleted' | 'nonexistent';
export type FurtherMapping = 'detached' | 'of-deleted-volume' | 'of-deleted-server' | 'of-another-server' | 'none';

const nothingElse: Finds = { servers: [], volumes: [], mappings: [] };

export const findsNothingElse: Readonly<Record<AttachmentAction, Finds>> = {
  list: nothingElse,
  show: nothingElse,
  attach: nothingElse,
  update: nothingElse,
  swap: nothingElse,
  detach: nothingElse,
};

export function foundServer(call: ComputeCall, action: AttachmentAction): Server | undefined {
  return visibleServer(call) ?? first(further(call, action).servers, (kind) => servers[kind](call));
}

export function foundVolume(call: ComputeCall, action: AttachmentAction, id: string): Volume | undefined {
  const known = id.toLowerCase();
  return visibleVolume(call, id) ?? first(further(call, action).volumes, (kind) => volumes[kind](call, known));
}

/** The keys by which to find a mapping; `volumeId` is in lower case. */
interface MappingSearch {
  readonly call: ComputeCall;
  readonly server: Server | undefined;
  readonly volume: Volume | undefined;
  readonly volumeId: string;
}

export function foundMapping(action: AttachmentAction, search: MappingSearch): Mapping | undefined {
  const { call, server, volumeId } = search;
  const own = server?.mappings.find((one) => one.volumeId === volumeId);
  return own ?? first(further(call, action).mappings, (kind) => mappings[kind](search));
}

function further({ cloud }: ComputeCall, action: AttachmentAction): Finds {
  return cloud.behaviour.compute.attachments.finds[action];
}

const servers: Readonly<Record<FurtherServer, (call: ComputeCall) => Server | undefined>> = {
  foreign: ({ cloud, params }) => cloud.compute.servers.get((params.server_id ?? '').toLowerCase()),
  deleted: ({ cloud, caller, params }) => {
    const server = cloud.compute.deletedServers.get((params.server_id ?? '').toLowerCase());
    return server && cloud.behaviour.compute.sees(caller, server) ? server : undefined;
  },
};

const volumes: Readonly<Record<FurtherVolume, (call: ComputeCall, id: string) => Volume | undefined>> = {
  foreign: ({ cloud }, id) => cloud.blockStorage.volumes.get(id),
  deleted: ({ cloud, caller }, id) => {
    const volume = cloud.blockStorage.deletedVolumes.get(id);
    return volume && cloud.behaviour.blockStorage.sees(caller, volume) ? volume : undefined;
  },
  nonexistent: (call, id) => (call.cloud.blockStorage.volumes.has(id) ? undefined : placeholderVolume(call, id)),
};

const mappings: Readonly<Record<FurtherMapping, (search: MappingSearch) => Mapping | undefined>> = {
  detached: formerMapping,
  'of-deleted-volume': (search) =>
    search.call.cloud.blockStorage.volumes.has(search.volumeId) ? undefined : formerMapping(search),
  'of-deleted-server': (search) =>
    search.call.cloud.compute.deletedServers.has(search.server?.id ?? '') ? formerMapping(search) : undefined,
  'of-another-server': ({ call, volumeId }) => mappingsOf(call, volumeId)[0],
  none: ({ call, server, volume }) => (server && volume ? placeholderMapping(call, server, volume) : undefined),
};

function formerMapping({ call, server, volumeId }: MappingSearch): Mapping | undefined {
  const { formerMappings } = call.cloud.compute;
  return formerMappings.findLast((one) => one.serverId === server?.id && one.volumeId === volumeId);
}

/** A placeholder for a volume that does not exist. */
function placeholderVolume({ cloud, caller }: ComputeCall, id: string): Volume | undefined {
  const [type] = cloud.blockStorage.types.values();
  if (!type) return undefined;
  return {
    id,
    name: null,
    description: null,
    size: 1,
    status: 'available',
    attachStatus: 'detached',
    projectId: caller.projectId ?? '',
    userId: caller.userId,
    type,
    multiattach: false,
    bootable: false,
    metadata: {},
    migrationStatus: null,
    imageId: undefined,
    zone: '',
    createdAt: cloud.now(),
    updatedAt: null,
  };
}

/** A placeholder for an attachment that does not exist. */
function placeholderMapping({ cloud }: ComputeCall, server: Server, volume: Volume): Mapping {
  return {
    uuid: cloud.newId(),
    serverId: server.id,
    volumeId: volume.id,
    attachmentId: cloud.newId(),
    device: null,
    tag: null,
    deleteOnTermination: false,
    firstFlag: false,
    bootIndex: null,
  };
}

function first<Kind, Found>(kinds: readonly Kind[], find: (kind: Kind) => Found | undefined): Found | undefined {
  for (const kind of kinds) {
    const found = find(kind);
    if (found !== undefined) return found;
  }
  return undefined;
}
