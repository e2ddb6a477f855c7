/** Shows a server and reads the response. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import { bodyOf, type Checked } from '../../../src/clauses/checked.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import type { CleanupContext } from '../../../src/execution/run-context.ts';
import { atPointer, jsonText } from '../../../src/json.ts';

export function showServer(
  run: CleanupContext,
  id: string,
  purpose: 'preparation' | 'clean-up',
  as: Identity = 'member',
  microversion?: string,
): Promise<Exchange> {
  return sendRequest(run, {
    service: 'compute',
    method: 'GET',
    path: `/servers/${id}`,
    as,
    purpose,
    ...(microversion !== undefined && { microversion }),
  });
}

export function serverStatus(shown: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(shown), '/server/status'));
}

/** The message of the fault that put a server in error. */
export function faultOf(shown: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(shown), '/server/fault/message'));
}

/** Whether no task is under way. A service that does not show tasks is judged by the status alone. */
export function isSettled(shown: Checked): boolean {
  return (atPointer(bodyOf(shown), '/server/OS-EXT-STS:task_state') ?? null) === null;
}
