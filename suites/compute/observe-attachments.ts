/** Observations of attachments, and of the servers and volumes that they belong to. */
import { isSince } from '../../src/microversion.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import { bodyOf, type Checked } from '../../src/clauses/checked.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { Finding } from '../../src/clauses/verdict.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import { statusOf } from '../../src/execution/poll.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../../src/json.ts';
import type { Volume } from '../block-storage/volume.ts';
import { attachedServers, volumeStatus } from '../block-storage/show-volume.ts';
import type { Server } from './resource-types/server.ts';

/** The success status of an attach at the microversion of the case. */
export function attachStatus(ctx: CheckContext): number {
  return isSince(ctx.microversion, '2.101') ? 202 : 200;
}

/** The volume as the block storage service shows it to the member. */
export function observeVolume(ctx: CheckContext, volume: Pick<Volume, 'id'>): Promise<Exchange> {
  return ctx.send({
    service: 'block-storage',
    method: 'GET',
    path: `/volumes/${volume.id}`,
    purpose: 'observation',
  });
}

/** The attachments of the server as the member sees them. */
export function observeAttachments(ctx: CheckContext, server: Pick<Server, 'id'>, version?: string): Promise<Exchange> {
  return ctx.call('compute/list-volume-attachments', {
    path: { server_id: server.id },
    purpose: 'observation',
    ...(version !== undefined && { microversion: version }),
  });
}

/** The attachment as the member sees it. */
export function observeAttachment(
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  version?: string,
): Promise<Exchange> {
  return ctx.call('compute/show-volume-attachment', {
    path: { server_id: server.id, volume_id: volume.id },
    purpose: 'observation',
    ...(version !== undefined && { microversion: version }),
  });
}

/** The volume becomes in-use and lists the server. */
export function eventuallyAttached(
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeVolume(ctx, volume),
    until: (seen) => volumeStatus(seen) === 'in-use' && attachedServers(seen).includes(server.id),
    expected: 'the volume in-use, with the server among its attachments',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}, attached to ${attachedServers(last).length} servers`,
    timeoutMs: timeouts.attachment,
  });
}

/** The list of attachments of the server no longer contains the volume. */
export function eventuallyDetached(
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeAttachments(ctx, server),
    until: (seen) => statusOf(seen) === 200 && !listedVolumes(seen).includes(volume.id),
    expected: 'a list of attachments without the volume',
    seen: (last) => (statusOf(last) === 200 ? 'the volume is still listed' : `status ${statusOf(last) ?? 'none'}`),
    timeoutMs: timeouts.attachment,
  });
}

/** The volume becomes available. */
export function eventuallyFree(ctx: CheckContext, volume: Pick<Volume, 'id'>): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeVolume(ctx, volume),
    until: (seen) => volumeStatus(seen) === 'available',
    expected: 'the volume available',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
    timeoutMs: timeouts.attachment,
  });
}

/** The items of a list. */
export function items(list: Checked): readonly JsonObject[] {
  return jsonList(atPointer(bodyOf(list), '/volumeAttachments')).map(jsonObject);
}

export function listedVolumes(list: Checked): readonly string[] {
  return items(list).flatMap(({ volumeId }) => jsonText(volumeId) ?? []);
}

/** A list that does not have an attachment, or a server that does not have a volume. */
export function missing(exchange: Exchange, pointer: string, expected: string): Finding {
  return { kind: 'value', exchange: exchange.id, pointer, expected };
}
