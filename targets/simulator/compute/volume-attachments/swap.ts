/**
 * Swaps the volume of an attachment.
 */

import { beginDetaching, complete, connect, release, reserve } from '../../block-storage/attaching.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import { offers } from '../call.ts';
import { saveFlag } from './save-flag.ts';
import type { Swapping } from './update-checks.ts';

/** From 2.85 on a swap also updates the flag. */
export function swap(subject: Swapping): void {
  const { call, rules, found } = subject;
  const { server, volume, attachment: mapping, target } = found;
  if (!server || !volume || !mapping || !target) return;
  const { cloud } = call;
  beginDetaching(cloud, volume);
  const attachment = reserve(cloud, target, server.id);
  const action = startAction(call, server, 'swap_volume');
  const event = startEvent(action, 'compute_swap_volume', server, cloud.now());
  cloud.schedule.after(rules.delays?.swap ?? 0, () => {
    connect(cloud, attachment, mapping.device);
    complete(cloud, attachment);
    release(cloud, mapping.attachmentId ?? '');
    volume.migrationStatus = null;
    mapping.volumeId = target.id;
    mapping.attachmentId = attachment.id;
    finishEvent(action, event, 'Success', cloud.now());
  });
  if (offers(call, 'update-form')) saveFlag(subject);
}
