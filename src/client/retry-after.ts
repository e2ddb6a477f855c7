/** What a service says of itself when it wants to be left alone for a while: `Retry-After` (RFC 9110, 10.2.3). */
import { headerValue, headerValues, type ReceivedResponse } from './exchange.ts';

/** Codes with which the header asks the client to come back; elsewhere it speaks of something else. */
const pausing: ReadonlySet<number> = new Set([413, 429, 503]);

/** Milliseconds from `now` on; undefined where no pause is asked for, or in words that mean nothing. */
export function retryAfterMs(response: ReceivedResponse | undefined, now: number): number | undefined {
  if (!response || !pausing.has(response.status)) return undefined;
  const text = headerValues(response.headers, 'retry-after')[0]?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  // Numbers that are no seconds, such as -1, would pass for years.
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  // By the clock of whoever wrote both, where it shows.
  const theirs = Date.parse(headerValue(response.headers, 'date') ?? '');
  return Math.max(0, date - (Number.isNaN(theirs) ? now : theirs));
}
