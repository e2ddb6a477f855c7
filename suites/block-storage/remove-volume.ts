/**
 * Deletes a volume in any state that a run may leave behind: attached to a deleted server, partly attached, partly
 * detached, or in error. Its project can release most of these; an administrator, if there is one, can release all.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { poll, statusOf } from '../../src/execution/poll.ts';
import { respondedWith, isAbsent, shownIn } from '../../src/clauses/checked.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { CleanupContext } from '../../src/execution/run-context.ts';
import type { Json } from '../../src/json.ts';
import { attachedServers, showVolume, volumeStatus } from './show-volume.ts';

/** Resolves to true when the volume is deleted. */
export async function removeVolume(run: CleanupContext, id: string, as: Identity, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  const remaining = (most: number): number => Math.min(most, end - performance.now());
  const deleteWithin = (most: number, more: Partial<DeleteOptions> = {}): Promise<boolean> =>
    deleteWhenAvailable(run, id, as, { timeoutMs: remaining(most), ...more });
  const shown = await showVolume(run, id, 'clean-up', as);
  const detached = await detachAll(run, shown, id, as);
  const deleted =
    detached === 'all' ? deleteWithin(timeouts.attachment) : deleteWithin(releaseTimeout(run, shown), { shown });
  if (await deleted) return true;
  if (!run.sessions.has('admin')) {
    await release(run, id, as);
    // A server that refuses the detach, such as a shelved one, releases the volume when it is deleted. The final
    // clean-up waits for that.
    return deleteWithin(detached === 'refused' ? timeouts.release : timeoutMs, { isLast: true });
  }
  await resetToAvailable(run, id);
  if (await deleteWithin(timeoutMs / 2)) return true;
  await sendAction(run, id, 'admin', { 'os-force_delete': {} });
  return deleteWithin(timeoutMs, { isLast: true });
}

/**
 * How long to wait until the servers of a volume release it. A deleted server releases its volumes shortly after its
 * deletion. A volume that is in-use without a server is never released.
 */
function releaseTimeout({ ledger }: CleanupContext, seen: Exchange): number {
  const sinceDeletion = serversOf(seen).map((server) => ledger.removedFor(server) ?? 0);
  if (sinceDeletion.length === 0) return statusIn(seen) === 'in-use' ? 0 : timeouts.release;
  return Math.max(0, timeouts.release - Math.min(...sinceDeletion));
}

/** Resets the status of a volume to available as an administrator, also where the services disagree on it. */
export async function resetToAvailable(run: CleanupContext, id: string): Promise<void> {
  await sendAction(run, id, 'admin', { 'os-reset_status': availableStatus });
}

const availableStatus = { status: 'available', attach_status: 'detached', migration_status: 'none' };

interface DeleteOptions {
  readonly timeoutMs: number;
  /** The exchange that shows its current state, if there is one. */
  readonly shown?: Exchange;
  /** No other way to delete it follows this one. */
  readonly isLast?: boolean;
}

/**
 * Deletes a volume as soon as its status allows it, and repeats the request when the status has changed. If the
 * deletion is refused although the status allows it, the volume is blocked by something that does not end by itself,
 * such as a migration: this stops waiting unless it is the last way to delete the volume.
 */
async function deleteWhenAvailable(
  run: CleanupContext,
  id: string,
  as: Identity,
  { timeoutMs, shown, isLast = false }: DeleteOptions,
): Promise<boolean> {
  let lastStatus: string | undefined;
  let isBlocked = false;
  const deleteIfAllowed = async (seen: Exchange): Promise<true | 'stop' | false> => {
    // The deletion is requested although the volume cannot be shown; a 404 says that it is deleted.
    if (!shownIn(seen)) return isAbsent(await requestDeletion(run, id, as));
    const status = statusIn(seen) ?? '';
    if (status !== lastStatus && isDeletable(status)) {
      isBlocked = statusOf(await requestDeletion(run, id, as)) === 400;
    }
    lastStatus = status;
    return isAbsent(seen) || (isBlocked && !isLast ? 'stop' : false);
  };
  const first = await deleteIfAllowed(shown ?? (await showVolume(run, id, 'clean-up', as)));
  if (first !== false || timeoutMs <= 0) return first === true;
  const look = async (): Promise<true | 'stop' | false> => deleteIfAllowed(await showVolume(run, id, 'clean-up', as));
  return (await poll(look, (response) => response, timeoutMs, 'volume deleted')).isMet;
}

/** Requests the deletion once, without waiting. Resolves to true when it is accepted. */
export async function requestVolumeDeletion(run: CleanupContext, id: string, as: Identity): Promise<boolean> {
  return statusOf(await requestDeletion(run, id, as)) === 202;
}

function requestDeletion(run: CleanupContext, id: string, as: Identity): Promise<Exchange> {
  const path = `/volumes/${id}`;
  return sendRequest(run, { service: 'block-storage', method: 'DELETE', path, as, purpose: 'clean-up' });
}

/** The service deletes volumes that are available or in error. */
export function isDeletable(status: string): boolean {
  return status === 'available' || status.startsWith('error');
}

/** Releases a volume with the rights of its project. */
async function release(run: CleanupContext, id: string, as: Identity): Promise<void> {
  const seen = await showVolume(run, id, 'clean-up', as);
  await detachAll(run, seen, id, as);
  for (const body of releases[statusIn(seen) ?? ''] ?? []) await sendAction(run, id, as, body);
}

/** The actions that lead out of a status, in order. */
const releases: Readonly<Record<string, readonly Json[]>> = {
  attaching: [{ 'os-unreserve': {} }],
  detaching: [{ 'os-roll_detaching': {} }, { 'os-detach': {} }],
  'in-use': [{ 'os-detach': {} }],
  reserved: [{ 'os-unreserve': {} }, { 'os-detach': {} }],
};

/**
 * Detaches a volume from the servers of the run through the compute service, one server after another, because Cinder
 * refuses a second detach while the first is under way. Resolves to `all` when every server, at least one, accepts the
 * detach, and to `refused` when one of them refuses it in its state.
 */
async function detachAll(
  run: CleanupContext,
  seen: Exchange,
  volume: string,
  as: Identity,
): Promise<'all' | 'some' | 'refused'> {
  const ownIds = new Set(run.ledger.owned().map(({ id }) => id));
  const servers = serversOf(seen);
  let accepted = 0;
  let isRefused = false;
  for (const server of servers.filter((id) => ownIds.has(id))) {
    if (accepted > 0) await untilDetached(run, volume, as);
    const path = `/servers/${server}/os-volume_attachments/${volume}`;
    const response = await sendRequest(run, { service: 'compute', method: 'DELETE', path, as, purpose: 'clean-up' });
    if (statusOf(response) === 202) accepted += 1;
    isRefused ||= statusOf(response) === 409;
  }
  if (isRefused) return 'refused';
  return accepted > 0 && accepted === servers.length ? 'all' : 'some';
}

/** Waits until the detach under way completes, so that the next server can detach the volume. */
async function untilDetached(run: CleanupContext, volume: string, as: Identity): Promise<void> {
  const look = (): Promise<Exchange> => showVolume(run, volume, 'clean-up', as);
  await poll(look, (seen) => statusIn(seen) !== 'detaching', timeouts.attachment, 'volume released');
}

/** Undefined where the exchange does not show the volume. */
function statusIn(seen: Exchange): string | undefined {
  const shown = respondedWith(seen, 200);
  return shown && volumeStatus(shown);
}

function serversOf(seen: Exchange): readonly string[] {
  const shown = respondedWith(seen, 200);
  return shown ? attachedServers(shown) : [];
}

function sendAction(run: CleanupContext, id: string, as: Identity, body: Json): Promise<Exchange> {
  const path = `/volumes/${id}/action`;
  return sendRequest(run, { service: 'block-storage', method: 'POST', path, body, as, purpose: 'clean-up' });
}
