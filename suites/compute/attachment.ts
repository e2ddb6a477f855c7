/** Attachments as preparation: creates, waits for, reads and removes them. */
import type { Exchange } from '../../src/client/exchange.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import { answered, bodyOf, shown, shownIn, type Checked } from '../../src/clauses/checked.ts';
import { pollShown, statusOf } from '../../src/execution/poll.ts';
import { unreached } from '../../src/resources/resource-type.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { isJsonObject, jsonList, jsonObject, jsonText, type JsonObject } from '../../src/json.ts';
import { includes, microversion } from '../../src/microversion.ts';
import { reachVolumeStatus, type Volume } from '../block-storage/volume.ts';
import { attachedServers, showVolume, volumeStatus } from '../block-storage/show-volume.ts';
import type { Server } from './server.ts';

export interface Attached {
  readonly server: Server;
  readonly volume: Volume;
  /** The device name that the service shows, if any. */
  readonly device: string | undefined;
  /** The tag of the attach request, if the target supports tags. */
  readonly tag: string | undefined;
}

/** Attaches use this microversion: it has tags, and up to 2.100 Nova responds after it has reserved the volume. */
const tagged = '2.49';

/** Since this microversion a volume can be detached from a shelved server. */
const shelvable = '2.20';

/** Attaches a volume and waits until both services show it. @throws Unreached */
export async function attach(
  run: RunContext,
  server: Server,
  volume: Volume,
  tag?: string,
  version: string = tagged,
): Promise<Attached> {
  const knowsTags = includes(run.service('compute').range, microversion(version));
  const sent = knowsTags ? tag : undefined;
  const reply = await sendRequest(run, {
    service: 'compute',
    method: 'POST',
    path: `/servers/${server.id}/os-volume_attachments`,
    ...(knowsTags ? { microversion: version } : {}),
    body: { volumeAttachment: { volumeId: volume.id, ...(sent === undefined ? {} : { tag: sent }) } },
    purpose: 'preparation',
  });
  if (statusOf(reply) !== 200) throw unreached('attaching a volume', reply);
  await reachAttached(run, server, volume);
  const seen = await readAttachment(run, server, volume);
  const attachment = attachmentIn(shown(seen), volume);
  if (!attachment) throw unreached('showing an attachment', seen);
  return { server, volume, device: jsonText(attachment.device), tag: sent };
}

/** Waits until the volume service lists the attachment. @throws Unreached */
async function reachAttached(run: RunContext, server: Server, volume: Volume): Promise<void> {
  const { isMet, last } = await pollShown(
    run,
    () => showVolume(run, volume.id, 'preparation'),
    (seen) => volumeStatus(seen) === 'in-use' && attachedServers(seen).includes(server.id),
    timeouts.attachment,
    'volume attached',
  );
  if (!isMet) throw unreached('volume in-use', last);
}

async function reachRemoved(run: RunContext, server: Server, volume: Volume): Promise<void> {
  const { isMet, last } = await pollShown(
    run,
    () => readAttachment(run, server, volume),
    (seen) => attachmentIn(seen, volume) === undefined,
    timeouts.attachment,
    'attachment removed',
  );
  if (!isMet) throw unreached('attachment removed', last);
}

/**
 * Detaches a volume and waits until it is available. Does nothing for a volume that is not attached and for a server
 * that is being deleted.
 *
 * @throws Unreached
 */
export async function detach(run: RunContext, server: Server, volume: Volume): Promise<void> {
  const isDetached = await detachFromServer(run, server, volume);
  if (isDetached) await reachVolumeStatus(run, volume.id, 'available');
}

/**
 * Detaches a volume from one server and waits until that server no longer shows it; other servers may still have it.
 * Resolves to false when the server refuses the detach in its state.
 *
 * @throws Unreached
 */
export async function detachFromServer(run: RunContext, server: Server, volume: Volume): Promise<boolean> {
  const reply = await sendRequest(run, {
    service: 'compute',
    method: 'DELETE',
    path: pathOf(server, volume),
    ...(includes(run.service('compute').range, microversion(shelvable)) ? { microversion: shelvable } : {}),
    purpose: 'preparation',
  });
  if (statusOf(reply) === 409) return false;
  if (statusOf(reply) !== 202 && statusOf(reply) !== 404) throw unreached('detaching a volume', reply);
  await reachRemoved(run, server, volume);
  return true;
}

/** Reads the attachment; where the service fails to show it, reads the list of attachments of the server. */
async function readAttachment(run: RunContext, server: Server, volume: Volume): Promise<Exchange> {
  const ask = (path: string): Promise<Exchange> =>
    sendRequest(run, { service: 'compute', method: 'GET', path, purpose: 'preparation' });
  const seen = await ask(pathOf(server, volume));
  if (shownIn(seen)) return seen;
  const list = await ask(`/servers/${server.id}/os-volume_attachments`);
  return answered(list, 200) ? list : seen;
}

function attachmentIn(seen: Checked, volume: Volume): JsonObject | undefined {
  const { volumeAttachment: own, volumeAttachments: all } = jsonObject(bodyOf(seen));
  if (isJsonObject(own)) return own;
  return jsonList(all)
    .map(jsonObject)
    .find(({ volumeId }) => volumeId === volume.id);
}

function pathOf(server: Server, volume: Volume): string {
  return `/servers/${server.id}/os-volume_attachments/${volume.id}`;
}
