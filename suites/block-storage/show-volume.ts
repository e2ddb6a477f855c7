/** Shows a volume and reads the response. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { bodyOf, type Checked } from '../../src/clauses/checked.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { CleanupContext } from '../../src/execution/run-context.ts';
import { atPointer, jsonList, jsonObject, jsonText } from '../../src/json.ts';

export function showVolume(
  run: CleanupContext,
  id: string,
  purpose: 'preparation' | 'observation' | 'clean-up',
  as: Identity = 'member',
): Promise<Exchange> {
  return sendRequest(run, { service: 'block-storage', method: 'GET', path: `/volumes/${id}`, as, purpose });
}

export function volumeStatus(shown: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(shown), '/volume/status'));
}

/** The servers to which the volume is attached, according to the block storage service. */
export function attachedServers(shown: Checked): readonly string[] {
  const attachments = jsonList(atPointer(bodyOf(shown), '/volume/attachments'));
  return attachments.flatMap((attachment) => jsonText(jsonObject(attachment).server_id) ?? []);
}
