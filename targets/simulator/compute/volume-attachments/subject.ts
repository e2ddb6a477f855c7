/**
 * What the endpoints of attachments find, and what their checks and effects work with.
 */

import type { Volume } from '../../block-storage/state.ts';
import type { Lookup } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Mapping } from '../state.ts';

export interface OfVolume {
  readonly volume: Volume | undefined;
}

export interface OfMapping {
  readonly attachment: Mapping | undefined;
}

export interface Replacing {
  /** The volume that a swap attaches. */
  readonly target: Volume | undefined;
}

export type Attachment = Of<OnServer & OfVolume & OfMapping>;

type Find<Item> = Lookup<ComputeCall, Item>;

/** Databases ignore the case of ids. */
const isVolume: Find<Volume>['matches'] = ({ id }, text) => id === text.toLowerCase();

const volumes: Omit<Find<Volume>, 'id'> = {
  noun: 'a volume',
  matches: isVolume,
  rows: ({ cloud }) => cloud.blockStorage.volumes.values(),
  removed: ({ cloud }) => [...cloud.blockStorage.deletedVolumes.values()].reverse(),
  sees: ({ cloud, caller }, volume) => cloud.behaviour.blockStorage.sees(caller, volume),
};

export const volumeOfPath: Find<Volume> = { ...volumes, id: ({ params }) => params.volume_id ?? '' };

export const volumeOfBody: Find<Volume> = { ...volumes, id: (_, wanted) => textMember(wanted, 'volumeId') ?? '' };

/** To what a mapping belongs. */
export const withinOf = {
  server: ({ serverId }: Mapping) => serverId,
  volume: ({ volumeId }: Mapping) => volumeId ?? '',
};

export const mapping: Find<Mapping> = {
  noun: 'an attachment',
  id: ({ params }) => params.volume_id ?? '',
  matches: ({ volumeId }, text) => volumeId === text.toLowerCase(),
  rows: allMappings,
  removed: ({ cloud }) => cloud.compute.formerMappings.toReversed(),
  sees: isOfServer,
  within: withinOf,
};

export function allMappings({ cloud }: ComputeCall): readonly Mapping[] {
  return [...cloud.compute.servers.values()].flatMap(({ mappings }) => mappings);
}

/** Whether a mapping is one of the server in the path. */
export function isOfServer({ params }: ComputeCall, { serverId }: Mapping): boolean {
  return serverId === (params.server_id ?? '').toLowerCase();
}

/** The id of the volume as the request names it: in the path, or in the body of an attach. */
export function volumeIdOf({ call, wanted }: Of<unknown>): string {
  return call.params.volume_id ?? textMember(wanted, 'volumeId') ?? '';
}
