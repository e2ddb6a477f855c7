/** Calls of the operations on volume attachments by written clauses. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named, SendOptions } from '../../../src/clauses/define-operation.ts';
import type { Json, JsonObject } from '../../../src/json.ts';
import {
  attachVolume,
  detachVolume,
  listVolumeAttachments,
  showVolumeAttachment,
  swapVolume,
  updateVolumeAttachment,
} from './operations.ts';

type Options = Omit<SendOptions, 'members'>;

export const list = (ctx: CheckContext, own: Named, options: Options = {}): Promise<Exchange> =>
  listVolumeAttachments.send(ctx, { server: own }, options);

export const show = (ctx: CheckContext, own: Named, its: Named, options: Options = {}): Promise<Exchange> =>
  showVolumeAttachment.send(ctx, { server: own, volume: its }, options);

export const attach = (
  ctx: CheckContext,
  own: Named,
  its: Named,
  fields: JsonObject = {},
  options: Options = {},
): Promise<Exchange> => attachVolume.send(ctx, { server: own, volume: its }, { members: under(fields), ...options });

export const update = (
  ctx: CheckContext,
  own: Named,
  its: Named,
  fields: JsonObject = {},
  options: Options = {},
): Promise<Exchange> =>
  updateVolumeAttachment.send(ctx, { server: own, volume: its }, { members: under(fields), ...options });

export const swap = (
  ctx: CheckContext,
  own: Named,
  its: Named,
  replacement: Named,
  { fields = {}, ...options }: Options & { readonly fields?: JsonObject } = {},
): Promise<Exchange> =>
  swapVolume.send(ctx, { server: own, volume: its, replacement }, { members: under(fields), ...options });

export const detach = (ctx: CheckContext, own: Named, its: Named, options: Options = {}): Promise<Exchange> =>
  detachVolume.send(ctx, { server: own, volume: its }, options);

function under(fields: JsonObject): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`/volumeAttachment/${name.replaceAll('/', '~1')}`, value]),
  );
}
