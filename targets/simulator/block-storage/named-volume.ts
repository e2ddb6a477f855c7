/**
 * How endpoints find the volume that a request names, and their checks of it.
 */

import type { Lookup, States } from '../kernel/endpoint.ts';
import { notFound, type Refusal } from '../kernel/refusal.ts';
import type { Of, VolumeCall } from './call.ts';
import type { Volume } from './state.ts';

export interface OnVolume {
  readonly volume: Volume | undefined;
}

/** Databases ignore the case of ids. */
export const volume: Lookup<VolumeCall, Volume> = {
  noun: 'a volume',
  id: ({ params }) => params.volume_id ?? '',
  matches: ({ id }, text) => id === text.toLowerCase(),
  rows: ({ cloud }) => cloud.blockStorage.volumes.values(),
  removed: ({ cloud }) => [...cloud.blockStorage.deletedVolumes.values()].reverse(),
  sees: ({ cloud, caller }, found) => cloud.behaviour.blockStorage.sees(caller, found),
};

export const projectOfVolume = ({ found }: Of<OnVolume>): string | undefined => found.volume?.projectId;

export const foundVolume = ({ found }: Of<OnVolume>): Volume | undefined => found.volume;

export function unknownVolume({ call: { params }, found }: Of<OnVolume>): Refusal | undefined {
  return found.volume ? undefined : volumeNotFound(params.volume_id ?? '');
}

export function volumeNotFound(id: string): Refusal {
  return notFound(`Volume ${id} could not be found.`);
}

/** All statuses of a volume. */
export const statuses: readonly string[] = [
  'creating',
  'available',
  'deleting',
  'error',
  'error_deleting',
  'error_managing',
  'managing',
  'attaching',
  'in-use',
  'detaching',
  'maintenance',
  'restoring-backup',
  'error_restoring',
  'reserved',
  'awaiting-transfer',
  'backing-up',
  'error_backing-up',
  'error_extending',
  'downloading',
  'uploading',
  'retyping',
  'extending',
];

/** The operation is permitted in these statuses of the volume of the path, and in no other. */
export function inStatuses(...permitted: readonly string[]): States<VolumeCall> {
  return {
    of: ({ cloud, params }) => cloud.blockStorage.volumes.get((params.volume_id ?? '').toLowerCase())?.status,
    permitted,
    refused: statuses.filter((status) => !permitted.includes(status)),
  };
}
