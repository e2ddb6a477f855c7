/**
 * What a 401 means for a request that carried a token: work around the acts is done again with a new one; an act is
 * never repeated, and where its token was no longer good it decides nothing.
 */
import type { Exchange, Headers, Purpose } from '../client/exchange.ts';
import type { Session } from '../target/session.ts';
import { TokenLost } from './errors.ts';
import type { Ground } from './world.ts';

export interface Attempt {
  readonly exchange: Exchange;
  /** As sent, with the token. */
  readonly headers: Headers;
}

/** @throws TokenLost, TokenEnded */
export async function withGoodToken(
  world: Ground,
  session: Session,
  purpose: Purpose,
  once: () => Promise<Attempt>,
  keep: (exchange: Exchange) => void,
): Promise<Exchange> {
  const { exchange, headers } = await once();
  if (exchange.response?.status !== 401) return exchange;
  const isAct = purpose === 'act';
  if (isAct || !session.renewable) {
    const told = await session.isGood(headers, world.recorder);
    if (!told || told.good) return exchange;
    keep(told.exchange);
  }
  session.discard(headers);
  if (!isAct) return (await once()).exchange;
  throw new TokenLost(
    'a token that is good',
    `The token of ${session.identity} was no longer good when the act was sent, as Keystone says too. The act is not repeated; run the case again.`,
    exchange,
  );
}
