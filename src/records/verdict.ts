/** Verdicts and findings, as journal and report record them. */
import {
  type Of,
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

export const finding = define(
  'finding',
  tagged(
    'kind',
    object({ kind: literal('status'), exchange, expected: nonEmpty(count), seen: count }),
    object({
      kind: literal('schema'),
      exchange,
      pointer,
      keyword: text,
      expected: note('A phrase, such as: a string.', text),
      seen: json,
      clause: optional(note('The clause that the schema names at that location.', text)),
    }),
    object({ kind: literal('header'), exchange, name: text, expected: text, seen: nullable(text) }),
    object({
      kind: literal('value'),
      exchange,
      pointer,
      expected: json,
      seen: optional(note('Missing when there is no value at the pointer.', json)),
    }),
    object({ kind: literal('body'), exchange, expected: text, seen: text }),
    object({
      kind: literal('transition'),
      exchange: note('Id of the last observation, as in the evidence.', text),
      expected: note('What was waited for, such as: volume status in-use.', text),
      seen: text,
      waitedMs: amount,
    }),
    object({
      kind: literal('waiver'),
      exchange: note('Empty: no exchange shows it.', literal<string>('')),
      state: oneOf('unneeded', 'expired'),
      waives: text,
      owner: text,
      expires: text,
      listedAt: text,
    }),
  ),
);

const findings = define('findings', nonEmpty(finding));

export const verdict = define(
  'verdict',
  tagged(
    'is',
    object({ is: literal('pass') }),
    object({ is: literal('fail'), findings }),
    object({ is: literal('warn'), findings }),
    object({ is: literal('waived'), findings, waiver: note('Why, who and until when.', text) }),
    note(
      'Failed, and passed when it was run again alone on fresh fixtures; the findings are those of the attempt that failed.',
      object({ is: literal('unstable'), findings, reason: text }),
    ),
    object({ is: literal('not-applicable'), reason: text }),
    object({
      is: literal('not-attempted'),
      reason: text,
      remedy: optional(note('What makes the case decidable.', text)),
    }),
    object({
      is: literal('inconclusive'),
      reason: text,
      cause: note('What blocks the case; the same text for every case that it blocks.', text),
    }),
    object({ is: literal('error'), reason: text }),
  ),
);

export const verdictKind = define('verdictKind', oneOf(...verdictKinds));

/** The RFC 2119 word of a statement; always derived from it. */
export type Level = Of<typeof level>;
/** One observed deviation from the contract. `exchange` is the id of the exchange that shows it. */
export type Finding = Of<typeof finding>;
export type FindingKind = Finding['kind'];
export type Verdict = Of<typeof verdict>;
export type VerdictKind = Verdict['is'];
