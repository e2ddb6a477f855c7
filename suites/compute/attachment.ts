/** Attachments as preparation: made, waited for, looked at and undone. */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import { bodyOf } from '../../src/conformance/matchers.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { unreached } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import { atPointer, jsonText } from '../../src/json.ts';
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
  const shown = await showAttachment(world, server, volume);
  if (statusOf(shown) !== 200) throw unreached('showing an attachment', shown);
  return { server, volume, device: jsonText(atPointer(bodyOf(shown), '/volumeAttachment/device')), tag: sent };
}

/** Waits until the volume service lists the attachment. @throws Unreached */
export async function reachAttached(world: World, server: Server, volume: Volume): Promise<void> {
  const { held, last } = await poll(
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
  const { held, last } = await poll(
    () => showAttachment(world, server, volume),
    (seen) => statusOf(seen) === 404,
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

export function showAttachment(world: World, server: Server, volume: Volume): Promise<Exchange> {
  return sendRequest(world, {
    service: 'compute',
    method: 'GET',
    path: pathOf(server, volume),
    purpose: 'preparation',
  });
}

function pathOf(server: Server, volume: Volume): string {
  return `/servers/${server.id}/os-volume_attachments/${volume.id}`;
}
