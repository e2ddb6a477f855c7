/**
 * Attach a volume.
 *
 * A server on a host gets a mapping first and the volume service's record shortly after; up to 2.100 the response
 * follows both, from 2.101 on it precedes them and the client does not see later refusals. An offloaded server has no
 * host, so the API does everything at once.
 */

import { range } from '../../../../src/microversion.ts';
import { complete, connect, release, reserve } from '../../block-storage/attaching.ts';
import type { Attachment as VolumeRecord, Volume } from '../../block-storage/state.ts';
import { pass, type Shown, successAt } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { type Json, type JsonObject, textMember } from '../../kernel/http.ts';
import { Refusal, UnexpectedError } from '../../kernel/refusal.ts';
import { finishEvent, logInstant, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import type { Action, Mapping, Server } from '../state.ts';
import { type Attaching, hostChecks, recordChecks } from './attach-checks.ts';
import { deviceName } from './devices.ts';
import { storedFlag } from './flag.ts';

/** The content of the response, most of which repeats the request. */
export interface AttachResponse {
  readonly mapping: Mapping;
  /** As spelled in the path. */
  readonly serverId: string;
  readonly wanted: JsonObject;
  /** As sent in the body, possibly as text. */
  readonly deleteOnTermination: Json;
}

export const responseFields: readonly Field<Shown<ComputeCall, AttachResponse>>[] = [
  { name: 'id', value: ({ item }) => item.wanted.volumeId },
  { name: 'serverId', value: ({ item }) => item.serverId },
  { name: 'volumeId', value: ({ item }) => item.wanted.volumeId },
  { name: 'device', value: ({ item }) => item.mapping.device },
  { name: 'tag', range: range('2.70-'), value: ({ item }) => textMember(item.wanted, 'tag') ?? null },
  { name: 'delete_on_termination', range: range('2.79-'), value: ({ item }) => item.deleteOnTermination },
];

export async function attach(subject: Attaching): Promise<AttachResponse | undefined> {
  const { call, rules, found } = subject;
  const { server, volume } = found;
  if (!server || !volume) throw new UnexpectedError('builtins.AttributeError');
  if (server.vmState === 'shelved_offloaded') return responseOf(subject, attachOffloaded(subject, server, volume));
  const work = attachToHost(subject, server, volume);
  if (successAt(rules, call.at).content === 'item') return responseOf(subject, await work);
  inBackground(call, work);
  return undefined;
}

/** Refusals in the background reach no client. */
export function inBackground({ cloud }: ComputeCall, work: Promise<unknown>): void {
  const done = work.then(() => undefined);
  cloud.schedule.background(done, (error) => error instanceof Refusal || error instanceof UnexpectedError);
}

export function responseOf({ call, wanted }: Attaching, mapping: Mapping): AttachResponse {
  return {
    mapping,
    serverId: call.params.server_id ?? '',
    wanted,
    deleteOnTermination: wanted.delete_on_termination ?? false,
  };
}

async function attachToHost(subject: Attaching, server: Server, volume: Volume): Promise<Mapping> {
  const { call, rules } = subject;
  const { cloud } = call;
  await cloud.schedule.pause(rules.delays?.reserve ?? 0);
  laterChecks(subject, hostChecks);
  const mapping = mappingFor(subject, server, volume, deviceName(cloud, server, deviceOf(subject)));
  server.mappings.push(mapping);
  await cloud.schedule.pause(rules.delays?.record ?? 0);
  const record = recordOf(subject, server, volume, mapping);
  connectLater(subject, server, mapping, record, startAction(call, server, 'attach_volume'));
  return mapping;
}

function attachOffloaded(subject: Attaching, server: Server, volume: Volume): Mapping {
  const { call } = subject;
  const mapping = mappingFor(subject, server, volume, deviceOf(subject));
  server.mappings.push(mapping);
  complete(call.cloud, recordOf(subject, server, volume, mapping));
  logInstant(call, server, 'attach_volume', 'api_attach_volume');
  return mapping;
}

/** Creates the volume service's record, or removes the mapping if that is refused. */
function recordOf(subject: Attaching, server: Server, volume: Volume, mapping: Mapping): VolumeRecord {
  const { call } = subject;
  try {
    laterChecks(subject, recordChecks);
  } catch (error) {
    forget(server, mapping);
    throw error;
  }
  const record = reserve(call.cloud, volume, server.id);
  mapping.attachmentId = record.id;
  return record;
}

function laterChecks(subject: Attaching, some: readonly string[]): void {
  pass(
    (subject.rules.later ?? []).filter((name) => some.includes(name)),
    subject,
  );
}

function connectLater(
  { call, rules: { delays = {} } }: Attaching,
  server: Server,
  mapping: Mapping,
  record: VolumeRecord,
  action: Action,
): void {
  const { cloud } = call;
  const stillWanted = (): boolean => server.mappings.includes(mapping) && cloud.blockStorage.attachments.has(record.id);
  cloud.schedule.after(delays.connect ?? 0, () => {
    const event = startEvent(action, 'compute_attach_volume', server, cloud.now());
    if (stillWanted()) connect(cloud, record, mapping.device);
    cloud.schedule.after(delays.complete ?? 0, () => {
      const done = stillWanted();
      if (done) complete(cloud, record);
      else {
        release(cloud, record.id);
        forget(server, mapping);
      }
      finishEvent(action, event, done ? 'Success' : 'Error', cloud.now());
    });
  });
}

export function mappingFor(
  { call, wanted }: Attaching,
  server: Server,
  volume: Volume,
  device: string | null,
): Mapping {
  const tag = textMember(wanted, 'tag');
  const flag = storedFlag(call, wanted.delete_on_termination);
  checkStorable(call, device, tag);
  return {
    uuid: call.cloud.newId(),
    serverId: server.id,
    volumeId: volume.id,
    attachmentId: null,
    device,
    tag: tag ?? null,
    deleteOnTermination: flag,
    firstFlag: flag,
    bootIndex: null,
  };
}

export function deviceOf({ wanted }: Attaching): string | null {
  return textMember(wanted, 'device') ?? null;
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
