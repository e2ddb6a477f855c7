/**
 * Deletes a server in any state that a run may leave behind: in error, locked, with a task under way, or soft-deleted.
 * An administrator, if there is one, resets the state of a server that its project cannot delete.
 */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import { poll, statusOf } from '../../../src/execution/poll.ts';
import { respondedWith, isAbsent, shownIn } from '../../../src/clauses/checked.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import type { CleanupContext } from '../../../src/execution/run-context.ts';
import type { Json } from '../../../src/json.ts';
import { serverStatus, showServer } from './show-server.ts';

/** Resolves to true when the server is deleted. */
export async function removeServer(run: CleanupContext, id: string, as: Identity, timeoutMs: number): Promise<boolean> {
  const ownerMs = timeoutMs / 3;
  const isDeleted = await deleteRepeatedly(run, id, as, as, run.sessions.has('admin') ? ownerMs : timeoutMs);
  if (isDeleted || !run.sessions.has('admin')) return isDeleted;
  await sendAction(run, id, 'admin', { 'os-resetState': { state: 'error' } });
  return deleteRepeatedly(run, id, as, 'admin', timeoutMs - ownerMs);
}

/** Repeats the deletion until the server is deleted. `as` shows the server, `caller` deletes it. */
async function deleteRepeatedly(
  run: CleanupContext,
  id: string,
  as: Identity,
  caller: Identity,
  timeoutMs: number,
): Promise<boolean> {
  let acceptedAt = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<Exchange> => {
    const seen = await showServer(run, id, 'clean-up', as);
    // The deletion is requested although the server cannot be shown; a 404 says that it is deleted.
    if (!shownIn(seen)) return requestDeletion(run, id, caller);
    const isDue = performance.now() - acceptedAt > timeoutMs / 3 || isSoftDeleted(seen);
    if (isDue && !isAbsent(seen) && (await deleteOnce(run, id, caller, seen))) acceptedAt = performance.now();
    return seen;
  };
  if (isAbsent(await look())) return true;
  return (await poll(look, isAbsent, timeoutMs, 'server deleted')).isMet;
}

/** Requests the deletion once, without waiting. Resolves to true when it is accepted. */
export async function requestServerDeletion(run: CleanupContext, id: string, as: Identity): Promise<boolean> {
  return isAccepted(await requestDeletion(run, id, as));
}

function requestDeletion(run: CleanupContext, id: string, as: Identity): Promise<Exchange> {
  return sendRequest(run, { service: 'compute', method: 'DELETE', path: `/servers/${id}`, as, purpose: 'clean-up' });
}

/** Resolves to true when the deletion is accepted. After a 409 it unlocks the server for the next attempt. */
async function deleteOnce(run: CleanupContext, id: string, caller: Identity, seen: Exchange): Promise<boolean> {
  const response = isSoftDeleted(seen)
    ? await sendAction(run, id, caller, { forceDelete: null })
    : await requestDeletion(run, id, caller);
  if (statusOf(response) === 409) await sendAction(run, id, caller, { unlock: null });
  return isAccepted(response);
}

function sendAction(run: CleanupContext, id: string, as: Identity, body: Json): Promise<Exchange> {
  const path = `/servers/${id}/action`;
  return sendRequest(run, { service: 'compute', method: 'POST', path, body, as, purpose: 'clean-up' });
}

function isSoftDeleted(seen: Exchange): boolean {
  const shown = respondedWith(seen, 200);
  return shown !== undefined && serverStatus(shown) === 'SOFT_DELETED';
}

function isAccepted(response: Exchange): boolean {
  const status = statusOf(response) ?? 0;
  return status >= 200 && status < 300;
}
