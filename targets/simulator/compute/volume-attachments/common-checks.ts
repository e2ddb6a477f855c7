/**
 * Checks that several attachment operations share.
 */

import { badRequest, forbidden, notFound, type Refusal } from '../../kernel/refusal.ts';
import type { Gate } from '../behaviour.ts';
import { offers } from '../call.ts';
import { lockRefusal, serverNotFound, stateRefusal, wrongVmState } from '../lookup.ts';
import { policyRefusal } from '../policy.ts';
import { decodedQuery, queryRefusal } from '../query.ts';
import type { VmState } from '../state.ts';
import type { AttachmentSubject } from './subject.ts';

/** Refuses query parameters: the operation has none. */
export function unknownQuery(
  gate: Gate | ((subject: AttachmentSubject) => Gate),
): (subject: AttachmentSubject) => Refusal | undefined {
  return (subject) => {
    const { call } = subject;
    if (!offers(call, typeof gate === 'string' ? gate : gate(subject))) return undefined;
    return decodedQuery(call.request) ? queryRefusal(call, {}, true) : undecodableQuery();
  };
}

export function undecodableQuery(): Refusal {
  return badRequest('Query string is not UTF-8 encoded');
}

export function unknownServer({ call, server }: AttachmentSubject): Refusal | undefined {
  return server ? undefined : serverNotFound(call);
}

/** Treats a server that its caller should not find as one of the caller's project. */
export function notPermitted(rule: string): (subject: AttachmentSubject) => Refusal | undefined {
  return ({ call, server }) => {
    const { cloud, caller } = call;
    const seen = server && cloud.behaviour.compute.sees(caller, server);
    return policyRefusal(cloud, caller, `os-volumes-attachments:${rule}`, seen ? server.projectId : caller.projectId);
  };
}

/** Shelved servers are supported from a microversion on. */
export function tooEarlyForShelved(action: 'attach' | 'detach'): (subject: AttachmentSubject) => Refusal | undefined {
  return ({ call, server }) => {
    const { gated } = call.cloud.behaviour.compute.attachments.states;
    if (!server || !gated[action].includes(server.vmState) || offers(call, 'shelved-attach')) return undefined;
    return wrongVmState(server, `${action}_volume`);
  };
}

export function locked({ call, server }: AttachmentSubject): Refusal | undefined {
  return server && lockRefusal(call, server);
}

export function wrongState(
  method: string,
  vmStates: (subject: AttachmentSubject) => readonly VmState[],
): (subject: AttachmentSubject) => Refusal | undefined {
  return (subject) =>
    subject.server &&
    stateRefusal(subject.server, { method, vmStates: vmStates(subject), taskStates: [null], launched: true });
}

export function unknownVolume({ volume, volumeId }: AttachmentSubject): Refusal | undefined {
  return volume ? undefined : notFound(`Volume ${volumeId} could not be found.`);
}

/** Reveals that a volume exists that the caller cannot see; no release has this check. */
export function foreignVolume({ call, volume, volumeId }: AttachmentSubject): Refusal | undefined {
  const foreign = !volume && call.cloud.blockStorage.volumes.has(volumeId.toLowerCase());
  return foreign ? forbidden(`Volume ${volumeId} belongs to another project.`) : undefined;
}

export function notAttached({ call, mapping, volumeId }: AttachmentSubject): Refusal | undefined {
  if (mapping) return undefined;
  return notFound(`Instance ${call.params.server_id ?? ''} is not attached to volume ${volumeId}`);
}
