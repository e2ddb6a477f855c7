/** The end of a server, under judgement: what becomes of its volumes is the service's own doing. */
import { budgets } from '../../../src/conformance/budgets.ts';
import { Unreached } from '../../../src/conformance/errors.ts';
import { pollShown, statusOf } from '../../../src/conformance/poll.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Json } from '../../../src/json.ts';
import type { Server } from '../server.ts';
import { serverStatus } from '../show-server.ts';
import { control, lookAtServer } from './operations.ts';

/** Deletes a server for good, also where servers are first deleted softly. @throws Unreached when it stays. */
export async function endServer(stage: Stage, server: Server): Promise<void> {
  await ask(stage, server, 'DELETE', '', 204);
  if ((await reach(stage, server, 'gone or SOFT_DELETED')) === 'gone') return;
  await ask(stage, server, 'POST', '/action', 202, { forceDelete: null });
  await reach(stage, server, 'gone');
}

async function ask(
  stage: Stage,
  { id }: Server,
  method: string,
  path: string,
  accepted: number,
  body?: Json,
): Promise<void> {
  const reply = await stage.send({
    service: 'compute',
    method,
    path: `/servers/${id}${path}`,
    ...(body === undefined ? {} : { body }),
    purpose: 'act',
  });
  control(reply, 'deleting the server', accepted);
}

async function reach(
  stage: Stage,
  server: Server,
  wanted: 'gone' | 'gone or SOFT_DELETED',
): Promise<'gone' | 'SOFT_DELETED'> {
  const { held, last } = await pollShown(
    stage.world,
    () => lookAtServer(stage, server),
    (seen) => statusOf(seen) === 404 || (wanted !== 'gone' && serverStatus(seen) === 'SOFT_DELETED'),
    budgets.removal,
  );
  if (!held) throw new Unreached(`a server ${wanted}`, `A deleted server is ${serverStatus(last) ?? 'unseen'}.`, last);
  return statusOf(last) === 404 ? 'gone' : 'SOFT_DELETED';
}
