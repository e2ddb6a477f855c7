/** Creations that a check makes for itself. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, respondedWith, type Checked } from '../../../src/clauses/matchers.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonText, type Json } from '../../../src/json.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { server } from '../resource-types/server.ts';
import { booted, createServer, newServer } from './create.ts';
import { listed } from './lists.ts';

/** A creation of its own, whose server has booted; undefined where it was refused. */
export async function createOne(
  ctx: CheckContext,
  members: Readonly<Record<string, Json>>,
): Promise<{ readonly response: Exchange; readonly id: string | undefined }> {
  const { body } = await newServer(ctx);
  const response = await createServer.send(ctx, {}, { members: { ...body, ...members } });
  const created = respondedWith(response, 202);
  const isBooted = 'shown' in (await booted(ctx, response));
  return { response, id: created && isBooted ? idIn(created) : undefined };
}

export function idIn(created: Checked): string | undefined {
  return jsonText(atPointer(bodyOf(created), '/server/id'));
}

/** The last of the servers of the project was created in another second than any other. */
export async function oneAfterAnother(ctx: CheckContext): Promise<void> {
  await listed(ctx);
  if (ctx.run.readOnly) return;
  await ctx.fixture(async () => {
    await pause(1_000);
    return null;
  });
  await createOne(ctx, {});
}

/** Two servers in the order of their names, which is the reverse of that of their ages; none in a read-only run. */
export async function againstTheirAge(ctx: CheckContext): Promise<readonly string[]> {
  if (ctx.run.readOnly) return [];
  const older = await listed(ctx);
  const name = (await ctx.newName(server)).replace(`-${server.type}-`, '-a-');
  const { id, response } = await createOne(ctx, { '/server/name': name });
  if (id === undefined) throw new Unreached('a server with a name of its own', 'It was not created.', response);
  return [id, older.id];
}
