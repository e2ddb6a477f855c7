/**
 * The checks of an attach: those of the API, then of the compute host, then of the volume service.
 */

import { relayed, reservationRefusal, zoneRefusal } from '../../block-storage/attaching.ts';
import type { Volume } from '../../block-storage/state.ts';
import type { Check } from '../../kernel/checks.ts';
import { member, textMember } from '../../kernel/http.ts';
import { badRequest, conflict, Refusal } from '../../kernel/refusal.ts';
import { type ComputeCall, offers } from '../call.ts';
import { mappingsOf } from '../lookup.ts';
import type { Mapping, Server } from '../state.ts';
import { bodyRefusal } from '../validate.ts';
import {
  locked,
  notPermitted,
  tooEarlyForShelved,
  unknownQuery,
  unknownServer,
  unknownVolume,
  wrongState,
} from './common-checks.ts';
import { letterOf, usedLetters } from './devices.ts';
import type { AttachmentSubject } from './subject.ts';

export type AttachCheck =
  | 'query'
  | 'body'
  | 'server'
  | 'policy'
  | 'shelved-version'
  | 'lock'
  | 'state'
  | 'volume'
  | 'volume-free'
  | 'offloaded-tag'
  | 'offloaded-multiattach';

export const attachChecks: Readonly<Record<AttachCheck, Check<AttachmentSubject>>> = {
  query: unknownQuery('strict-attach-query'),
  body: ({ call }) => bodyRefusal(call, call.cloud.behaviour.compute.attachments.shapes.attach),
  server: unknownServer,
  policy: notPermitted('create'),
  'shelved-version': tooEarlyForShelved('attach'),
  lock: locked,
  state: wrongState('attach_volume', ({ call }) => call.cloud.behaviour.compute.attachments.states.attach),
  volume: unknownVolume,
  'volume-free': ({ call, server, volume }) => volume && alreadyMapped(call, volume, server),
  'offloaded-tag': ({ server, wanted }) =>
    isOffloaded(server) && textMember(wanted, 'tag') !== undefined
      ? badRequest('A shelved-offloaded instance takes no volume with a tag.')
      : undefined,
  'offloaded-multiattach': ({ server, volume }) =>
    isOffloaded(server) && volume?.multiattach === true
      ? badRequest('A shelved-offloaded instance takes no multiattach volume.')
      : undefined,
};

/** A volume to attach to a server as `device`. */
export interface AttachRequest {
  readonly call: ComputeCall;
  readonly server: Server;
  readonly volume: Volume;
  readonly device: string | null;
}

export type ReserveCheck =
  'not-mapped-here' | 'disk-limit' | 'device-free' | 'multiattach-version' | 'volume-reservable';

/** The checks before the mapping is created. */
export const hostChecks: readonly ReserveCheck[] = ['not-mapped-here', 'disk-limit', 'device-free'];

export const reserveChecks: Readonly<Record<ReserveCheck, Check<AttachRequest>>> = {
  'not-mapped-here': ({ call, server, volume }) =>
    server.mappings.some((one) => one.volumeId === volume.id && !mayStay(call, volume, one, server))
      ? badRequest(`Invalid volume: volume ${volume.id} already attached`)
      : undefined,
  'disk-limit': ({ call, server }) => tooManyDisks(call, server),
  'device-free': ({ call, server, device }) => {
    const ignored = call.cloud.settings.deviceNaming === 'ignored';
    const letter = device === null || ignored ? undefined : letterOf(device);
    const taken = letter !== undefined && usedLetters(server).has(letter);
    return taken ? conflict(`The supplied device path (${device ?? ''}) is in use.`) : undefined;
  },
  'multiattach-version': ({ call, volume }) =>
    volume.multiattach && !offers(call, 'multiattach')
      ? badRequest('Multiattach volumes are only supported starting with compute API version 2.60.')
      : undefined,
  'volume-reservable': ({ call, volume, server }) => {
    const refusal = zoneRefusal(call.cloud, volume, server.zone) ?? reservationRefusal(call.cloud, volume);
    return refusal && relayed(refusal, call.requestId);
  },
};

export function deviceOf({ wanted }: AttachmentSubject): string | null {
  const device = member(wanted, 'device');
  return typeof device === 'string' ? device : null;
}

export function alreadyMapped(call: ComputeCall, volume: Volume, server: Server | undefined): Refusal | undefined {
  const mappings = mappingsOf(call, volume.id);
  const conflicting = mappings.filter((one) => !mayStay(call, volume, one, server));
  if (conflicting.length === 0) return undefined;
  if (volume.multiattach && conflicting.some(({ serverId }) => serverId === server?.id)) {
    return badRequest(`Invalid volume: volume ${volume.id} already attached`);
  }
  const servers = mappings.map(({ serverId }) => serverId).join(' ');
  return badRequest(`Invalid volume: volume ${volume.id} is already attached to instances: ${servers}`);
}

/** Whether the server of a mapping may keep the volume while it is attached to `server`. */
function mayStay({ cloud }: ComputeCall, volume: Volume, { serverId }: Mapping, server: Server | undefined): boolean {
  const { holders } = cloud.behaviour.compute.attachments;
  const allowed = volume.multiattach ? holders.multiattach : holders.single;
  return allowed.includes(serverId === server?.id ? 'itself' : 'another');
}

function isOffloaded(server: Server | undefined): boolean {
  return server?.vmState === 'shelved_offloaded';
}

function tooManyDisks({ cloud }: ComputeCall, server: Server): Refusal | undefined {
  const { maxDisks } = cloud.settings;
  if (usedLetters(server).size + 1 <= maxDisks) return undefined;
  return new Refusal(
    cloud.behaviour.compute.attachments.tooManyDisksStatus,
    `The maximum allowed number of disk devices (${maxDisks}) to attach to a single instance has been exceeded.`,
  );
}
