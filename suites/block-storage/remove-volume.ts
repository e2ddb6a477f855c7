/**
 * The end of a volume, from whatever state a run left it in: attached to a server that is gone, half attached, half
 * detached, or in error. Its project can free most of that; an administrator, where one is given, all of it.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { answered, isAbsent, shownIn } from '../../src/conformance/checked.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';
import type { Json } from '../../src/json.ts';
import { attachedServers, showVolume, volumeStatus } from './show-volume.ts';

/** Resolves to true when it is gone. */
export async function removeVolume(world: Ground, id: string, as: Identity, budgetMs: number): Promise<boolean> {
  const end = performance.now() + budgetMs;
  const remaining = (most: number): number => Math.min(most, end - performance.now());
  const patiently = (most: number, more: Partial<Patience> = {}): Promise<boolean> =>
    deleteWhenFree(world, id, as, { budgetMs: remaining(most), ...more });
  const shown = await showVolume(world, id, 'clean-up', as);
  const detached = await detachAll(world, shown, id, as);
  if (await (detached === 'all' ? patiently(budgets.attachment) : patiently(untilReleased(world, shown), { shown })))
    return true;
  if (!world.sessions.has('admin')) {
    await free(world, id, as);
    // A server that keeps it, such as a shelved one, gives it up when it goes itself: the clean-up at the end waits for that.
    return patiently(detached === 'refused' ? budgets.release : budgetMs, { isLast: true });
  }
  await declareFree(world, id);
  if (await patiently(budgetMs / 2)) return true;
  await act(world, id, 'admin', { 'os-force_delete': {} });
  return patiently(budgetMs, { isLast: true });
}

/**
 * A server that has just gone gives its volumes up by itself; one that went long ago has done so, and what says that it is
 * in use by nobody is held by nobody who could give it up.
 */
function untilReleased({ ledger }: Ground, seen: Exchange): number {
  const gone = serversOf(seen).map((server) => ledger.goneFor(server) ?? 0);
  if (gone.length === 0) return statusIn(seen) === 'in-use' ? 0 : budgets.release;
  return Math.max(0, budgets.release - Math.min(...gone));
}

/** Has an administrator say that nothing holds it, whatever the services make of it. */
export async function declareFree(world: Ground, id: string): Promise<void> {
  await act(world, id, 'admin', { 'os-reset_status': freed });
}

const freed = { status: 'available', attach_status: 'detached', migration_status: 'none' };

interface Patience {
  readonly budgetMs: number;
  /** How it is now, where that is known already. */
  readonly shown?: Exchange;
  /** There are no other means. */
  readonly isLast?: boolean;
}

/**
 * Deletes it as soon as it is free; asks again when its status has changed since. What is free by its status and refused
 * all the same is held by what no time undoes, such as a migration: nobody waits for it while there are other means.
 */
async function deleteWhenFree(
  world: Ground,
  id: string,
  as: Identity,
  { budgetMs, shown, isLast = false }: Patience,
): Promise<boolean> {
  let asked: string | undefined;
  let isHeld = false;
  const ask = async (seen: Exchange): Promise<true | 'stop' | false> => {
    // What cannot be shown is asked to go all the same; the refusal says when it is gone.
    if (!shownIn(seen)) return isAbsent(await requestEnd(world, id, as));
    const status = statusIn(seen) ?? '';
    if (status !== asked && isFree(status)) {
      isHeld = statusOf(await requestEnd(world, id, as)) === 400;
    }
    asked = status;
    return isAbsent(seen) || (isHeld && !isLast ? 'stop' : false);
  };
  const first = await ask(shown ?? (await showVolume(world, id, 'clean-up', as)));
  if (first !== false || budgetMs <= 0) return first === true;
  const look = async (): Promise<true | 'stop' | false> => ask(await showVolume(world, id, 'clean-up', as));
  return (await poll(look, (answer) => answer, budgetMs, 'volume gone')).held;
}

/** The plain request for its end. */
export async function askVolumeToGo(world: Ground, id: string, as: Identity): Promise<boolean> {
  return statusOf(await requestEnd(world, id, as)) === 202;
}

function requestEnd(world: Ground, id: string, as: Identity): Promise<Exchange> {
  const path = `/volumes/${id}`;
  return sendRequest(world, { service: 'block-storage', method: 'DELETE', path, as, purpose: 'clean-up' });
}

export function isFree(status: string): boolean {
  return status === 'available' || status.startsWith('error');
}

/** Undoes what holds it, by the means of its project. */
async function free(world: Ground, id: string, as: Identity): Promise<void> {
  const seen = await showVolume(world, id, 'clean-up', as);
  await detachAll(world, seen, id, as);
  for (const body of releases[statusIn(seen) ?? ''] ?? []) await act(world, id, as, body);
}

/** What leads out of a status, in order. */
const releases: Readonly<Record<string, readonly Json[]>> = {
  attaching: [{ 'os-unreserve': {} }],
  detaching: [{ 'os-roll_detaching': {} }, { 'os-detach': {} }],
  'in-use': [{ 'os-detach': {} }],
  reserved: [{ 'os-unreserve': {} }, { 'os-detach': {} }],
};

/**
 * By way of the service that attached it, where servers are the run's own and still there; one after another, as a volume
 * that one of them is giving up is refused to the next. Resolves to `all` when each of them, and there is one, lets it
 * go, and to `refused` when one of them does not allow that in its state.
 */
async function detachAll(
  world: Ground,
  seen: Exchange,
  volume: string,
  as: Identity,
): Promise<'all' | 'some' | 'refused'> {
  const ours = new Set(world.ledger.owned().map(({ id }) => id));
  const servers = serversOf(seen);
  let taken = 0;
  let isRefused = false;
  for (const server of servers.filter((id) => ours.has(id))) {
    if (taken > 0) await untilFreeFor(world, volume, as);
    const path = `/servers/${server}/os-volume_attachments/${volume}`;
    const reply = await sendRequest(world, { service: 'compute', method: 'DELETE', path, as, purpose: 'clean-up' });
    if (statusOf(reply) === 202) taken += 1;
    isRefused ||= statusOf(reply) === 409;
  }
  if (isRefused) return 'refused';
  return taken > 0 && taken === servers.length ? 'all' : 'some';
}

/** Until the next server may give it up. */
async function untilFreeFor(world: Ground, volume: string, as: Identity): Promise<void> {
  const look = (): Promise<Exchange> => showVolume(world, volume, 'clean-up', as);
  await poll(look, (seen) => statusIn(seen) !== 'detaching', budgets.attachment, 'volume given up');
}

/** Undefined where it is not shown. */
function statusIn(seen: Exchange): string | undefined {
  const shown = answered(seen, 200);
  return shown && volumeStatus(shown);
}

function serversOf(seen: Exchange): readonly string[] {
  const shown = answered(seen, 200);
  return shown ? attachedServers(shown) : [];
}

function act(world: Ground, id: string, as: Identity, body: Json): Promise<Exchange> {
  const path = `/volumes/${id}/action`;
  return sendRequest(world, { service: 'block-storage', method: 'POST', path, body, as, purpose: 'clean-up' });
}
