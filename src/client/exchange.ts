/**
 * One request with its response, as evidence: secrets are taken out as soon as it is over. What judges it asks `received.ts`.
 *
 * Header names are lower case. Bodies are text; what was cut off is counted, not lost in silence.
 */
import type { OperationId } from '../contract/model.ts';

/** Headers in the order of the wire; names in lower case, repeated names kept apart. */
export type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Why a request was sent: `act` is under judgement, `observation` looks at its effects, `preparation` builds what the
 * act needs, `clean-up` removes it again.
 */
export type Purpose = 'sign-in' | 'discovery' | 'preparation' | 'act' | 'observation' | 'clean-up';

export interface Exchange {
  /** Unique in a run: `x12`. A shared exchange stands in the evidence of several cases under the same id. */
  readonly id: string;
  readonly purpose: Purpose;
  /** From 2 on, where the same was sent before and is sent again; under judgement only what changes nothing. */
  readonly attempt?: number;
  /** The documented operation, where the request is one. */
  readonly operation?: OperationId;
  /** The role in the play, such as `member`; `nobody` when no token was sent. */
  readonly identity: string;
  readonly request: SentRequest;
  /** Missing when no complete response came. */
  readonly response?: ReceivedResponse;
  /** Why no complete response came. */
  readonly failure?: TransportFailure;
  /** ISO 8601 with milliseconds, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Where a secret was taken out, or may have been; headers of the request that always carry one are not listed. */
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
  /** Bytes that were received and not kept, or not read at all because the limit was reached. */
  readonly truncatedBytes?: number;
}

export interface TransportFailure {
  /** Of undici or the system: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`. */
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
