/**
 * What the checks of the attachment operations look at. It is gathered without judging, so that checks may come in any
 * order; what could not be found is undefined.
 */

import type { Volume } from '../../block-storage/state.ts';
import { type Json, member, textMember } from '../../http.ts';
import type { ComputeCall } from '../call.ts';
import { visibleServer } from '../lookup.ts';
import type { Mapping, Server } from '../state.ts';

export interface AttachmentSubject {
  readonly call: ComputeCall;
  readonly server: Server | undefined;
  /** The volume that the path names, or for attaching the one that the body names. */
  readonly volumeId: string;
  /** That volume, if the caller may see it. */
  readonly volume: Volume | undefined;
  readonly mapping: Mapping | undefined;
  /** The content of the body's `volumeAttachment`. */
  readonly wanted: Json | undefined;
}

export function pathSubject(call: ComputeCall, body: Json | undefined): AttachmentSubject {
  return subject(call, call.params.volume_id ?? '', body);
}

export function bodySubject(call: ComputeCall, body: Json | undefined): AttachmentSubject {
  return subject(call, textMember(member(body, 'volumeAttachment'), 'volumeId') ?? '', body);
}

function subject(call: ComputeCall, volumeId: string, body: Json | undefined): AttachmentSubject {
  const server = visibleServer(call);
  return {
    call,
    server,
    volumeId,
    volume: visibleVolume(call, volumeId),
    mapping: server?.mappings.find((one) => one.volumeId === volumeId.toLowerCase()),
    wanted: member(body, 'volumeAttachment'),
  };
}

/** A volume by any spelling of its id's letters, as its database compares them. */
export function visibleVolume({ cloud, caller }: ComputeCall, id: string): Volume | undefined {
  const volume = cloud.blockStorage.volumes.get(id.toLowerCase());
  return volume && cloud.behaviour.blockStorage.sees(caller, volume) ? volume : undefined;
}

/** Every mapping of a volume, on whatever server. */
export function mappingsOf({ cloud }: ComputeCall, volumeId: string): readonly Mapping[] {
  return [...cloud.compute.servers.values()].flatMap(({ mappings }) =>
    mappings.filter((one) => one.volumeId === volumeId),
  );
}
