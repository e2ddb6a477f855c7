/** The operations on volume attachments as written clauses call them, and what they look at afterwards. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { answered, bodyOf, responseOf, unusable, type Checked } from '../../../src/conformance/checked.ts';
import { expectFault, expectResponse } from '../../../src/conformance/matchers.ts';
import type { CallOptions, Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import { budgets } from '../../../src/conformance/budgets.ts';
import { statusOf } from '../../../src/conformance/poll.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../../../src/json.ts';
import { compareMicroversions, microversion } from '../../../src/microversion.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { attachedServers, volumeStatus } from '../../block-storage/show-volume.ts';
import type { Server } from '../server.ts';
import { Unreached } from '../../../src/conformance/errors.ts';

type Options = Omit<CallOptions, 'path'>;

export const list = (stage: Stage, server: Pick<Server, 'id'>, options: Options = {}): Promise<Exchange> =>
  stage.call('compute/list-volume-attachments', { path: { server_id: server.id }, ...options });

export const show = (
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  options: Options = {},
): Promise<Exchange> => stage.call('compute/show-volume-attachment', { path: pathOf(server, volume), ...options });

export const attach = (
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  fields: JsonObject = {},
  options: Options = {},
): Promise<Exchange> =>
  stage.call('compute/attach-volume', {
    path: { server_id: server.id },
    body: { volumeAttachment: { volumeId: volume.id, ...fields } },
    ...options,
  });

export const update = (
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  fields: JsonObject = {},
  options: Options = {},
): Promise<Exchange> =>
  stage.call('compute/update-volume-attachment', {
    path: pathOf(server, volume),
    body: { volumeAttachment: { volumeId: volume.id, ...fields } },
    ...options,
  });

export const swap = (
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  replacement: Pick<Volume, 'id'>,
  options: Options & { readonly fields?: JsonObject } = {},
): Promise<Exchange> => {
  const { fields = {}, ...rest } = options;
  return stage.call('compute/swap-volume', {
    path: pathOf(server, volume),
    body: { volumeAttachment: { volumeId: replacement.id, ...fields } },
    ...rest,
  });
};

export const detach = (
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
  options: Options = {},
): Promise<Exchange> => stage.call('compute/detach-volume', { path: pathOf(server, volume), ...options });

function pathOf(server: Pick<Server, 'id'>, volume: Pick<Volume, 'id'>): Readonly<Record<string, string>> {
  return { server_id: server.id, volume_id: volume.id };
}

/** The success code of an attach at the stage's microversion. */
export function attachStatus(stage: Stage): number {
  return compareMicroversions(stage.microversion, microversion('2.101')) < 0 ? 200 : 202;
}

const faultKeys: Readonly<Record<number, string>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  409: 'conflictingRequest',
};

/** Refused with a code, in a fault body with the key that goes with it. */
export function expectRefused(reply: Exchange, status: keyof typeof faultKeys): readonly Finding[] {
  return expectResponse(reply, status, (refusal) => expectFault(refusal, faultKeys[status] ?? 'computeFault'));
}

/** The volume as the block storage service shows it to the member. */
export function lookAtVolume(stage: Stage, volume: Pick<Volume, 'id'>): Promise<Exchange> {
  return stage.send({
    service: 'block-storage',
    method: 'GET',
    path: `/volumes/${volume.id}`,
    purpose: 'observation',
  });
}

/** The server as the compute service shows it. */
export function lookAtServer(stage: Stage, server: Pick<Server, 'id'>, version?: string): Promise<Exchange> {
  return stage.send({
    service: 'compute',
    method: 'GET',
    path: `/servers/${server.id}`,
    purpose: 'observation',
    ...(version === undefined ? {} : { microversion: version }),
  });
}

/** The volume becomes in-use and lists the server. */
export function eventuallyAttached(
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
): Promise<readonly Finding[]> {
  return stage.eventually({
    look: () => lookAtVolume(stage, volume),
    holds: (seen) => volumeStatus(seen) === 'in-use' && attachedServers(seen).includes(server.id),
    expected: 'the volume in-use, with the server among its attachments',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}, attached to ${attachedServers(last).length} servers`,
    budgetMs: budgets.attachment,
  });
}

/** The list of the server's attachments no longer has the volume. */
export function eventuallyDetached(
  stage: Stage,
  server: Pick<Server, 'id'>,
  volume: Pick<Volume, 'id'>,
): Promise<readonly Finding[]> {
  return stage.eventually({
    look: () => list(stage, server, { purpose: 'observation' }),
    holds: (seen) => statusOf(seen) === 200 && !listedVolumes(seen).includes(volume.id),
    expected: 'a list of attachments without the volume',
    seen: (last) => (statusOf(last) === 200 ? 'the volume is still listed' : `status ${statusOf(last) ?? 'none'}`),
    budgetMs: budgets.attachment,
  });
}

/** The volume becomes available. */
export function eventuallyFree(stage: Stage, volume: Pick<Volume, 'id'>): Promise<readonly Finding[]> {
  return stage.eventually({
    look: () => lookAtVolume(stage, volume),
    holds: (seen) => volumeStatus(seen) === 'available',
    expected: 'the volume available',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
    budgetMs: budgets.attachment,
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
 * That a refusal had the reason that the clause speaks of: what it needs is still there.
 *
 * @throws Unreached when the control does not answer as it must.
 */
export function control(reply: Exchange, what: string, status = 200): Checked {
  const held = answered(reply, status);
  if (held) return held;
  const seen = responseOf(reply).status;
  if (seen >= 500) throw unusable(reply);
  throw new Unreached(what, `The control did not hold: ${what} was answered with ${seen}.`, reply);
}
