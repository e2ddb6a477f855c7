/**
 * One request with its response, as evidence: redacted as soon as it is completed. Checks read the unredacted response
 * through `received.ts`.
 *
 * Header names are lower case. Bodies are text; bytes that were cut off are counted.
 */
import type { OperationId } from '../contract/model.ts';

/** Headers in the order received; names in lower case, repeated names as separate entries. */
export type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Why a request was sent: `act` is the request under test, `observation` looks at its effects, `preparation` creates
 * what it needs, `clean-up` removes that again.
 */
export type Purpose = 'sign-in' | 'discovery' | 'preparation' | 'act' | 'observation' | 'clean-up';

export interface Exchange {
  /** Unique in a run: `x12`. A shared exchange is in the evidence of several cases under the same id. */
  readonly id: string;
  readonly purpose: Purpose;
  /** From 2 on, for a retry; a request under test is retried only when it changes nothing. */
  readonly attempt?: number;
  /** The documented operation that the request calls, if any. */
  readonly operation?: OperationId;
  /** The identity, such as `member`; `nobody` when no token was sent. */
  readonly identity: string;
  readonly request: SentRequest;
  /** Missing when no complete response was received. */
  readonly response?: ReceivedResponse;
  /** Why no complete response was received. */
  readonly failure?: TransportFailure;
  /** ISO 8601 with milliseconds, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Parts that were redacted, or may have been; request headers that always carry a secret are not listed. */
  readonly redacted?: readonly RedactedPlace[];
}

export const redactedPlaces = [
  ...(['request url', 'request headers', 'request body'] as const),
  ...(['response headers', 'response body', 'failure'] as const),
];

export type RedactedPlace = (typeof redactedPlaces)[number];

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: string;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  /** As UTF-8; the empty string when there was none. */
  readonly body: string;
  /** Bytes that were received and not kept, or not read because the limit was reached. */
  readonly truncatedBytes?: number;
}

export interface TransportFailure {
  /** A code of undici or the system: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`. */
  readonly code: string;
  readonly message: string;
}

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
