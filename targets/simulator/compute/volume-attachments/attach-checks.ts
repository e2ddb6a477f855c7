/**
 * The checks of an attach: those of the API, then of the compute host, then of the volume service.
 */

import { relayed, reservationRefusal, zoneRefusal } from '../../block-storage/attaching.ts';
import type { Volume } from '../../block-storage/state.ts';
import type { Check } from '../../kernel/checks.ts';
import { isOpen } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { badRequest, conflict, Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { mappingsOf } from '../lookup.ts';
import { locked, type Of, type OnServer, unknownServer, wrongState } from '../on-server.ts';
import type { Mapping, Server } from '../state.ts';
import { tooEarlyForShelved, unknownVolume } from './common-checks.ts';
import { letterOf, usedLetters } from './devices.ts';
import type { OfVolume } from './subject.ts';

export type Attaching = Of<OnServer & OfVolume>;

/** The checks of the host, before it creates the mapping. */
export const hostChecks: readonly string[] = ['not-mapped-here', 'disk-limit', 'device-free'];
/** The checks before the volume service creates its record. */
export const recordChecks: readonly string[] = ['multiattach-version', 'volume-reservable'];

export const attachRefusals: Readonly<Record<string, Check<Attaching>>> = {
  server: unknownServer,
  'state-version': tooEarlyForShelved('attach_volume'),
  lock: locked,
  state: wrongState('attach_volume'),
  volume: unknownVolume,
  'volume-free': ({ call, found: { server, volume } }) => volume && alreadyMapped(call, volume, server),
  'offloaded-tag': ({ found, wanted }) =>
    isOffloaded(found.server) && textMember(wanted, 'tag') !== undefined
      ? badRequest('A shelved-offloaded instance takes no volume with a tag.')
      : undefined,
  'offloaded-multiattach': ({ found: { server, volume } }) =>
    isOffloaded(server) && volume?.multiattach === true
      ? badRequest('A shelved-offloaded instance takes no multiattach volume.')
      : undefined,
  'not-mapped-here': ({ call, found: { server, volume } }) =>
    volume && server?.mappings.some((one) => one.volumeId === volume.id && !mayStay(call, volume, one, server))
      ? badRequest(`Invalid volume: volume ${volume.id} already attached`)
      : undefined,
  'disk-limit': ({ call, found: { server } }) => server && tooManyDisks(call, server),
  'device-free': ({ call, wanted, found: { server } }) => {
    const device = textMember(wanted, 'device');
    const ignored = call.cloud.settings.deviceNaming === 'ignored';
    const letter = device === undefined || ignored ? undefined : letterOf(device);
    const taken = server && letter !== undefined && usedLetters(server).has(letter);
    return taken ? conflict(`The supplied device path (${device ?? ''}) is in use.`) : undefined;
  },
  'multiattach-version': ({ call, rules, found: { volume } }) =>
    volume?.multiattach === true && !isOpen(rules, 'multiattach', call.at)
      ? badRequest('Multiattach volumes are only supported starting with compute API version 2.60.')
      : undefined,
  'volume-reservable': ({ call, found: { server, volume } }) => {
    if (!server || !volume) return undefined;
    const refusal = zoneRefusal(call.cloud, volume, server.zone) ?? reservationRefusal(call.cloud, volume);
    return refusal && relayed(refusal, call.requestId);
  },
};

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
