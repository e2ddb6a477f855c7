/**
 * Reasons to refuse that several attachment operations share.
 */

import { badRequest, forbidden, notFound, type Refusal } from '../../refusal.ts';
import type { Gate } from '../behaviour.ts';
import { offers } from '../call.ts';
import { lockRefusal, serverNotFound, stateRefusal, wrongVmState } from '../lookup.ts';
import { policyRefusal } from '../policy.ts';
import { decodedQuery, queryRefusal } from '../query.ts';
import type { VmState } from '../state.ts';
import type { AttachmentSubject } from './subject.ts';

/** Query parameters, of which the operation has none. */
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

/** A server that its caller should not have found is taken for one of the caller's own project. */
export function notPermitted(rule: string): (subject: AttachmentSubject) => Refusal | undefined {
  return ({ call, server }) => {
    const { cloud, caller } = call;
    const seen = server && cloud.behaviour.compute.sees(caller, server);
    return policyRefusal(cloud, caller, `os-volumes-attachments:${rule}`, seen ? server.projectId : caller.projectId);
  };
}

/** Shelved servers take part from a microversion on. */
export function tooEarlyForShelved(act: 'attach' | 'detach'): (subject: AttachmentSubject) => Refusal | undefined {
  return ({ call, server }) => {
    const { gated } = call.cloud.behaviour.compute.attachments.states;
    if (!server || !gated[act].includes(server.vmState) || offers(call, 'shelved-attach')) return undefined;
    return wrongVmState(server, `${act}_volume`);
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

/** No release tells that there is a volume which the caller may not see. */
export function foreignVolume({ call, volume, volumeId }: AttachmentSubject): Refusal | undefined {
  const foreign = !volume && call.cloud.blockStorage.volumes.has(volumeId.toLowerCase());
  return foreign ? forbidden(`Volume ${volumeId} belongs to another project.`) : undefined;
}

export function notAttached({ call, mapping, volumeId }: AttachmentSubject): Refusal | undefined {
  if (mapping) return undefined;
  return notFound(`Instance ${call.params.server_id ?? ''} is not attached to volume ${volumeId}`);
}
