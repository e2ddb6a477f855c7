/** Attaches of one multiattach volume to two servers, what both show, and a detach from the first, observed once. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { attachStatus, eventuallyAttached, eventuallyDetached, observeVolume } from '../observe-attachments.ts';
import type { Server } from '../resource-types/server.ts';
import { attach, detach, show } from './calls.ts';

export interface AttachedTwice {
  readonly servers: readonly [Server, Server];
  /** The volume with both attachments. */
  readonly volume: Exchange;
  /** The responses to a show of the attachment of each server. */
  readonly shown: readonly [Exchange, Exchange];
  /** Findings on the detach from the first server. */
  readonly detached: readonly Finding[];
  /** The volume after that. */
  readonly kept: Exchange;
}

/** Or the findings on the attach that did not complete. */
export function attachedTwice(ctx: CheckContext): Promise<AttachedTwice | { readonly incomplete: readonly Finding[] }> {
  return ctx.shared(`attach to two servers at ${formatMicroversion(ctx.microversion)}`, async (inner) => {
    const [servers, volume] = await Promise.all([fixtures(inner).pair(), fixtures(inner).multiattachVolume()]);
    const [first, second] = servers;
    for (const server of servers) {
      const refused = expectStatus(await attach(inner, server, volume), attachStatus(inner));
      const incomplete = refused.length > 0 ? refused : await eventuallyAttached(inner, server, volume);
      if (incomplete.length > 0) return { incomplete };
    }
    const seen = await observeVolume(inner, volume);
    const shown = [await show(inner, first, volume), await show(inner, second, volume)] as const;
    const refused = expectStatus(await detach(inner, first, volume), 202);
    const gone = refused.length > 0 ? refused : await eventuallyDetached(inner, first, volume);
    const detached = gone.length > 0 ? gone : await eventuallyAttached(inner, second, volume);
    return { servers, volume: seen, shown, detached, kept: await observeVolume(inner, volume) };
  });
}

/** The same for clauses on what follows. @throws Unreached where it was not attached to both servers */
export async function reachAttachedTwice(ctx: CheckContext): Promise<AttachedTwice> {
  const observed = await attachedTwice(ctx);
  if (!('incomplete' in observed)) return observed;
  throw new Unreached('a volume attached to two servers', 'The volume could not be attached to two servers.');
}
