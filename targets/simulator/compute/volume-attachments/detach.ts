/**
 * Detach a volume: by the host in the background, or at once when the server is on none.
 */

import { beginDetaching, release } from '../../block-storage/attaching.ts';
import { deleteVolumeSoon } from '../../block-storage/deletion.ts';
import type { Volume } from '../../block-storage/state.ts';
import { pass } from '../../checks.ts';
import { bodiless, type SimResponse } from '../../http.ts';
import { Mishap } from '../../refusal.ts';
import { finishEvent, logInstant, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import type { Mapping, Server } from '../state.ts';
import { detachChecks } from './detach-checks.ts';
import { pathSubject } from './subject.ts';

export function detachVolume(call: ComputeCall): SimResponse {
  const { order, success } = call.cloud.behaviour.compute.attachments;
  const subject = pathSubject(call, undefined);
  pass(order.detach, detachChecks, subject);
  const { server, volume, mapping } = subject;
  if (!server || !volume || !mapping) throw new Mishap('builtins.AttributeError');
  if (server.vmState === 'shelved_offloaded') detachOffloaded(call, server, volume, mapping);
  else detachFromHost(call, server, volume, mapping);
  return bodiless(success.detach);
}

function detachFromHost(call: ComputeCall, server: Server, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  const { delays, detaching } = cloud.behaviour.compute.attachments;
  beginDetaching(cloud, volume);
  const action = startAction(call, server, 'detach_volume');
  const event = startEvent(action, 'compute_detach_volume', server, cloud.now());
  cloud.schedule.after(delays.disconnect, () => {
    if (detaching.releases) release(cloud, mapping.attachmentId ?? '');
    // Nova forgets the attachment a moment after the volume service has.
    cloud.schedule.after(delays.forget, () => {
      forget(call, server, mapping);
      finishEvent(action, event, 'Success', cloud.now());
    });
  });
}

function detachOffloaded(call: ComputeCall, server: Server, volume: Volume, mapping: Mapping): void {
  const { cloud } = call;
  const { detaching, quirks } = cloud.behaviour.compute.attachments;
  if (detaching.releases) release(cloud, mapping.attachmentId ?? '');
  if (quirks.offloadedDetachDeletes && mapping.deleteOnTermination) deleteVolumeSoon(cloud, volume);
  forget(call, server, mapping);
  logInstant(call, server, 'detach_volume', 'api_detach_volume');
}

function forget({ cloud }: ComputeCall, server: Server, mapping: Mapping): void {
  if (!cloud.behaviour.compute.attachments.detaching.forgets) {
    mapping.attachmentId = null;
    return;
  }
  const index = server.mappings.indexOf(mapping);
  if (index >= 0) server.mappings.splice(index, 1);
}
