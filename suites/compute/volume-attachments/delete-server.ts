/** Deletes a server by requests under test, so that a clause can check what happens to its volumes. */
import { timeouts } from '../../../src/execution/timeouts.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { pollShown, statusOf } from '../../../src/execution/poll.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Json } from '../../../src/json.ts';
import type { Server } from '../resource-types/server.ts';
import { serverStatus } from '../resource-types/show-server.ts';
import { control, observeServer } from '../rules/refusal.ts';

/** Deletes a server, also where the target soft-deletes servers first. @throws Unreached when it is not deleted */
export async function deleteServer(ctx: CheckContext, server: Server): Promise<void> {
  await ask(ctx, server, 'DELETE', '', 204);
  if ((await reach(ctx, server, 'deleted or SOFT_DELETED')) === 'deleted') return;
  await ask(ctx, server, 'POST', '/action', 202, { forceDelete: null });
  await reach(ctx, server, 'deleted');
}

async function ask(
  ctx: CheckContext,
  { id }: Server,
  method: string,
  path: string,
  accepted: number,
  body?: Json,
): Promise<void> {
  const response = await ctx.send({
    service: 'compute',
    method,
    path: `/servers/${id}${path}`,
    ...(body === undefined ? {} : { body }),
    purpose: 'act',
  });
  control(response, 'deleting the server', accepted);
}

async function reach(
  ctx: CheckContext,
  server: Server,
  wanted: 'deleted' | 'deleted or SOFT_DELETED',
): Promise<'deleted' | 'SOFT_DELETED'> {
  const { isMet, last } = await pollShown(
    ctx.run,
    () => observeServer(ctx, server),
    (seen) => statusOf(seen) === 404 || (wanted !== 'deleted' && serverStatus(seen) === 'SOFT_DELETED'),
    timeouts.removal,
  );
  if (!isMet)
    throw new Unreached(
      `server ${wanted}`,
      `After its deletion a server is ${serverStatus(last) ?? 'not shown'}.`,
      last,
    );
  return statusOf(last) === 404 ? 'deleted' : 'SOFT_DELETED';
}
