/** A server as the service shows it. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { bodyOf, type Checked } from '../../src/conformance/checked.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';
import { atPointer, jsonText } from '../../src/json.ts';

export function showServer(
  world: Ground,
  id: string,
  purpose: 'preparation' | 'clean-up',
  as: Identity = 'member',
): Promise<Exchange> {
  return sendRequest(world, { service: 'compute', method: 'GET', path: `/servers/${id}`, as, purpose });
}

export function serverStatus(shown: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(shown), '/server/status'));
}

/** Why a server is in error, as the service says it. */
export function faultOf(shown: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(shown), '/server/fault/message'));
}

/** No task is under way. A service that does not show tasks is taken at its status. */
export function isSettled(shown: Checked): boolean {
  return (atPointer(bodyOf(shown), '/server/OS-EXT-STS:task_state') ?? null) === null;
}
