/**
 * What the checks of the attachment operations look at. It is gathered without judging, so that checks may come in any
 * order; what could not be found is undefined.
 */

import type { Volume } from '../../block-storage/state.ts';
import { type Json, member, textMember } from '../../http.ts';
import type { ComputeCall } from '../call.ts';
import type { Mapping, Server } from '../state.ts';
import { type AttachmentAct, foundMapping, foundServer, foundVolume } from './finding.ts';

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

export function pathSubject(call: ComputeCall, act: AttachmentAct, body: Json | undefined): AttachmentSubject {
  return subject(call, act, call.params.volume_id ?? '', body);
}

export function bodySubject(call: ComputeCall, body: Json | undefined): AttachmentSubject {
  return subject(call, 'attach', textMember(member(body, 'volumeAttachment'), 'volumeId') ?? '', body);
}

function subject(call: ComputeCall, act: AttachmentAct, volumeId: string, body: Json | undefined): AttachmentSubject {
  const server = foundServer(call, act);
  const volume = foundVolume(call, act, volumeId);
  const mapping = foundMapping(act, { call, server, volume, volumeId: volumeId.toLowerCase() });
  return { call, server, volumeId, volume, mapping, wanted: member(body, 'volumeAttachment') };
}
