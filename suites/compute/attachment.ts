/** Attachments as preparation: made, waited for, looked at and undone. */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import { answered, bodyOf, shown, shownIn, type Checked } from '../../src/conformance/checked.ts';
import { pollShown, statusOf } from '../../src/conformance/poll.ts';
import { unreached } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import { isJsonObject, jsonList, jsonObject, jsonText, type JsonObject } from '../../src/json.ts';
import { includes, microversion } from '../../src/microversion.ts';
import { reachVolumeStatus, type Volume } from '../block-storage/volume.ts';
import { attachedServers, showVolume, volumeStatus } from '../block-storage/show-volume.ts';
import type { Server } from './server.ts';

export interface Attached {
  readonly server: Server;
  readonly volume: Volume;
  /** As the service shows it; undefined where it shows none. */
  readonly device: string | undefined;
  /** The tag that it was attached with; undefined where the target knows no tags. */
  readonly tag: string | undefined;
}

/** The newest microversion at which the reply comes after the reservation, with and without tags. */
const tagged = '2.49';

/** From here on a shelved server gives up its volumes. */
const shelvable = '2.20';

/** Attaches and waits until both services say so. @throws Unreached */
export async function attach(
  world: World,
  server: Server,
  volume: Volume,
  tag?: string,
  version: string = tagged,
): Promise<Attached> {
  const knowsTags = includes(world.target.range, microversion(version));
  const sent = knowsTags ? tag : undefined;
  const reply = await sendRequest(world, {
    service: 'compute',
    method: 'POST',
    path: `/servers/${server.id}/os-volume_attachments`,
    ...(knowsTags ? { microversion: version } : {}),
    body: { volumeAttachment: { volumeId: volume.id, ...(sent === undefined ? {} : { tag: sent }) } },
    purpose: 'preparation',
  });
  if (statusOf(reply) !== 200) throw unreached('attaching a volume', reply);
  await reachAttached(world, server, volume);
  const seen = await lookFor(world, server, volume);
  const attachment = attachmentIn(shown(seen), volume);
  if (!attachment) throw unreached('showing an attachment', seen);
  return { server, volume, device: jsonText(attachment.device), tag: sent };
}

/** Waits until the volume service lists the attachment. @throws Unreached */
export async function reachAttached(world: World, server: Server, volume: Volume): Promise<void> {
  const { held, last } = await pollShown(
    world,
    () => showVolume(world, volume.id, 'preparation'),
    (seen) => volumeStatus(seen) === 'in-use' && attachedServers(seen).includes(server.id),
    budgets.attachment,
    'volume attached',
  );
  if (!held) throw unreached('a volume in-use', last);
}

/** Waits until the compute service has forgotten the attachment and the volume is free. @throws Unreached */
export async function reachDetached(world: World, server: Server, volume: Volume): Promise<void> {
  await reachForgotten(world, server, volume);
  await reachVolumeStatus(world, volume.id, 'available');
}

async function reachForgotten(world: World, server: Server, volume: Volume): Promise<void> {
  const { held, last } = await pollShown(
    world,
    () => lookFor(world, server, volume),
    (seen) => attachmentIn(seen, volume) === undefined,
    budgets.attachment,
    'attachment forgotten',
  );
  if (!held) throw unreached('an attachment that is gone', last);
}

/**
 * Detaches and waits; nothing happens to what is not attached, or to a server that is being deleted.
 *
 * @throws Unreached
 */
export async function detach(world: World, server: Server, volume: Volume): Promise<void> {
  const taken = await takeFrom(world, server, volume);
  if (taken) await reachVolumeStatus(world, volume.id, 'available');
}

/** Detaches and waits until this server has forgotten the volume; another may have it still. @throws Unreached */
export async function takeFrom(world: World, server: Server, volume: Volume): Promise<boolean> {
  const reply = await sendRequest(world, {
    service: 'compute',
    method: 'DELETE',
    path: pathOf(server, volume),
    ...(includes(world.target.range, microversion(shelvable)) ? { microversion: shelvable } : {}),
    purpose: 'preparation',
  });
  if (statusOf(reply) === 409) return false;
  if (statusOf(reply) !== 202 && statusOf(reply) !== 404) throw unreached('detaching a volume', reply);
  await reachForgotten(world, server, volume);
  return true;
}

/** The attachment by itself; where the service cannot show that, the list in which it is or is not. */
async function lookFor(world: World, server: Server, volume: Volume): Promise<Exchange> {
  const ask = (path: string): Promise<Exchange> =>
    sendRequest(world, { service: 'compute', method: 'GET', path, purpose: 'preparation' });
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
