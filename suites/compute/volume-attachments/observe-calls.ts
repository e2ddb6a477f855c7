/** What accepted calls lead to, and what other calls show of it, observed once for all clauses that look at it. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named, NotCompleted } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { eventuallyLogged } from '../observe-actions.ts';
import {
  eventuallyAttached,
  eventuallyDetached,
  eventuallyFree,
  observeAttachment,
  observeAttachments,
  observeVolume,
} from '../observe-attachments.ts';
import { observeServer } from '../rules/refusal.ts';

export interface ObservedAttach {
  readonly server: Named;
  readonly volume: Named;
  /** Directly after the response. */
  readonly early: { readonly list: Exchange; readonly volume: Exchange };
  /** When the attach has completed. */
  readonly late: {
    readonly list: Exchange;
    readonly show: Exchange;
    /** At the newest microversion, which has all members that the target supports. */
    readonly showFull: Exchange;
    readonly server: Exchange;
  };
  /** Findings on the action log. */
  readonly logged: readonly Finding[];
}

export async function observeAttach(
  ctx: CheckContext,
  server: Named,
  volume: Named,
  response: Exchange,
): Promise<ObservedAttach | NotCompleted> {
  // Below 2.89 the list contains an attachment before the block storage service has given it an id.
  const early = { list: await observeAttachments(ctx, server, '2.1'), volume: await observeVolume(ctx, volume) };
  const incomplete = await eventuallyAttached(ctx, server, volume);
  if (incomplete.length > 0) return { incomplete };
  const late = {
    list: await observeAttachments(ctx, server),
    show: await observeAttachment(ctx, server, volume),
    showFull: await observeAttachment(ctx, server, volume, 'latest'),
    server: await observeServer(ctx, server),
  };
  return { server, volume, early, late, logged: await eventuallyLogged(ctx, server, response, 'attach_volume') };
}

export interface ObservedDetach {
  readonly server: Named;
  /** When the list of attachments no longer has the volume. */
  readonly volume: Exchange;
  /** Findings on the volume becoming available. */
  readonly freed: readonly Finding[];
  /** The response to a second detach, and the server, which exists. */
  readonly again: { readonly response: Exchange; readonly server: Exchange };
  /** Findings on the action log. */
  readonly logged: readonly Finding[];
}

export async function observeDetach(
  ctx: CheckContext,
  server: Named,
  volume: Named,
  response: Exchange,
): Promise<ObservedDetach | NotCompleted> {
  const incomplete = await eventuallyDetached(ctx, server, volume);
  if (incomplete.length > 0) return { incomplete };
  const path = { server_id: server.id, volume_id: volume.id };
  return {
    server,
    volume: await observeVolume(ctx, volume),
    freed: await eventuallyFree(ctx, volume),
    again: { response: await ctx.call('compute/detach-volume', { path }), server: await observeServer(ctx, server) },
    logged: await eventuallyLogged(ctx, server, response, 'detach_volume'),
  };
}
