/** The operations on volume attachments as written clauses call them, and observations of their effects. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { answered, bodyOf, responseOf, unusable, type Checked } from '../../../src/clauses/checked.ts';
import { expectFault, expectResponse } from '../../../src/clauses/matchers.ts';
import type { CallOptions, CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../../../src/json.ts';
import { compareMicroversions, microversion } from '../../../src/microversion.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { attachedServers, volumeStatus } from '../../block-storage/show-volume.ts';
import type { Server } from '../server.ts';
import { Unreached } from '../../../src/execution/errors.ts';

type Options = Omit<CallOptions, 'path'>;

export const list = (ctx: CheckContext, server: Pick<Server, 'id'>, options: Options = {}): Promise<Exchange> =>
  ctx.call('compute/list-volume-attachments', { path: { server_id: server.id }, ...options });

export const show = (
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  options: Options = {},
): Promise<Exchange> => ctx.call('compute/show-volume-attachment', { path: pathOf(server, volume), ...options });

export const attach = (
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  fields: JsonObject = {},
  options: Options = {},
): Promise<Exchange> =>
  ctx.call('compute/attach-volume', {
    path: { server_id: server.id },
    body: { volumeAttachment: { volumeId: volume.id, ...fields } },
    ...options,
  });

export const update = (
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  fields: JsonObject = {},
  options: Options = {},
): Promise<Exchange> =>
  ctx.call('compute/update-volume-attachment', {
    path: pathOf(server, volume),
    body: { volumeAttachment: { volumeId: volume.id, ...fields } },
    ...options,
  });

export const swap = (
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  replacement: Pick<Volume, 'id'>,
  options: Options & { readonly fields?: JsonObject } = {},
): Promise<Exchange> => {
  const { fields = {}, ...rest } = options;
  return ctx.call('compute/swap-volume', {
    path: pathOf(server, volume),
    body: { volumeAttachment: { volumeId: replacement.id, ...fields } },
    ...rest,
  });
};

export const detach = (
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  options: Options = {},
): Promise<Exchange> => ctx.call('compute/detach-volume', { path: pathOf(server, volume), ...options });

function pathOf(server: Pick<Server, 'id'>, volume: Pick<Volume, 'id'>): Readonly<Record<string, string>> {
  return { server_id: server.id, volume_id: volume.id };
}

/** The success status of an attach at the microversion of the case. */
export function attachStatus(ctx: CheckContext): number {
  return compareMicroversions(ctx.microversion, microversion('2.101')) < 0 ? 200 : 202;
}

const faultKeys: Readonly<Record<number, string>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  409: 'conflictingRequest',
};

/** Expects an error response with this status and the key that belongs to it. */
export function expectRefused(reply: Exchange, status: keyof typeof faultKeys): readonly Finding[] {
  return expectResponse(reply, status, (refusal) => expectFault(refusal, faultKeys[status] ?? 'computeFault'));
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

/** The server as the compute service shows it. */
export function observeServer(ctx: CheckContext, server: Pick<Server, 'id'>, version?: string): Promise<Exchange> {
  return ctx.send({
    service: 'compute',
    method: 'GET',
    path: `/servers/${server.id}`,
    purpose: 'observation',
    ...(version === undefined ? {} : { microversion: version }),
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
    look: () => list(ctx, server, { purpose: 'observation' }),
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

/**
 * Checks a control request: a refusal counts only if the resources that it names exist, so that it has the reason that
 * the clause requires.
 *
 * @throws Unreached when the response does not have the expected status
 */
export function control(reply: Exchange, what: string, status = 200): Checked {
  const shown = answered(reply, status);
  if (shown) return shown;
  const seen = responseOf(reply).status;
  if (seen >= 500) throw unusable(reply);
  throw new Unreached(what, `The control request for ${what} was answered with ${seen} instead of ${status}.`, reply);
}
