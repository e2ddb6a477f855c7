/** Reads `Retry-After` (RFC 9110, 10.2.3). */
import { headerValue, headerValues, type ReceivedResponse } from './exchange.ts';

/** Statuses with which the header asks for a retry; with others it has another meaning. */
const pausing: ReadonlySet<number> = new Set([413, 429, 503]);

/** Milliseconds from `now` on; undefined when the header is missing or invalid. */
export function retryAfterMs(response: ReceivedResponse | undefined, now: number): number | undefined {
  if (!response || !pausing.has(response.status)) return undefined;
  const text = headerValues(response.headers, 'retry-after')[0]?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  // `Date.parse` would read other numbers, such as -1, as years.
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  // Both dates are from the clock of the server, if it sends its own.
  const theirs = Date.parse(headerValue(response.headers, 'date') ?? '');
  return Math.max(0, date - (Number.isNaN(theirs) ? now : theirs));
}
