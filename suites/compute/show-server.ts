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

/** No task is under way. A service that does not show tasks is taken at its status. */
export function isSettled(exchange: Exchange): boolean {
  return (atPointer(exchange.response && bodyOf(exchange), '/server/OS-EXT-STS:task_state') ?? null) === null;
}
