/**
 * PUT: update the flag of an attachment, or swap its volume.
 */

import { beginDetaching, complete, connect, release, reserve } from '../../block-storage/attaching.ts';
import { pass } from '../../kernel/checks.ts';
import { bodiless, member, type SimResponse } from '../../kernel/http.ts';
import { UnexpectedError } from '../../kernel/refusal.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import { type ComputeCall, offers } from '../call.ts';
import { readBody } from '../validate.ts';
import { parseFlag } from './flag.ts';
import { type AttachmentSubject, pathSubject } from './subject.ts';
import { isSwap, newVolume, putChecks, swapChecks, updateChecks } from './update-checks.ts';

export function updateAttachment(call: ComputeCall): SimResponse {
  const { exchanges, order, quirks, shapes, success } = call.cloud.behaviour.compute.attachments;
  const body = readBody(call, shapes.update);
  const named = { call, volumeId: call.params.volume_id ?? '', wanted: member(body, 'volumeAttachment') };
  const subject = pathSubject(call, isSwap(named) ? 'swap' : 'update', body);
  const onlySwap = !offers(call, 'update-form');
  const first = onlySwap ? order.update.filter((name) => putChecks.includes(name)) : order.update;
  pass(first, updateChecks, subject);
  if (!onlySwap && quirks.flagSavedBeforeSwap) saveFlag(subject);
  if (isSwap(subject)) {
    pass(order.swap, swapChecks, subject);
    if (exchanges) swap(subject);
  }
  if (!onlySwap) saveFlag(subject);
  return bodiless(success.update);
}

function saveFlag({ call, mapping, wanted }: AttachmentSubject): void {
  const { storing } = call.cloud.behaviour.compute.attachments;
  const given = member(wanted, 'delete_on_termination');
  const flag = given === undefined ? undefined : parseFlag(given);
  if (mapping) mapping.deleteOnTermination = storing.updatedFlag(flag, mapping.deleteOnTermination);
}

function swap(subject: AttachmentSubject): void {
  const { call, server, volume, mapping } = subject;
  const target = newVolume(subject);
  if (!server || !volume || !mapping || !target) throw new UnexpectedError('builtins.AttributeError');
  const { cloud } = call;
  beginDetaching(cloud, volume);
  const attachment = reserve(cloud, target, server.id);
  const action = startAction(call, server, 'swap_volume');
  const event = startEvent(action, 'compute_swap_volume', server, cloud.now());
  cloud.schedule.after(cloud.behaviour.compute.attachments.delays.swap, () => {
    connect(cloud, attachment, mapping.device);
    complete(cloud, attachment);
    release(cloud, mapping.attachmentId ?? '');
    volume.migrationStatus = null;
    mapping.volumeId = target.id;
    mapping.attachmentId = attachment.id;
    finishEvent(action, event, 'Success', cloud.now());
  });
}
