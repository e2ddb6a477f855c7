/** Leads a server into a state by the actions that a client has. */
import { pollShown, statusOf } from '../../src/conformance/poll.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import { unreached } from '../../src/conformance/resource.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { World } from '../../src/conformance/world.ts';
import type { Json } from '../../src/json.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { NotBound } from '../../src/conformance/errors.ts';
import type { Server } from './server.ts';
import { isSettled, serverStatus, showServer } from './show-server.ts';
import { serverStates, type ServerState, type StateName } from './server-states.ts';

/** @throws Unreached */
export async function enterState(world: World, server: Server, name: StateName | 'locked'): Promise<void> {
  if (name === 'locked') return act(world, server, 'lock', null, 'member');
  if (name === 'soft-deleted') return softDelete(world, server);
  const state: ServerState = serverStates[name];
  let status = 'ACTIVE';
  for (const step of state.steps) {
    if (status === step.status) continue;
    await act(world, server, step.action, step.argument(world.target.fixtures), step.as);
    status = await reach(world, server, [step.status, ...(step.or ?? [])]);
  }
  if (name === 'shelved' && status !== 'SHELVED') {
    throw new NotBound('The target offloads a shelved server at once, so that none stays SHELVED.');
  }
}

/** An action of a server that is to be accepted. @throws Unreached */
export async function act(
  world: World,
  server: Server,
  action: string,
  argument: Json,
  as: Identity = 'member',
): Promise<void> {
  const reply = await sendRequest(world, {
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

async function reach(world: World, server: Server, statuses: readonly string[]): Promise<string> {
  const { held, last } = await pollShown(
    world,
    () => showServer(world, server.id, 'preparation'),
    (seen) => isSettled(seen) && statuses.includes(serverStatus(seen) ?? ''),
    budgets.server,
    `server made ${statuses.join(' or ')}`,
  );
  if (!held) throw unreached(`a server that is ${statuses.join(' or ')}`, last);
  return serverStatus(last) ?? '';
}

async function softDelete(world: World, server: Server): Promise<void> {
  await sendRequest(world, {
    service: 'compute',
    method: 'DELETE',
    path: `/servers/${server.id}`,
    purpose: 'preparation',
  });
  const { last } = await pollShown(
    world,
    () => showServer(world, server.id, 'preparation'),
    (seen) => statusOf(seen) === 404 || serverStatus(seen) === 'SOFT_DELETED',
    budgets.server,
  );
  if (statusOf(last) === 404) throw new NotBound('The target deletes servers for good, so that none is SOFT_DELETED.');
  if (serverStatus(last) !== 'SOFT_DELETED') throw unreached('a soft-deleted server', last);
}
