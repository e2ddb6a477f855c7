/** Deletes a user or a project: repeats the request until Keystone responds that it does not exist. */
import type { Identity } from '../../src/clauses/identity.ts';
import { poll, statusOf } from '../../src/execution/poll.ts';
import { isAbsent } from '../../src/clauses/checked.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { CleanupContext } from '../../src/execution/run-context.ts';

/** Resolves to true when the resource is deleted. */
export async function removeFromKeystone(
  cleanup: CleanupContext,
  path: string,
  as: Identity,
  timeoutMs: number,
): Promise<boolean> {
  const { isMet } = await poll(
    () => sendRequest(cleanup, { service: 'identity', method: 'DELETE', path, as, purpose: 'clean-up' }),
    (seen) => isAbsent(seen) || (statusOf(seen) === 403 ? 'stop' : false),
    timeoutMs,
  );
  return isMet;
}
