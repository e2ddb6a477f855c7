/** Verdicts and findings, as journal and report record them. */
import type { Of } from './declaration.ts';
import {
  amount,
  count,
  define,
  json,
  literal,
  nonEmpty,
  note,
  nullable,
  object,
  oneOf,
  optional,
  tagged,
  text,
} from './declare.ts';
import { verdictKinds } from './verdict-kinds.ts';

export const level = oneOf('MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY');

const exchange = note('Id of the exchange that shows it, as in the evidence.', text);
const pointer = note('JSON pointer into the body.', text);

const statusFinding = object({ kind: literal('status'), exchange, expected: nonEmpty(count), seen: count });
const schemaFinding = object({
  kind: literal('schema'),
  exchange,
  pointer,
  keyword: text,
  expected: note('A phrase, such as: a string.', text),
  seen: json,
  clause: optional(note('The clause that the schema names at that location.', text)),
});
const headerFinding = object({ kind: literal('header'), exchange, name: text, expected: text, seen: nullable(text) });
const valueFinding = object({
  kind: literal('value'),
  exchange,
  pointer,
  expected: json,
  seen: optional(note('Missing when there is no value at the pointer.', json)),
});
const bodyFinding = object({ kind: literal('body'), exchange, expected: text, seen: text });
const transitionFinding = object({
  kind: literal('transition'),
  exchange: note('Id of the last observation, as in the evidence.', text),
  expected: note('What was waited for, such as: volume status in-use.', text),
  seen: text,
  waitedMs: amount,
});
const waiverFinding = object({
  kind: literal('waiver'),
  exchange: note('Empty: no exchange shows it.', literal<string>('')),
  state: oneOf('unneeded', 'expired'),
  waives: text,
  owner: text,
  expires: text,
  listedAt: text,
});

interface StatusFinding extends Of<typeof statusFinding> {}
interface SchemaFinding extends Of<typeof schemaFinding> {}
interface HeaderFinding extends Of<typeof headerFinding> {}
interface ValueFinding extends Of<typeof valueFinding> {}
interface BodyFinding extends Of<typeof bodyFinding> {}
interface TransitionFinding extends Of<typeof transitionFinding> {}
interface WaiverFinding extends Of<typeof waiverFinding> {}

/** One observed deviation from the contract. `exchange` is the id of the exchange that shows it. */
export type Finding =
  StatusFinding | SchemaFinding | HeaderFinding | ValueFinding | BodyFinding | TransitionFinding | WaiverFinding;
export type FindingKind = Finding['kind'];

const finding = define<Finding>(
  'finding',
  tagged(
    'kind',
    statusFinding,
    schemaFinding,
    headerFinding,
    valueFinding,
    bodyFinding,
    transitionFinding,
    waiverFinding,
  ),
);
const findings = define('findings', nonEmpty(finding));

const pass = object({ is: literal('pass') });
const fail = object({ is: literal('fail'), findings });
const warn = object({ is: literal('warn'), findings });
const waived = object({ is: literal('waived'), findings, waiver: note('Why, who and until when.', text) });
const unstable = object({ is: literal('unstable'), findings, reason: text });
const notApplicable = object({ is: literal('not-applicable'), reason: text });
const notAttempted = object({
  is: literal('not-attempted'),
  reason: text,
  remedy: optional(note('What makes the case decidable.', text)),
});
const inconclusive = object({
  is: literal('inconclusive'),
  reason: text,
  cause: note('What blocks the case; the same text for every case that it blocks.', text),
});
const error = object({ is: literal('error'), reason: text });

interface Pass extends Of<typeof pass> {}
interface Fail extends Of<typeof fail> {}
interface Warn extends Of<typeof warn> {}
interface Waived extends Of<typeof waived> {}
/** Failed, and passed when it was run again. */
interface Unstable extends Of<typeof unstable> {}
interface NotApplicable extends Of<typeof notApplicable> {}
interface NotAttempted extends Of<typeof notAttempted> {}
interface Inconclusive extends Of<typeof inconclusive> {}
interface ErrorResult extends Of<typeof error> {}

export type Verdict =
  Pass | Fail | Warn | Waived | Unstable | NotApplicable | NotAttempted | Inconclusive | ErrorResult;
export type VerdictKind = (typeof verdictKinds)[number];

export const verdict = define<Verdict>(
  'verdict',
  tagged(
    'is',
    pass,
    fail,
    warn,
    waived,
    note(
      'Failed, and passed when it was run again alone on fresh fixtures; the findings are those of the attempt that failed.',
      unstable,
    ),
    notApplicable,
    notAttempted,
    inconclusive,
    error,
  ),
);

export const verdictKind = define('verdictKind', oneOf(...verdictKinds));

/** The RFC 2119 word of a statement; always derived from it. */
export type Level = Of<typeof level>;
