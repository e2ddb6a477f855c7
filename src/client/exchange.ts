/**
 * One request with its response, as evidence: redacted as soon as it is completed. Checks read the unredacted response
 * through `received.ts`.
 *
 * Header names are lower case. Bodies are text; bytes that were cut off are counted.
 */
import type { Headers } from '../records/exchange.ts';

export type {
  Exchange,
  Headers,
  Purpose,
  ReceivedResponse,
  RedactedPlace,
  SentRequest,
  TransportFailure,
} from '../records/exchange.ts';

/** All values of a header, in order. */
export function headerValues(headers: Headers, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key === wanted).map(([, value]) => value);
}

/** The values of a header joined by commas, as HTTP reads them; undefined when it was not sent. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length > 0 ? values.join(', ') : undefined;
}
