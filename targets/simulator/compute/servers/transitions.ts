/**
 * The new state of a server when an action completes.
 */

import { complete, connect, release, reserve } from '../../block-storage/attaching.ts';
import type { Cloud } from '../../cloud.ts';
import { member, textMember } from '../../kernel/http.ts';
import { hostName } from '../../host.ts';
import { deviceName } from '../volume-attachments/devices.ts';
import type { Mapping, Server, VmState } from '../state.ts';
import type { ActionSubject } from './action-rule.ts';

/** The power state numbers of a hypervisor. */
export const power = { none: 0, running: 1, paused: 3, off: 4, suspended: 7 } as const;

export function become(vmState: VmState, powerState: number): (subject: ActionSubject) => void {
  return ({ server }) => {
    server.vmState = vmState;
    server.powerState = powerState;
  };
}

/** Restores the state before a resize or a rescue. */
export function restoreState({ server }: ActionSubject): void {
  server.vmState = server.formerVmState ?? 'active';
  server.powerState = server.vmState === 'active' ? power.running : power.off;
  server.formerVmState = undefined;
}

export function rescue({ server }: ActionSubject): void {
  server.formerVmState = server.vmState === 'error' ? 'active' : server.vmState;
  server.vmState = 'rescued';
  server.powerState = power.running;
}

export function resize({ call, server, argument }: ActionSubject): void {
  const flavor = call.cloud.compute.flavors.get(textMember(argument, 'flavorRef') ?? '');
  if (!flavor) return;
  server.formerFlavor = server.flavor;
  server.formerVmState = server.vmState;
  server.flavor = flavor;
  server.vmState = 'resized';
}

export function revertResize(subject: ActionSubject): void {
  const { server } = subject;
  server.flavor = server.formerFlavor ?? server.flavor;
  server.formerFlavor = undefined;
  restoreState(subject);
}

export function confirmResize(subject: ActionSubject): void {
  subject.server.formerFlavor = undefined;
  restoreState(subject);
}

export function shelve(subject: ActionSubject): void {
  const { server, call } = subject;
  server.vmState = 'shelved';
  server.powerState = power.off;
  const { cloud } = call;
  // A server booted from a volume leaves nothing on the host.
  if (server.imageId === null) {
    offload(cloud, server);
    return;
  }
  if (cloud.settings.shelvedOffload === 'on-request') return;
  server.taskState = 'shelving_offloading';
  cloud.schedule.after(1, () => {
    if (server.taskState !== 'shelving_offloading') return;
    server.taskState = null;
    offload(cloud, server);
  });
}

export function shelveOffload({ call, server }: ActionSubject): void {
  offload(call.cloud, server);
}

/** Disconnects the volumes from the host; they stay reserved for the server. */
function offload(cloud: Cloud, server: Server): void {
  for (const mapping of server.mappings) {
    const volume = cloud.blockStorage.volumes.get(mapping.volumeId ?? '');
    if (!volume || mapping.attachmentId === null) continue;
    const former = mapping.attachmentId;
    mapping.attachmentId = reserve(cloud, volume, server.id).id;
    release(cloud, former);
  }
  server.host = null;
  server.vmState = 'shelved_offloaded';
  server.powerState = power.off;
}

export function unshelve({ call, server }: ActionSubject): void {
  if (server.host === null) {
    server.host = hostName;
    for (const mapping of server.mappings) reconnect(call.cloud, server, mapping);
  }
  server.vmState = 'active';
  server.powerState = power.running;
}

function reconnect(cloud: Cloud, server: Server, mapping: Mapping): void {
  const attachment = cloud.blockStorage.attachments.get(mapping.attachmentId ?? '');
  if (!attachment) return;
  mapping.device ??= deviceName(cloud, server, null);
  connect(cloud, attachment, mapping.device);
  complete(cloud, attachment);
}

export function lock({ call, server, argument }: ActionSubject): void {
  const isOwner = server.projectId === call.caller.projectId;
  if (server.lockedBy !== null && isOwner) return;
  server.lockedBy = isOwner ? 'owner' : 'admin';
  server.lockedReason = textMember(argument, 'locked_reason') ?? null;
}

export function unlock({ server }: ActionSubject): void {
  server.lockedBy = null;
  server.lockedReason = null;
}

export function resetState({ server, argument }: ActionSubject): void {
  server.vmState = member(argument, 'state') === 'active' ? 'active' : 'error';
  server.taskState = null;
}
