/**
 * The lines of an evidence file, `evidence/SERVICE/OPERATION.ndjson`, which has the evidence of all cases of an operation
 * and is appended during the run. What several cases share (an exchange, the recorded input of a shared call) is one
 * line, to which the cases refer.
 */
import type { Of } from './declaration.ts';
import {
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
  optional,
  ordinal,
  tagged,
  text,
} from './declare.ts';
import { exchangeFacts } from './exchange.ts';

const exchangeLineSchema = object({ line: literal('exchange'), ...exchangeFacts });
export interface ExchangeLine extends Of<typeof exchangeLineSchema> {}
export const exchangeLine = define<ExchangeLine>('exchange', exchangeLineSchema);

const unreached = object({ is: literal('unreached'), root: text, message: text });
const notBound = object({ is: literal('not-bound'), message: text });
const noCapacity = object({ is: literal('no-capacity'), message: text, remedy: text });
const stopped = object({ is: literal('stopped'), message: text });
const tokenEnded = object({ is: literal('token-ended'), message: text });
const error = object({ is: literal('error'), name: text, message: text });

interface UnreachedFailure extends Of<typeof unreached> {}
interface NotBoundFailure extends Of<typeof notBound> {}
interface NoCapacityFailure extends Of<typeof noCapacity> {}
interface StoppedFailure extends Of<typeof stopped> {}
interface TokenEndedFailure extends Of<typeof tokenEnded> {}
interface ErrorFailure extends Of<typeof error> {}

export type Failure =
  UnreachedFailure | NotBoundFailure | NoCapacityFailure | StoppedFailure | TokenEndedFailure | ErrorFailure;

const failure = define<Failure>(
  'failure',
  note('Why there was no value.', tagged('is', unreached, notBound, noCapacity, stopped, tokenEnded, error)),
);

const asked = note("The number of the check's call that it answers, counted from 0.", count);

const valueInput = object({ asked, is: literal('value'), value: json });
const failureInput = object({ asked, is: literal('failure'), failure });
const drawnInput = object({ asked, is: literal('drawn'), value: text });
const responseInput = object({
  asked,
  is: literal('response'),
  exchanges: list(text),
  failure: optional(failure),
});
const lookInput = object({ asked, is: literal('look') });
const waitedInput = object({ asked, is: literal('waited'), waitedMs: amount });
const sharedInput = object({ asked, is: literal('shared'), key: text });

interface ValueInput extends Of<typeof valueInput> {}
interface FailureInput extends Of<typeof failureInput> {}
interface DrawnInput extends Of<typeof drawnInput> {}
interface ResponseInput extends Of<typeof responseInput> {}
interface LookInput extends Of<typeof lookInput> {}
interface WaitedInput extends Of<typeof waitedInput> {}
interface SharedInput extends Of<typeof sharedInput> {}

export type RecordedInput =
  ValueInput | FailureInput | DrawnInput | ResponseInput | LookInput | WaitedInput | SharedInput;

const recordedInput = define<RecordedInput>(
  'recordedInput',
  tagged(
    'is',
    valueInput,
    failureInput,
    note('A random identifier, available at once.', drawnInput),
    note(
      'The exchanges of one request by their ids, one per attempt; failure when a further one could not be sent.',
      responseInput,
    ),
    note('A wait polls once more.', lookInput),
    note('A wait ends with its last poll.', waitedInput),
    sharedInput,
  ),
);

const inputs = note('In the order in which the check received them.', list(recordedInput));

/** Written out, since it contains itself. */
export interface Transcript {
  readonly inputs: readonly RecordedInput[];
  readonly shared: Readonly<Record<string, Transcript>>;
}

const transcript = define<Transcript>(
  'transcript',
  object({ inputs, shared: note('Shared requests, by key.', map(itself<Transcript>('transcript'))) }),
);

const sharedLineSchema = object({ line: literal('shared'), transcript });
export interface SharedLine extends Of<typeof sharedLineSchema> {}
export const sharedLine = define<SharedLine>(
  'shared',
  note('The recorded input of a call that cases share.', sharedLineSchema),
);

const lineReference = define(
  'lineReference',
  note('The number of a line in the same file, or a place in another one.', anyOf(ordinal, text)),
);

const caseEvidenceLineSchema = object({
  line: literal('case'),
  id: note('Id of the case.', text),
  exchanges: list(lineReference),
  transcript: object({ inputs, shared: map(lineReference) }),
});
export interface CaseEvidenceLine extends Of<typeof caseEvidenceLineSchema> {}
export const caseEvidenceLine = define<CaseEvidenceLine>('case', caseEvidenceLineSchema);

export const evidenceLine = anyOf(exchangeLine, sharedLine, caseEvidenceLine);

export type EvidenceLine = Of<typeof evidenceLine>;
export type LineReference = Of<typeof lineReference>;
