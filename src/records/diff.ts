/** The difference of two runs, as `diff --json` prints it. */
import { changes } from './changes.ts';
import type { Of } from './declaration.ts';
import {
  anyOf,
  define,
  list,
  literal,
  note,
  nullValue,
  object,
  oneOf,
  optional,
  tallyOf,
  text,
  time,
} from './declare.ts';
import { vacuous } from './report.ts';
import { ended, operationId, runVerdict, tool } from './shared.ts';
import { level, verdictKind } from './verdict.ts';

export type Change = (typeof changes)[number];

const sideSchema = object({
  name: text,
  startedAt: time,
  target: text,
  verdict: runVerdict,
  ended,
  vacuous: optional(vacuous),
  tool,
});
export interface DiffSide extends Of<typeof sideSchema> {}
const side = define<DiffSide>('side', sideSchema);

const factDifferenceSchema = object({
  fact: note('For example: microversions, reader, capability multiattach.', text),
  before: text,
  after: text,
});
export interface FactDifference extends Of<typeof factDifferenceSchema> {}

const changeCountsSchema = object(tallyOf(changes));
export interface ChangeCounts extends Of<typeof changeCountsSchema> {}
const changeCounts = define<ChangeCounts>('counts', changeCountsSchema);

const caseStateSchema = object({
  is: note('absent: the run did not plan the case.', anyOf(verdictKind, literal('absent'))),
  because: note('Full sentences: the findings, or why there is no verdict.', list(text)),
});
export interface CaseState extends Of<typeof caseStateSchema> {}
const caseState = define<CaseState>('state', caseStateSchema);

const caseChangeSchema = object({
  id: text,
  microversion: text,
  change: oneOf('regressed', 'changed', 'fixed', 'added', 'removed'),
  before: caseState,
  after: caseState,
});
export interface CaseChange extends Of<typeof caseChangeSchema> {}
const caseChange = define<CaseChange>('case', caseChangeSchema);

const verdictOrNull = anyOf(verdictKind, nullValue);

const clauseChangeSchema = object({
  id: text,
  operation: operationId,
  level,
  statement: text,
  change: note(
    'The most severe change of its cases.',
    oneOf('regressed', 'changed', 'fixed', 'added', 'removed', 'reworded'),
  ),
  before: note('The verdict on the clause; null where the run did not plan it.', verdictOrNull),
  after: verdictOrNull,
  statementBefore: optional(note('The earlier statement of a reworded clause; missing otherwise.', text)),
  cases: note('Changed cases, by microversion; empty for a reworded clause.', list(caseChange)),
});
export interface ClauseChange extends Of<typeof clauseChangeSchema> {}
const clauseChange = define<ClauseChange>('clause', clauseChangeSchema);

export const diff = object({
  format: literal('openstack-conformance/diff'),
  formatVersion: literal(1),
  before: side,
  after: side,
  differences: note(
    'Other differences between the two runs, which may explain the changes.',
    list<FactDifference>(factDifferenceSchema),
  ),
  counts: object({ clauses: changeCounts, cases: changeCounts }),
  clauses: note('Changed clauses, in the order of the report; unchanged ones are only counted.', list(clauseChange)),
});
export interface RunDiff extends Of<typeof diff> {}
