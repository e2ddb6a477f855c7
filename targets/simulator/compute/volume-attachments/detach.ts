/**
 * Detach a volume: by the host in the background, or at once if the server has no host.
 */

import { beginDetaching, detachRefusal, relayed, release } from '../../block-storage/attaching.ts';
import { deleteVolumeSoon } from '../../block-storage/deletion.ts';
import type { Volume } from '../../block-storage/state.ts';
import type { Check } from '../../kernel/checks.ts';
import { badRequest, Refusal } from '../../kernel/refusal.ts';
import { finishEvent, logInstant, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import { locked, unknownServer, wrongState } from '../on-server.ts';
import type { Mapping, Server } from '../state.ts';
import { notAttached, tooEarlyForShelved, unknownVolume } from './common-checks.ts';
import type { Attachment } from './subject.ts';

/** Unlike an attach, a detach looks the volume up before it checks lock and state. */
export const detachRefusals: Readonly<Record<string, Check<Attachment>>> = {
  server: unknownServer,
  'state-version': tooEarlyForShelved('detach_volume'),
  volume: unknownVolume,
  attached: notAttached,
  root: ({ call, found }) =>
    found.attachment?.bootIndex === 0
      ? new Refusal(call.cloud.behaviour.compute.attachments.rootDetachStatus, 'Cannot detach a root device volume')
      : undefined,
  lock: locked,
  state: wrongState('detach_volume'),
  detachable: ({ call, found: { server, volume, attachment: mapping } }) => {
    // The volume of an offloaded server is connected to no host: only its record is deleted.
    const recordOnly = server?.vmState === 'shelved_offloaded' && mapping?.attachmentId !== null;
    const refusal = recordOnly || !volume || !mapping ? undefined : detachRefusal(call.cloud, volume);
    return refusal && badRequest(`Invalid volume: ${relayed(refusal, call.requestId).message}`);
  },
};

export function detach(subject: Attachment): void {
  const { call, found } = subject;
  const { volume, attachment: mapping } = found;
  const holder = call.cloud.compute.servers.get(mapping?.serverId ?? '');
  if (!volume || !mapping || holder?.mappings.includes(mapping) !== true) return;
  if (holder.vmState === 'shelved_offloaded') detachOffloaded(call, holder, volume, mapping);
  else detachFromHost(subject, holder, volume, mapping);
}

function detachFromHost({ call, rules }: Attachment, server: Server, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  const { delays = {} } = rules;
  beginDetaching(cloud, volume);
  const action = startAction(call, server, 'detach_volume');
  const event = startEvent(action, 'compute_detach_volume', server, cloud.now());
  cloud.schedule.after(delays.disconnect ?? 0, () => {
    release(cloud, mapping.attachmentId ?? '');
    // Nova removes the attachment shortly after the volume service.
    cloud.schedule.after(delays.forget ?? 0, () => {
      forget(call, server, mapping);
      finishEvent(action, event, 'Success', cloud.now());
    });
  });
}

function detachOffloaded(call: ComputeCall, server: Server, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  release(cloud, mapping.attachmentId ?? '');
  const { offloadedDetachDeletes } = cloud.behaviour.compute.attachments.quirks;
  if (offloadedDetachDeletes && mapping.deleteOnTermination) deleteVolumeSoon(cloud, volume);
  forget(call, server, mapping);
  logInstant(call, server, 'detach_volume', 'api_detach_volume');
}

export function forget({ cloud }: ComputeCall, server: Server, mapping: Mapping): void {
  const index = server.mappings.indexOf(mapping);
  if (index >= 0) cloud.compute.formerMappings.push(...server.mappings.splice(index, 1));
}
