/**
 * Handles a 401 to a request with a token: preparation and clean-up are repeated with a new token; a request under test
 * is never repeated, and decides nothing if its token was no longer valid.
 */
import type { Exchange, Headers, Purpose } from '../client/exchange.ts';
import type { Session } from '../target/session.ts';
import { TokenLost } from './errors.ts';
import type { CleanupContext } from './run-context.ts';

export interface Attempt {
  readonly exchange: Exchange;
  /** As sent, with the token. */
  readonly headers: Headers;
}

/** @throws TokenLost, TokenEnded */
export async function withGoodToken(
  run: CleanupContext,
  session: Session,
  purpose: Purpose,
  once: () => Promise<Attempt>,
  keep: (exchange: Exchange) => void,
): Promise<Exchange> {
  const { exchange, headers } = await once();
  if (exchange.response?.status !== 401) return exchange;
  const isUnderTest = purpose === 'act';
  if (isUnderTest || !session.renewable) {
    const validation = await session.isGood(headers, run.recorder);
    if (!validation || validation.good) return exchange;
    keep(validation.exchange);
  }
  session.discard(headers);
  if (!isUnderTest) return (await once()).exchange;
  throw new TokenLost(
    'a valid token',
    `The token of ${session.identity} was no longer valid when the request under test was sent, as Keystone confirms. The request is not repeated; run the case again.`,
    exchange,
  );
}
