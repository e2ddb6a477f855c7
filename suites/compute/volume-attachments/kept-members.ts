/** Clauses on members of an attach that are shown afterwards. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { bodyOf, expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { Members } from '../../../src/clauses/accepted-call.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { atPointer } from '../../../src/json.ts';
import { flag, tag } from './prepared-calls.ts';

/** A tag, and the value of the flag that is not the default. */
export const tagAndFlag: Members = { [tag]: undefined, [flag]: true };

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
