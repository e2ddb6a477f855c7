/** A volume as the service shows it. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { bodyOf, type Checked } from '../../src/conformance/checked.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';
import { atPointer, jsonList, jsonObject, jsonText } from '../../src/json.ts';

export function showVolume(
  world: Ground,
  id: string,
  purpose: 'preparation' | 'observation' | 'clean-up',
  as: Identity = 'member',
): Promise<Exchange> {
  return sendRequest(world, { service: 'block-storage', method: 'GET', path: `/volumes/${id}`, as, purpose });
}

export function volumeStatus(shown: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(shown), '/volume/status'));
}

/** The servers that the volume service says it is attached to. */
export function attachedServers(shown: Checked): readonly string[] {
  const attachments = jsonList(atPointer(bodyOf(shown), '/volume/attachments'));
  return attachments.flatMap((attachment) => jsonText(jsonObject(attachment).server_id) ?? []);
}
