/**
 * Checks that a value read from a journal has the form of a verdict, including each finding.
 */
import type { Finding, FindingKind, Verdict, VerdictKind } from '../clauses/verdict.ts';
import { isObject, json, nonEmpty, nullable, number, oneOf, optional, shape, text, type Guard } from './guards.ts';

type FindingOf<K extends FindingKind> = Extract<Finding, { kind: K }>;
type VerdictOf<K extends VerdictKind> = Extract<Verdict, { is: K }>;

const findings: Readonly<Record<FindingKind, Guard>> = {
  status: shape<FindingOf<'status'>>({ kind: text, exchange: text, expected: nonEmpty(number), seen: number }),
  schema: shape<FindingOf<'schema'>>({
    kind: text,
    exchange: text,
    pointer: text,
    keyword: text,
    expected: text,
    seen: json,
    clause: optional(text),
  }),
  header: shape<FindingOf<'header'>>({
    kind: text,
    exchange: text,
    name: text,
    expected: text,
    seen: nullable(text),
  }),
  value: shape<FindingOf<'value'>>({ kind: text, exchange: text, pointer: text, expected: json, seen: optional(json) }),
  body: shape<FindingOf<'body'>>({ kind: text, exchange: text, expected: text, seen: text }),
  transition: shape<FindingOf<'transition'>>({
    kind: text,
    exchange: text,
    expected: text,
    seen: text,
    waitedMs: number,
  }),
  waiver: shape<FindingOf<'waiver'>>({
    kind: text,
    exchange: text,
    state: oneOf('unneeded', 'expired'),
    waives: text,
    owner: text,
    expires: text,
    listedAt: text,
  }),
};

const isFinding: Guard = (value) => isObject(value) && has(findings, value.kind) && findings[value.kind](value);

const verdicts: Readonly<Record<VerdictKind, Guard>> = {
  pass: shape<VerdictOf<'pass'>>({ is: text }),
  fail: shape<VerdictOf<'fail'>>({ is: text, findings: nonEmpty(isFinding) }),
  warn: shape<VerdictOf<'warn'>>({ is: text, findings: nonEmpty(isFinding) }),
  waived: shape<VerdictOf<'waived'>>({ is: text, findings: nonEmpty(isFinding), waiver: text }),
  unstable: shape<VerdictOf<'unstable'>>({ is: text, findings: nonEmpty(isFinding), reason: text }),
  'not-applicable': shape<VerdictOf<'not-applicable'>>({ is: text, reason: text }),
  'not-attempted': shape<VerdictOf<'not-attempted'>>({ is: text, reason: text, remedy: optional(text) }),
  inconclusive: shape<VerdictOf<'inconclusive'>>({ is: text, reason: text, cause: text }),
  error: shape<VerdictOf<'error'>>({ is: text, reason: text }),
};

export const isVerdict: Guard = (value) => isObject(value) && has(verdicts, value.is) && verdicts[value.is](value);

function has<K extends string>(table: Readonly<Record<K, Guard>>, key: unknown): key is K {
  return typeof key === 'string' && Object.hasOwn(table, key);
}
