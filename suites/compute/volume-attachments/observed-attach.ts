/** One attach and all observations of it, made once and shared by many clauses. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { bodyOf, expectResponse, expectStatus, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { atPointer, type JsonObject } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { fixtures } from '../fixtures.ts';
import type { Server } from '../server.ts';
import { attachStatus, eventuallyAttached, observeVolume } from '../observe-attachments.ts';
import { observeServer } from '../rules/refusal.ts';
import { attach, list, show } from './calls.ts';

export interface Observed {
  readonly server: Server;
  readonly volume: Volume;
  readonly reply: Exchange;
  /** Why it was not accepted or did not complete. Clauses on its effects report these findings instead. */
  readonly findings: readonly Finding[];
  readonly early: { readonly list: Exchange; readonly volume: Exchange };
  readonly late: {
    readonly list: Exchange;
    readonly show: Exchange;
    /** At the newest microversion, which has all members that the target supports. */
    readonly showFull: Exchange;
    readonly server: Exchange;
    readonly volume: Exchange;
  };
}

/** A check of an accepted attach; where it is not accepted or does not complete, it returns the findings on that. */
export function judge(
  fields: JsonObject,
  decide: (observed: Observed & { readonly accepted: Checked }) => readonly Finding[],
): (ctx: CheckContext) => Promise<readonly Finding[]> {
  return async (ctx) => {
    const observed = await observe(ctx, fields);
    if (observed.findings.length > 0) return observed.findings;
    return expectResponse(observed.reply, attachStatus(ctx), (accepted) => decide({ ...observed, accepted }));
  };
}

function observe(ctx: CheckContext, fields: JsonObject): Promise<Observed> {
  const key = `attach ${JSON.stringify(fields)} at ${formatMicroversion(ctx.microversion)}`;
  return ctx.shared(key, async (inner) => {
    const [server, volume] = await Promise.all([fixtures(inner).server(), fixtures(inner).volume()]);
    const reply = await attach(inner, server, volume, fields);
    // Below 2.89 the list contains an attachment before the block storage service has given it an id.
    const early = {
      list: await list(inner, server, { purpose: 'observation', microversion: '2.1' }),
      volume: await observeVolume(inner, volume),
    };
    const refused = expectStatus(reply, attachStatus(inner));
    const findings = refused.length > 0 ? refused : await eventuallyAttached(inner, server, volume);
    const look = { purpose: 'observation' } as const;
    const late = {
      list: await list(inner, server, look),
      show: await show(inner, server, volume, look),
      showFull: await show(inner, server, volume, { ...look, microversion: 'latest' }),
      server: await observeServer(inner, server),
      volume: await observeVolume(inner, volume),
    };
    return { server, volume, reply, findings, early, late };
  });
}

export function missing(exchange: Exchange, pointer: string, expected: string): Finding {
  return { kind: 'value', exchange: exchange.id, pointer, expected };
}

/** Expects the value of a member. @throws NotBound for targets that are too old to show it at any microversion */
export function known(exchange: Exchange, pointer: string, expected: string | boolean): readonly Finding[] {
  return expectResponse(exchange, 200, (shown) => {
    const body = bodyOf(shown);
    if (atPointer(body, '/volumeAttachment') !== undefined && atPointer(body, pointer) === undefined) {
      throw new NotBound(`The target does not show ${pointer.split('/').at(-1) ?? ''} at any microversion.`);
    }
    return expectValue(shown, pointer, expected);
  });
}
