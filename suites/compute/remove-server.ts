/**
 * The end of a server, from whatever state a run left it in: in error, locked, in the middle of a task, or deleted only
 * softly. An administrator, where one is given, frees what its project cannot.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { answered, isAbsent, shownIn } from '../../src/conformance/checked.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';
import type { Json } from '../../src/json.ts';
import { serverStatus, showServer } from './show-server.ts';

/** Resolves to true when it is gone. */
export async function removeServer(world: Ground, id: string, as: Identity, budgetMs: number): Promise<boolean> {
  const patienceMs = budgetMs / 3;
  const alone = await urge(world, id, as, as, world.sessions.has('admin') ? patienceMs : budgetMs);
  if (alone || !world.sessions.has('admin')) return alone;
  await act(world, id, 'admin', { 'os-resetState': { state: 'error' } });
  return urge(world, id, as, 'admin', budgetMs - patienceMs);
}

/** Asks for its end and looks, as often as it takes; `asker` may be somebody else than its maker. */
async function urge(world: Ground, id: string, as: Identity, asker: Identity, budgetMs: number): Promise<boolean> {
  let acceptedAt = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<Exchange> => {
    const seen = await showServer(world, id, 'clean-up', as);
    // What cannot be shown is asked to go all the same; the refusal says when it is gone.
    if (!shownIn(seen)) return requestEnd(world, id, asker);
    const waited = performance.now() - acceptedAt > budgetMs / 3 || isSoftDeleted(seen);
    if (waited && !isAbsent(seen) && (await ask(world, id, asker, seen))) acceptedAt = performance.now();
    return seen;
  };
  if (isAbsent(await look())) return true;
  return (await poll(look, isAbsent, budgetMs, 'server gone')).held;
}

/** The plain request for its end. */
export async function askServerToGo(world: Ground, id: string, as: Identity): Promise<boolean> {
  return isTaken(await requestEnd(world, id, as));
}

function requestEnd(world: Ground, id: string, as: Identity): Promise<Exchange> {
  return sendRequest(world, { service: 'compute', method: 'DELETE', path: `/servers/${id}`, as, purpose: 'clean-up' });
}

/** Was the request taken? One that is refused for a lock, or for a task that ends by itself, is made again. */
async function ask(world: Ground, id: string, asker: Identity, seen: Exchange): Promise<boolean> {
  if (isSoftDeleted(seen)) return act(world, id, asker, { forceDelete: null });
  const reply = await requestEnd(world, id, asker);
  if (statusOf(reply) === 409) await act(world, id, asker, { unlock: null });
  return isTaken(reply);
}

async function act(world: Ground, id: string, as: Identity, body: Json): Promise<boolean> {
  const path = `/servers/${id}/action`;
  return isTaken(await sendRequest(world, { service: 'compute', method: 'POST', path, body, as, purpose: 'clean-up' }));
}

function isSoftDeleted(seen: Exchange): boolean {
  const shown = answered(seen, 200);
  return shown !== undefined && serverStatus(shown) === 'SOFT_DELETED';
}

function isTaken(reply: Exchange): boolean {
  const status = statusOf(reply) ?? 0;
  return status >= 200 && status < 300;
}
