/**
 * The input of the checks of the attachment operations. It is collected without checking, so that checks can run in any
 * order; what is not found is undefined.
 */

import type { Volume } from '../../block-storage/state.ts';
import { type Json, member, textMember } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import type { Mapping, Server } from '../state.ts';
import { type AttachmentAction, foundMapping, foundServer, foundVolume } from './finding.ts';

export interface AttachmentSubject {
  readonly call: ComputeCall;
  readonly server: Server | undefined;
  /** The volume id of the path; for an attach, of the body. */
  readonly volumeId: string;
  /** That volume, if the caller can see it. */
  readonly volume: Volume | undefined;
  readonly mapping: Mapping | undefined;
  /** The content of the body's `volumeAttachment`. */
  readonly wanted: Json | undefined;
}

export function pathSubject(call: ComputeCall, action: AttachmentAction, body: Json | undefined): AttachmentSubject {
  return subject(call, action, call.params.volume_id ?? '', body);
}

export function bodySubject(call: ComputeCall, body: Json | undefined): AttachmentSubject {
  return subject(call, 'attach', textMember(member(body, 'volumeAttachment'), 'volumeId') ?? '', body);
}

function subject(
  call: ComputeCall,
  action: AttachmentAction,
  volumeId: string,
  body: Json | undefined,
): AttachmentSubject {
  const server = foundServer(call, action);
  const volume = foundVolume(call, action, volumeId);
  const mapping = foundMapping(action, { call, server, volume, volumeId: volumeId.toLowerCase() });
  return { call, server, volumeId, volume, mapping, wanted: member(body, 'volumeAttachment') };
}
