/**
 * Attach a volume.
 *
 * A server on a host gets a mapping first and the volume service's record shortly after; up to 2.100 the response
 * follows both, from 2.101 on it precedes them and the client does not see later refusals. An offloaded server has no
 * host, so the API does everything at once.
 */

import { complete, connect, release, reserve } from '../../block-storage/attaching.ts';
import type { Attachment } from '../../block-storage/state.ts';
import { pass } from '../../kernel/checks.ts';
import { represent } from '../../kernel/fields.ts';
import { json, member, type SimResponse, textMember } from '../../kernel/http.ts';
import { UnexpectedError, Refusal } from '../../kernel/refusal.ts';
import { finishEvent, logInstant, startAction, startEvent } from '../action-log.ts';
import { type ComputeCall, offers } from '../call.ts';
import type { Action, Mapping, Server } from '../state.ts';
import { readBody } from '../validate.ts';
import { attachChecks, deviceOf, hostChecks, type AttachRequest, reserveChecks } from './attach-checks.ts';
import { deviceName } from './devices.ts';
import { storedFlag } from './flag.ts';
import { type AttachmentSubject, bodySubject } from './subject.ts';

export async function attachVolume(call: ComputeCall): Promise<SimResponse> {
  const { order, quirks, reservesBeforeReply, shapes, success } = call.cloud.behaviour.compute.attachments;
  const subject = bodySubject(call, readBody(call, shapes.attach));
  pass(order.attach, attachChecks, subject);
  const { server, volume } = subject;
  if (!server || !volume) throw new UnexpectedError('builtins.AttributeError');
  if (quirks.schedulerTooOld !== undefined) throw olderScheduler(quirks.schedulerTooOld);
  const wanted: AttachRequest = { call, server, volume, device: deviceOf(subject) };
  const inBackground = offers(call, 'attach-in-background');
  if (server.vmState === 'shelved_offloaded') {
    const mapping = attachOffloaded(wanted, subject);
    return inBackground ? accepted(success.attachInBackground) : reply(subject, mapping);
  }
  if (reservesBeforeReply && !inBackground) return reply(subject, await reserveOnHost(wanted, subject));
  const device = deviceName(call.cloud, server, wanted.device);
  const work = reserveOnHost(wanted, subject).then(() => undefined);
  call.cloud.schedule.background(work, (error) => error instanceof Refusal || error instanceof UnexpectedError);
  if (inBackground) return accepted(success.attachInBackground);
  return reply(subject, mappingFor(wanted, subject, device));
}

async function reserveOnHost(wanted: AttachRequest, subject: AttachmentSubject): Promise<Mapping> {
  const { call, server } = wanted;
  const { cloud } = call;
  const { delays, order } = cloud.behaviour.compute.attachments;
  await cloud.schedule.pause(delays.reserve);
  const onHost = order.reserve.filter((name) => hostChecks.includes(name));
  pass(onHost, reserveChecks, wanted);
  const mapping = mappingFor(wanted, subject, deviceName(cloud, server, wanted.device));
  server.mappings.push(mapping);
  await cloud.schedule.pause(delays.record);
  const attachment = record(wanted, mapping);
  connectLater(call, server, mapping, attachment, startAction(call, server, 'attach_volume'));
  return mapping;
}

function attachOffloaded(wanted: AttachRequest, subject: AttachmentSubject): Mapping {
  const { call, server, device } = wanted;
  const mapping = mappingFor(wanted, subject, device);
  server.mappings.push(mapping);
  const attachment = record(wanted, mapping);
  complete(call.cloud, attachment);
  logInstant(call, server, 'attach_volume', 'api_attach_volume');
  return mapping;
}

/** Creates the volume service's record, or removes the mapping if that is refused. */
function record(wanted: AttachRequest, mapping: Mapping): Attachment {
  const { call, server, volume } = wanted;
  const { dropsRefused, order } = call.cloud.behaviour.compute.attachments;
  const afterwards = order.reserve.filter((name) => !hostChecks.includes(name));
  try {
    pass(afterwards, reserveChecks, wanted);
  } catch (error) {
    if (dropsRefused) forget(server, mapping);
    throw error;
  }
  const attachment = reserve(call.cloud, volume, server.id);
  mapping.attachmentId = attachment.id;
  return attachment;
}

function connectLater(call: ComputeCall, server: Server, mapping: Mapping, record: Attachment, action: Action): void {
  const { cloud } = call;
  const { connects, delays } = cloud.behaviour.compute.attachments;
  const stillWanted = (): boolean => server.mappings.includes(mapping) && cloud.blockStorage.attachments.has(record.id);
  cloud.schedule.after(delays.connect, () => {
    const event = startEvent(action, 'compute_attach_volume', server, cloud.now());
    if (stillWanted()) connect(cloud, record, mapping.device);
    cloud.schedule.after(delays.complete, () => {
      const done = stillWanted() && connects;
      if (done) complete(cloud, record);
      else {
        release(cloud, record.id);
        forget(server, mapping);
      }
      finishEvent(action, event, done ? 'Success' : 'Error', cloud.now());
    });
  });
}

function mappingFor(
  { call, server, volume }: AttachRequest,
  { wanted }: AttachmentSubject,
  device: string | null,
): Mapping {
  const { storing } = call.cloud.behaviour.compute.attachments;
  const tag = textMember(wanted, 'tag');
  const flag = storedFlag(call, member(wanted, 'delete_on_termination'));
  checkStorable(call, device, tag);
  return {
    uuid: call.cloud.newId(),
    serverId: server.id,
    volumeId: volume.id,
    attachmentId: null,
    device,
    tag: storing.tag(tag),
    deleteOnTermination: flag,
    firstFlag: flag,
    bootIndex: null,
  };
}

/** The database has columns of 255 characters, in an encoding of at most three bytes per character. */
function checkStorable({ cloud }: ComputeCall, device: string | null, tag = ''): void {
  const isStorable = (device ?? '').length <= 255 && !/[\u{10000}-\u{10ffff}]/u.test(tag);
  if (!isStorable && cloud.behaviour.compute.attachments.quirks.oddTextsCrash)
    throw new UnexpectedError('oslo_db.exception.DBError');
}

function forget(server: Server, mapping: Mapping): void {
  const index = server.mappings.indexOf(mapping);
  if (index >= 0) server.mappings.splice(index, 1);
}

function reply({ call, volumeId, wanted }: AttachmentSubject, { device, uuid }: Mapping): SimResponse {
  const { replyFields, success } = call.cloud.behaviour.compute.attachments;
  const content = {
    serverId: call.params.server_id ?? '',
    volumeId,
    device,
    mappingId: uuid,
    tag: textMember(wanted, 'tag') ?? null,
    deleteOnTermination: member(wanted, 'delete_on_termination') ?? false,
  };
  return json(success.attach, { volumeAttachment: represent(replyFields, content, call.at) });
}

/** Only this response has the web framework's default type, though it has no body. */
function accepted(status: number): SimResponse {
  return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: '' };
}

function olderScheduler(status: 500 | 503): Error {
  if (status === 500) return new UnexpectedError('webob.exc.HTTPServiceUnavailable');
  return new Refusal(503, 'nova-conductor is not on the same version as nova-api and needs to be upgraded.');
}
