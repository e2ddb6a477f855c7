/**
 * The end of a volume, from whatever state a run left it in: attached to a server that is gone, half attached, half
 * detached, or in error. Its project can free most of that; an administrator, where one is given, all of it.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import type { Identity } from '../../src/conformance/clause.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { isGone } from '../../src/conformance/removal.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';
import type { Json } from '../../src/json.ts';
import { attachedServers, showVolume, volumeStatus } from './show-volume.ts';

/** Resolves to true when it is gone. */
export async function removeVolume(world: Ground, id: string, as: Identity, budgetMs: number): Promise<boolean> {
  const end = performance.now() + budgetMs;
  const remaining = (most: number): number => Math.min(most, end - performance.now());
  // A server that has just gone gives its volumes up by itself.
  if (await deleteWhenFree(world, id, as, remaining(budgets.release))) return true;
  await free(world, id, as);
  const admin = world.sessions.has('admin');
  if (!admin) return deleteWhenFree(world, id, as, remaining(budgetMs), 'last');
  if (await deleteWhenFree(world, id, as, remaining(budgets.release))) return true;
  await act(world, id, 'admin', { 'os-reset_status': detached });
  if (await deleteWhenFree(world, id, as, remaining(budgetMs / 2))) return true;
  await act(world, id, 'admin', { 'os-force_delete': {} });
  return deleteWhenFree(world, id, as, remaining(budgetMs), 'last');
}

const detached = { status: 'available', attach_status: 'detached', migration_status: 'none' };

/**
 * Deletes it as soon as it is free; asks again when its status has changed since. What is free by its status and refused
 * all the same is held by what no time undoes, such as a migration: nobody waits for it while there are other means.
 */
async function deleteWhenFree(
  world: Ground,
  id: string,
  as: Identity,
  budgetMs: number,
  means: 'some' | 'last' = 'some',
): Promise<boolean> {
  let asked: string | undefined;
  let isHeld = false;
  const { held } = await poll(
    async () => {
      const seen = await showVolume(world, id, 'clean-up', as);
      const status = volumeStatus(seen) ?? '';
      if (status !== asked && isFree(status)) {
        const path = `/volumes/${id}`;
        const wanted = { service: 'block-storage', method: 'DELETE', path, as, purpose: 'clean-up' } as const;
        isHeld = statusOf(await sendRequest(world, wanted)) === 400;
      }
      asked = status;
      return seen;
    },
    (seen) => isGone(seen) || (isHeld && means === 'some' ? 'stop' : false),
    budgetMs,
  );
  return held;
}

function isFree(status: string): boolean {
  return status === 'available' || status.startsWith('error');
}

/** Undoes what holds it, by the means of its project. */
async function free(world: Ground, id: string, as: Identity): Promise<void> {
  const seen = await showVolume(world, id, 'clean-up', as);
  await Promise.all(attachedServers(seen).map((server) => detach(world, server, id, as)));
  for (const body of releases[volumeStatus(seen) ?? ''] ?? []) await act(world, id, as, body);
}

/** What leads out of a status, in order. */
const releases: Readonly<Record<string, readonly Json[]>> = {
  attaching: [{ 'os-unreserve': {} }],
  detaching: [{ 'os-roll_detaching': {} }, { 'os-detach': {} }],
  'in-use': [{ 'os-detach': {} }],
  reserved: [{ 'os-unreserve': {} }, { 'os-detach': {} }],
};

/** By way of the service that attached it, where the server is the run's own and still there. */
async function detach(world: Ground, server: string, volume: string, as: Identity): Promise<void> {
  if (!world.ledger.owned().some(({ id }) => id === server)) return;
  const path = `/servers/${server}/os-volume_attachments/${volume}`;
  await sendRequest(world, { service: 'compute', method: 'DELETE', path, as, purpose: 'clean-up' });
}

function act(world: Ground, id: string, as: Identity, body: Json): Promise<Exchange> {
  const path = `/volumes/${id}/action`;
  return sendRequest(world, { service: 'block-storage', method: 'POST', path, body, as, purpose: 'clean-up' });
}
