/**
 * Faults in which resources are found that never existed.
 */

import type { Volume } from '../../../block-storage/state.ts';
import type { Fault } from '../../../faults/fault.ts';
import type { EndpointRules } from '../../../kernel/endpoint.ts';
import { member, textMember } from '../../../kernel/http.ts';
import type { ComputeCall } from '../../call.ts';
import type { Mapping } from '../../state.ts';
import { server } from '../../on-server.ts';
import { volumeOfPath } from '../subject.ts';
import { type Change, defect } from './defect.ts';

export const inventedDefects: readonly Fault[] = [
  defect(
    'compute:attach-finds-any-volume',
    ['attach'],
    'An attach accepts the id of a volume that does not exist.',
    finding('volume', inventedVolume),
  ),
  defect(
    'compute:swap-to-anything',
    ['swap'],
    'A volume can be swapped for one that does not exist.',
    finding('target', inventedVolume),
  ),
  defect(
    'compute:show-finds-unattached',
    ['show'],
    'A show shows an attachment of any existing volume.',
    finding('attachment', inventedMapping),
  ),
];

/** A lookup that also finds what does not exist. */
function finding(name: string, invented: (call: ComputeCall) => unknown): Change {
  return ({ lookups }): Partial<EndpointRules> => {
    const lookup = lookups[name];
    if (!lookup) return {};
    const rows = (call: ComputeCall): readonly unknown[] =>
      [...lookup.rows(call as never), invented(call)].filter(Boolean);
    return { lookups: { ...lookups, [name]: { ...lookup, rows } } };
  };
}

/** A placeholder for the volume that the body names. */
function inventedVolume({ cloud, caller, body }: ComputeCall): Volume | undefined {
  const id = textMember(member(body, 'volumeAttachment'), 'volumeId')?.toLowerCase() ?? '';
  const [type] = cloud.blockStorage.types.values();
  if (!type || cloud.blockStorage.volumes.has(id)) return undefined;
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

/** A placeholder for an attachment of a volume that exists. */
function inventedMapping(call: ComputeCall): Mapping | undefined {
  const volume = call.cloud.blockStorage.volumes.get(volumeOfPath.id(call, {}).toLowerCase());
  const serverId = server.id(call, {}).toLowerCase();
  if (!volume || volumeOfPath.sees?.(call, volume) === false || !call.cloud.compute.servers.has(serverId))
    return undefined;
  return {
    uuid: call.cloud.newId(),
    serverId,
    volumeId: volume.id,
    attachmentId: call.cloud.newId(),
    device: null,
    tag: null,
    deleteOnTermination: false,
    firstFlag: false,
    bootIndex: null,
  };
}
