/** A server as the service shows it. */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Identity } from '../../src/conformance/clause.ts';
import { bodyOf } from '../../src/conformance/matchers.ts';
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

export function serverStatus(exchange: Exchange): string | undefined {
  return exchange.response && jsonText(atPointer(bodyOf(exchange), '/server/status'));
}

/** More of it helps nobody. */
const longestFault = 300;

/** Why a server is in error, as the service says it. */
export function faultOf(exchange: Exchange): string | undefined {
  const message = exchange.response && jsonText(atPointer(bodyOf(exchange), '/server/fault/message'));
  return message?.slice(0, longestFault);
}

/** No task is under way. A service that does not show tasks is taken at its status. */
export function isSettled(exchange: Exchange): boolean {
  return (atPointer(exchange.response && bodyOf(exchange), '/server/OS-EXT-STS:task_state') ?? null) === null;
}
