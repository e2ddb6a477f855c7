/** Checks that a value read from a file has the form of an evidence line. */
import { redactedPlaces, type ReceivedResponse, type SentRequest, type TransportFailure } from '../client/exchange.ts';
import type { Failure, RecordedInput, Transcript } from '../execution/transcript.ts';
import type { CaseEvidenceLine, ExchangeLine, SharedLine } from './evidence-line.ts';
import { isObject, json, list, map, number, oneOf, optional, shape, text, type Guard } from './guards.ts';

type FailureOf<K extends Failure['is']> = Extract<Failure, { is: K }>;
type InputOf<K extends RecordedInput['is']> = Extract<RecordedInput, { is: K }>;

const headers = list((value) => Array.isArray(value) && value.length === 2 && value.every(text));

export const isExchangeLine = shape<ExchangeLine>({
  line: oneOf('exchange'),
  id: text,
  purpose: oneOf('sign-in', 'discovery', 'preparation', 'act', 'observation', 'clean-up'),
  attempt: optional(number),
  operation: optional(text),
  identity: text,
  request: shape<SentRequest>({ method: text, url: text, headers, body: optional(text) }),
  response: optional(
    shape<ReceivedResponse>({ status: number, headers, body: text, truncatedBytes: optional(number) }),
  ),
  failure: optional(shape<TransportFailure>({ code: text, message: text })),
  startedAt: text,
  durationMs: number,
  redacted: optional(list(oneOf(...redactedPlaces))),
});

const failures: Readonly<Record<Failure['is'], Guard>> = {
  unreached: shape<FailureOf<'unreached'>>({ is: text, root: text, message: text }),
  'not-bound': shape<FailureOf<'not-bound'>>({ is: text, message: text }),
  'no-capacity': shape<FailureOf<'no-capacity'>>({ is: text, message: text, remedy: text }),
  stopped: shape<FailureOf<'stopped'>>({ is: text, message: text }),
  'token-ended': shape<FailureOf<'token-ended'>>({ is: text, message: text }),
  error: shape<FailureOf<'error'>>({ is: text, name: text, message: text }),
};

const failure = kindIn(failures);

const inputs: Readonly<Record<RecordedInput['is'], Guard>> = {
  value: shape<InputOf<'value'>>({ asked: number, is: text, value: json }),
  failure: shape<InputOf<'failure'>>({ asked: number, is: text, failure }),
  drawn: shape<InputOf<'drawn'>>({ asked: number, is: text, value: text }),
  response: shape<InputOf<'response'>>({ asked: number, is: text, exchanges: list(text), failure: optional(failure) }),
  look: shape<InputOf<'look'>>({ asked: number, is: text }),
  waited: shape<InputOf<'waited'>>({ asked: number, is: text, waitedMs: number }),
  shared: shape<InputOf<'shared'>>({ asked: number, is: text, key: text }),
};

const recordedInputs = list(kindIn(inputs));

const isTranscript: Guard = (value) => shape<Transcript>({ inputs: recordedInputs, shared: map(isTranscript) })(value);

export const isSharedLine = shape<SharedLine>({ line: oneOf('shared'), transcript: isTranscript });

const isReference: Guard = (value) => text(value) || number(value);

export const isCaseEvidenceLine = shape<CaseEvidenceLine>({
  line: oneOf('case'),
  id: text,
  exchanges: list(isReference),
  transcript: shape<CaseEvidenceLine['transcript']>({ inputs: recordedInputs, shared: map(isReference) }),
});

function kindIn(guards: Readonly<Record<string, Guard>>): Guard {
  return (value) =>
    isObject(value) &&
    typeof value.is === 'string' &&
    Object.hasOwn(guards, value.is) &&
    guards[value.is]?.(value) === true;
}
