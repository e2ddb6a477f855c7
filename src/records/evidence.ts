/**
 * The lines of an evidence file, `evidence/SERVICE/OPERATION.ndjson`, which has the evidence of all cases of an operation
 * and is appended during the run. What several cases share (an exchange, the recorded input of a shared call) is one
 * line, to which the cases refer.
 */
import * as Type from 'typebox/type';
import {
  type Of,
  amount,
  anyOf,
  count,
  define,
  itself,
  json,
  list,
  literal,
  map,
  note,
  object,
  oneOf,
  optional,
  ordinal,
  tagged,
  text,
  time,
  whole,
} from './declare.ts';
import { parserOf } from './parser.ts';
import { redactedPlaces } from './redacted-places.ts';
import { operationId } from './shared.ts';

const headers = define(
  'headers',
  note(
    'In the order received; names in lower case, repeated names as separate entries.',
    list(
      Type.Unsafe<readonly [name: string, value: string]>({
        ...{ type: 'array', prefixItems: [text, text], items: false },
        ...{ minItems: 2, maxItems: 2 },
      }),
    ),
  ),
);

const request = object({ method: text, url: text, headers, body: optional(text) });

const response = object({
  status: whole,
  headers,
  body: note('As UTF-8; the empty string when there was none.', text),
  truncatedBytes: optional(
    note('Bytes that were received and not kept, or not read because the limit was reached.', count),
  ),
});

const transportFailure = object({
  code: note('A code of undici or the system: ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT.', text),
  message: text,
});

const purpose = oneOf('sign-in', 'discovery', 'preparation', 'act', 'observation', 'clean-up');

const redactedPlace = oneOf(...redactedPlaces);

const exchangeFacts = {
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
      list(redactedPlace),
    ),
  ),
};

const exchangeLine = define('exchange', object({ line: literal('exchange'), ...exchangeFacts }));

const failure = define(
  'failure',
  note(
    'Why there was no value.',
    tagged(
      'is',
      object({ is: literal('unreached'), root: text, message: text }),
      object({ is: literal('not-bound'), message: text }),
      object({ is: literal('no-capacity'), message: text, remedy: text }),
      object({ is: literal('stopped'), message: text }),
      object({ is: literal('token-ended'), message: text }),
      object({ is: literal('error'), name: text, message: text }),
    ),
  ),
);

const asked = note("The number of the check's call that it answers, counted from 0.", count);

const recordedInput = define(
  'recordedInput',
  tagged(
    'is',
    object({ asked, is: literal('value'), value: json }),
    object({ asked, is: literal('failure'), failure }),
    note('A random identifier, available at once.', object({ asked, is: literal('drawn'), value: text })),
    note(
      'The exchanges of one request by their ids, one per attempt; failure when a further one could not be sent.',
      object({ asked, is: literal('response'), exchanges: list(text), failure: optional(failure) }),
    ),
    note('A wait polls once more.', object({ asked, is: literal('look') })),
    note('A wait ends with its last poll.', object({ asked, is: literal('waited'), waitedMs: amount })),
    object({ asked, is: literal('shared'), key: text }),
  ),
);

const inputs = note('In the order in which the check received them.', list(recordedInput));

const transcript = define(
  'transcript',
  object({ inputs, shared: note('Shared requests, by key.', map(itself<Transcript>('transcript'))) }),
);

const sharedLine = define(
  'shared',
  note('The recorded input of a call that cases share.', object({ line: literal('shared'), transcript })),
);

const lineReference = define(
  'lineReference',
  note('The number of a line in the same file, or a place in another one.', anyOf(ordinal, text)),
);

const caseEvidenceLine = define(
  'case',
  object({
    line: literal('case'),
    id: note('Id of the case.', text),
    exchanges: list(lineReference),
    transcript: object({ inputs, shared: map(lineReference) }),
  }),
);

export const evidenceLine = anyOf(exchangeLine, sharedLine, caseEvidenceLine);

export const parseExchangeLine = parserOf(exchangeLine);
export const parseSharedLine = parserOf(sharedLine);
export const parseCaseEvidenceLine = parserOf(caseEvidenceLine);

export type EvidenceLine = Of<typeof evidenceLine>;
export type ExchangeLine = Of<typeof exchangeLine>;
export type SharedLine = Of<typeof sharedLine>;
export type CaseEvidenceLine = Of<typeof caseEvidenceLine>;
export type LineReference = Of<typeof lineReference>;
export type Exchange = Omit<ExchangeLine, 'line'>;
export type Headers = Of<typeof headers>;
export type Purpose = Of<typeof purpose>;
export type SentRequest = Of<typeof request>;
export type ReceivedResponse = Of<typeof response>;
export type TransportFailure = Of<typeof transportFailure>;
export type RedactedPlace = Of<typeof redactedPlace>;
export type RecordedInput = Of<typeof recordedInput>;
export type Failure = Of<typeof failure>;

/** Written out, since it contains itself. */
export interface Transcript {
  readonly inputs: readonly RecordedInput[];
  readonly shared: Readonly<Record<string, Transcript>>;
}
