/** What the metadata of a server is, by its list and by the server itself. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { resourceIn, type Named, type Resources } from '../../../src/clauses/define-operation.ts';
import { expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Items } from '../fixtures/server-with-items.ts';
import { observeServer } from '../rules/refusal.ts';

/** What an accepted call has led to. */
export interface Seen {
  readonly listed: Exchange;
  /** The server. */
  readonly shown: Exchange;
}

export async function seenAfter(ctx: CheckContext, resources: Resources): Promise<Seen> {
  const own = resourceIn(resources, 'server');
  return { listed: await observeItems(ctx, own), shown: await observeServer(ctx, own) };
}

/** The metadata of a server as the member sees it. */
export function observeItems(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.call('compute/list-all-metadata', { path: { server_id: id }, purpose: 'observation' });
}

/** The server has exactly these items. */
export async function listsItems(ctx: CheckContext, own: Named, expected: Items): Promise<readonly Finding[]> {
  return expectListed(await observeItems(ctx, own), expected);
}

export function expectListed(listed: Exchange, expected: Items): readonly Finding[] {
  return expectResponse(listed, 200, (seen) => expectItems(seen, expected));
}

/** Exactly these items. */
export function expectItems(seen: Checked, expected: Items): readonly Finding[] {
  return expectValue(seen, '/metadata', expected);
}

/** Exactly this item. */
export function expectItem(seen: Checked, expected: Items): readonly Finding[] {
  return expectValue(seen, '/meta', expected);
}
