/** Brings a server into a state by server actions. */
import { pollShown, statusOf } from '../../src/execution/poll.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import { unreached } from '../../src/resources/resource-type.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import type { Json } from '../../src/json.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { NotBound } from '../../src/execution/errors.ts';
import type { Server } from './server.ts';
import { isSettled, serverStatus, showServer } from './show-server.ts';
import { serverStates, type ServerState, type StateName } from './server-states.ts';

/** @throws Unreached */
export async function enterState(run: RunContext, server: Server, name: StateName | 'locked'): Promise<void> {
  if (name === 'locked') return act(run, server, 'lock', null, 'member');
  if (name === 'soft-deleted') return softDelete(run, server);
  const state: ServerState = serverStates[name];
  let status = 'ACTIVE';
  for (const step of state.steps) {
    if (status === step.status) continue;
    await act(run, server, step.action, step.argument(run.target.fixtures), step.as);
    status = await reach(run, server, [step.status, ...(step.or ?? [])]);
  }
  if (name === 'shelved' && status !== 'SHELVED') {
    throw new NotBound('The target offloads shelved servers immediately, so no server stays SHELVED.');
  }
}

/** Sends a server action that must be accepted. @throws Unreached */
export async function act(
  run: RunContext,
  server: Server,
  action: string,
  argument: Json,
  as: Identity = 'member',
): Promise<void> {
  const reply = await sendRequest(run, {
    service: 'compute',
    method: 'POST',
    path: `/servers/${server.id}/action`,
    body: { [action]: argument },
    as,
    purpose: 'preparation',
  });
  const status = statusOf(reply) ?? 0;
  if (status < 200 || status > 299) throw unreached(`the server action ${action}`, reply);
}

async function reach(run: RunContext, server: Server, statuses: readonly string[]): Promise<string> {
  const { isMet, last } = await pollShown(
    run,
    () => showServer(run, server.id, 'preparation'),
    (seen) => isSettled(seen) && statuses.includes(serverStatus(seen) ?? ''),
    timeouts.server,
    `server ${statuses.join(' or ')}`,
  );
  if (!isMet) throw unreached(`server ${statuses.join(' or ')}`, last);
  return serverStatus(last) ?? '';
}

async function softDelete(run: RunContext, server: Server): Promise<void> {
  await sendRequest(run, {
    service: 'compute',
    method: 'DELETE',
    path: `/servers/${server.id}`,
    purpose: 'preparation',
  });
  const { last } = await pollShown(
    run,
    () => showServer(run, server.id, 'preparation'),
    (seen) => statusOf(seen) === 404 || serverStatus(seen) === 'SOFT_DELETED',
    timeouts.server,
  );
  if (statusOf(last) === 404)
    throw new NotBound('The target deletes servers immediately, so no server is SOFT_DELETED.');
  if (serverStatus(last) !== 'SOFT_DELETED') throw unreached('server SOFT_DELETED', last);
}
