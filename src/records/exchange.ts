/** One request with its response, as evidence keeps it. */
import type { Declaration, Of } from './declaration.ts';
import {
  amount,
  count,
  define,
  list,
  note,
  object,
  oneOf,
  optional,
  ordinal,
  text,
  time,
  typed,
  whole,
} from './declare.ts';
import { redactedPlaces } from './redacted-places.ts';
import { operationId } from './shared.ts';

const headers = define(
  'headers',
  note(
    'In the order received; names in lower case, repeated names as separate entries.',
    list(
      typed<readonly [name: string, value: string]>({
        ...{ type: 'array', prefixItems: [text, text], items: false },
        ...{ minItems: 2, maxItems: 2 },
      }),
    ),
  ),
);

const requestSchema = object({ method: text, url: text, headers, body: optional(text) });
export interface SentRequest extends Of<typeof requestSchema> {}
const request: Declaration<SentRequest> = requestSchema;

const responseSchema = object({
  status: whole,
  headers,
  body: note('As UTF-8; the empty string when there was none.', text),
  truncatedBytes: optional(
    note('Bytes that were received and not kept, or not read because the limit was reached.', count),
  ),
});
export interface ReceivedResponse extends Of<typeof responseSchema> {}
const response: Declaration<ReceivedResponse> = responseSchema;

const transportFailureSchema = object({
  code: note('A code of undici or the system: ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT.', text),
  message: text,
});
export interface TransportFailure extends Of<typeof transportFailureSchema> {}
const transportFailure: Declaration<TransportFailure> = transportFailureSchema;

const purpose = oneOf('sign-in', 'discovery', 'preparation', 'act', 'observation', 'clean-up');

export const exchangeFacts = {
  id: note('Unique in a run: x12. A shared exchange is in the evidence of several cases under the same id.', text),
  purpose: note(
    'Why it was sent: act is the request under test, observation looks at its effects, preparation creates what it needs, clean-up removes that again.',
    purpose,
  ),
  attempt: optional(
    note('From 2 on, for a retry; a request under test is retried only when it changes nothing.', ordinal),
  ),
  operation: optional(note('The documented operation that the request calls, if any.', operationId)),
  identity: note('The identity, such as member; nobody when no token was sent.', text),
  request,
  response: optional(note('Missing when no complete response was received.', response)),
  failure: optional(note('Why no complete response was received.', transportFailure)),
  startedAt: note('ISO 8601 with milliseconds, UTC.', time),
  durationMs: amount,
  redacted: optional(
    note(
      'Parts that were redacted, or may have been; request headers that always carry a secret are not listed.',
      list(oneOf(...redactedPlaces)),
    ),
  ),
};

export const exchangeSchema = object(exchangeFacts);
export interface Exchange extends Of<typeof exchangeSchema> {}
export type Headers = Of<typeof headers>;
export type Purpose = Of<typeof purpose>;
export type RedactedPlace = (typeof redactedPlaces)[number];
