/** The recipes of the operations on volume attachments: the fixtures and the request of each. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Recipe, Recipes, RequestTemplate } from '../../../src/clauses/recipe.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { JsonObject } from '../../../src/json.ts';
import { reachAttached, reachDetached, type Attached } from '../attachment.ts';
import { fixtures, type Reusable } from '../fixtures.ts';
import { show } from './operations.ts';
import type { RejectionTarget } from '../fixture-kinds.ts';
import type { Migrating } from '../swap.ts';

const paging = { limit: '1000', offset: '0' } as const;

export const volumeAttachmentRecipes: Recipes = {
  'compute/list-volume-attachments': reading(({ server }) => ({ server_id: server.id })),
  'compute/show-volume-attachment': reading(pathOf),
  'compute/attach-volume': {
    as: 'member',
    capabilities: [],
    accepted: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      return {
        path: { server_id: server.id },
        body: bodyWith(volume.id),
        values: {
          '/volumeAttachment/volumeId': volume.id,
          '/volumeAttachment/device': await fixtures(ctx).freeDevice(),
          '/volumeAttachment/tag': 'osc-tag',
          '/volumeAttachment/delete_on_termination': false,
        },
        query: {},
        completed: () => reachAttached(ctx.run, server, volume),
      };
    },
    refused: async (ctx) => {
      const target = await fixtures(ctx).rejectionTarget();
      return {
        ...refusal(ctx, target, { server_id: target.attached.server.id }),
        body: bodyWith(target.free.id),
        values: { '/volumeAttachment/tag': 'osc-tag', '/volumeAttachment/delete_on_termination': false },
      };
    },
  },
  'compute/update-volume-attachment': {
    as: 'member',
    capabilities: [],
    tied: { '/volumeAttachment/volumeId': 'volume_id' },
    accepted: async (ctx) => updateTemplate(await fixtures(ctx).attachment('keeps')),
    refused: async (ctx) => {
      const target = await fixtures(ctx).rejectionTarget();
      return {
        ...updateTemplate(target.attached),
        // A volume in the body other than that in the path makes the request a swap.
        intact: shows(ctx, target.attached),
        bodyFor: ({ volume_id: volumeId = '' }) => bodyWith(volumeId),
        dirty: target.makeDirty,
      };
    },
  },
  'compute/swap-volume': {
    as: 'admin',
    capabilities: [],
    accepted: async (ctx) => swapTemplate(await fixtures(ctx).migrating()),
    refused: async (ctx) => {
      const target = await fixtures(ctx).rejectionTarget();
      return {
        ...swapTemplate({ ...target.attached, replacement: target.free }),
        intact: shows(ctx, target.attached),
        dirty: target.makeDirty,
      };
    },
  },
  'compute/detach-volume': {
    as: 'member',
    capabilities: [],
    accepted: async (ctx) => {
      const attached = await fixtures(ctx).attachment();
      return {
        path: pathOf(attached),
        values: {},
        query: {},
        completed: () => reachDetached(ctx.run, attached.server, attached.volume),
      };
    },
    refused: async (ctx) => {
      const target = await fixtures(ctx).rejectionTarget();
      return refusal(ctx, target, pathOf(target.attached));
    },
  },
};

/** Reads use the read-only fixture, for requests that must be accepted and that must be refused. */
function reading(path: (attached: Attached) => RequestTemplate['path']): Recipe {
  const template = async (ctx: CheckContext): Promise<RequestTemplate> => {
    const [attached] = await fixtures(ctx).readOnly();
    return { path: path(attached), values: {}, query: paging, intact: shows(ctx, attached) };
  };
  return { as: 'member', reads: true, capabilities: [], accepted: template, refused: template };
}

function pathOf({ server, volume }: Attached): RequestTemplate['path'] {
  return { server_id: server.id, volume_id: volume.id };
}

function bodyWith(volumeId: string): JsonObject {
  return { volumeAttachment: { volumeId } };
}

function refusal(
  ctx: CheckContext,
  { attached, makeDirty }: Reusable<RejectionTarget>,
  path: RequestTemplate['path'],
): RequestTemplate {
  return { path, values: {}, query: {}, intact: shows(ctx, attached), dirty: makeDirty };
}

function shows(ctx: CheckContext, { server, volume }: Attached): () => Promise<Exchange> {
  return () => show(ctx, server, volume, { purpose: 'observation' });
}

/** An update that repeats the current value of every member, so that it changes nothing. */
function updateTemplate(attached: Attached): RequestTemplate {
  const { server, volume, device, tag } = attached;
  return {
    path: pathOf(attached),
    body: bodyWith(volume.id),
    values: {
      '/volumeAttachment/volumeId': volume.id,
      '/volumeAttachment/id': volume.id,
      '/volumeAttachment/serverId': server.id,
      '/volumeAttachment/delete_on_termination': false,
      ...(device === undefined ? {} : { '/volumeAttachment/device': device }),
      ...(tag === undefined ? {} : { '/volumeAttachment/tag': tag }),
    },
    query: {},
  };
}

/** A swap has the members of an update; the volume in the body is the replacement. */
function swapTemplate({ replacement, ...attached }: Migrating): RequestTemplate {
  const template = updateTemplate(attached);
  return {
    ...template,
    body: bodyWith(replacement.id),
    values: { ...template.values, '/volumeAttachment/volumeId': replacement.id },
  };
}
