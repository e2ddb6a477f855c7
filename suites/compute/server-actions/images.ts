/** Actions that store the disk of a server as an image. */
import { sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { NotCompleted } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { image, observeImagesNamed } from '../../image/image.ts';
import type { ServerAction } from './action-types.ts';
import { serverAction } from './server-action.ts';

const states = 'A server that is neither active, stopped, paused nor suspended is answered with 409.';

/** A server that boots from a volume would leave snapshots of its volumes. */
const capabilities = ['rescue'];

export const imageItems = { 'osc-color': 'blue' } as const;

/** What both actions have in common. */
function stores(key: string): Pick<ServerAction, Common> {
  return {
    ...{ key, by: 'member', capabilities },
    creates: { type: image.type, name: `/${key}/name` },
    members: () => ({ metadata: imageItems }),
    ...{ from: 'active', also: ['stopped', 'paused', 'suspended'], states },
    locked: 'accepted',
    stateQuotes: { locked: 'A locked server is accepted.' },
    refusedFirst: ['body before resource', 'body before role', 'resource before role'],
    looks: (ctx, response) => untilActive(ctx, nameIn(response, key)),
    unmade: async (ctx, { name }) => isMissing(ctx, jsonText(name) ?? ''),
  };
}

type Common =
  | 'key'
  | 'by'
  | 'capabilities'
  | 'creates'
  | 'members'
  | 'from'
  | 'also'
  | 'states'
  | 'locked'
  | 'stateQuotes'
  | 'refusedFirst'
  | 'looks'
  | 'unmade';

export const createImage = serverAction('compute/create-image', {
  ...{ noun: 'A creation of an image', section: 'Create image', ...stores('createImage') },
  does: 'Stores the disk of a server as an image, which becomes ``active``; the status of the server stays.',
  argument: async (ctx) => ({ name: await imageName(ctx) }),
  values: ['name', 'metadata', 'metadata/*'],
});

export const createBackup = serverAction('compute/create-server-back-up', {
  ...{ noun: 'A back-up', section: 'Create back-up', ...stores('createBackup') },
  does: 'Stores the disk of a server as an image, which becomes ``active``; the status of the server stays.',
  argument: (ctx) => backup(ctx),
  values: ['name', 'backup_type', 'rotation', 'metadata', 'metadata/*'],
});

export function imageName(ctx: CheckContext): Promise<string> {
  return ctx.newName(image);
}

/** The value of a request for a back-up. */
export async function backup(
  ctx: CheckContext,
  more: { readonly backup_type?: string; readonly rotation?: number } = {},
): Promise<Readonly<Record<string, Json>>> {
  return { name: await imageName(ctx), backup_type: 'osc-daily', rotation: 1, ...more };
}

/** The images in a list with a name. */
export function imagesNamed(list: Checked, name: string): readonly JsonObject[] {
  return jsonList(atPointer(bodyOf(list), '/images'))
    .map(jsonObject)
    .filter((one) => one.name === name);
}

/** The name in an accepted request. */
export function nameIn(response: Exchange, key: string): string {
  return jsonText(sentValue(response, `/${key}/name`)) ?? '';
}

/** The list with the image, once that is active. */
export async function untilActive(ctx: CheckContext, name: string): Promise<Exchange | NotCompleted> {
  const status = (list: Checked): string | undefined => jsonText(imagesNamed(list, name)[0]?.status);
  const incomplete = await ctx.eventually({
    look: () => observeImagesNamed(ctx, name),
    until: (list) => status(list) === 'active',
    expected: 'an image that is active',
    seen: (list) => status(list) ?? 'no image',
    timeoutMs: timeouts.server,
  });
  return incomplete.length > 0 ? { incomplete } : observeImagesNamed(ctx, name);
}

/** There is no image of this name, now or after some time. */
export async function isMissing(ctx: CheckContext, name: string): Promise<readonly Finding[]> {
  return expectResponse(await observeImagesNamed(ctx, name), 200, (list) =>
    imagesNamed(list, name).map(({ id = null }) => ({
      ...{ kind: 'value', exchange: list.id, pointer: '/images', expected: null, seen: id },
    })),
  );
}
