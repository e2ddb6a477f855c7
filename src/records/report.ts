/** The record of a run: the content of `report.json` and the input of every reporter. */
import {
  amount,
  count,
  define,
  flag,
  list,
  literal,
  note,
  object,
  oneOf,
  optional,
  ordinal,
  restricted,
  tallyOf,
  text,
} from './declare.ts';
import type { Declaration, Of } from './declaration.ts';
import { outline } from './outline.ts';
import {
  caseFacts,
  clauseFacts,
  contract,
  cost,
  endFacts,
  erratum,
  inventoryOutcome,
  kept,
  leak,
  listCounts,
  rebuild,
  resultFacts,
  startFacts,
  target,
  waiverFacts,
} from './run-facts.ts';
import { runVerdict, share, tool } from './shared.ts';
import { verdict, verdictKind } from './verdict.ts';
import { verdictKinds } from './verdict-kinds.ts';

const countsSchema = object(tallyOf(verdictKinds));
export interface Counts extends Of<typeof countsSchema> {}
const counts = define<Counts>('counts', countsSchema);

const bothCounts = object({ clauses: counts, cases: counts });

const runSchema = object({ ...startFacts, ...endFacts });
export interface RunFacts extends Of<typeof runSchema> {}
const run = define<RunFacts>('run', runSchema);

const clauseSchema = object({
  ...clauseFacts,
  verdict: note('The worst verdict of its decided cases.', verdictKind),
  cases: list(text),
});
export interface ClauseReport extends Of<typeof clauseSchema> {}
const clause = define<ClauseReport>('clause', clauseSchema);

const attemptSchema = object({
  run: note('The name of its run.', text),
  alone: optional(
    note(
      'A further attempt in the same run, without concurrent cases, on fixtures that no other case used.',
      literal(true),
    ),
  ),
  verdict,
  durationMs: amount,
  evidence: optional(text),
});
/** One attempt of a case that was tried more than once. */
export interface Attempt extends Of<typeof attemptSchema> {}
const attempt = define<Attempt>('attempt', attemptSchema);

const caseReportSchema = object({
  ...caseFacts,
  ...resultFacts,
  unconfirmed: optional(
    note('Why a failure was not confirmed by a second attempt, alone and on fresh fixtures: a sentence.', text),
  ),
  attempts: optional(
    note(
      'Of a case that was tried more than once, or in an earlier run: every attempt, the oldest first.',
      list(attempt, { minItems: 1 }),
    ),
  ),
});
export interface CaseReport extends Of<typeof caseReportSchema> {}
const caseReport = define<CaseReport>('case', caseReportSchema);

const waiverSchema = object({
  ...waiverFacts,
  state: note(
    'used: a case failed as listed; expired: a case failed after the last day; unneeded: every case was tried and none failed; open: not every case was tried, and none failed.',
    oneOf('used', 'expired', 'unneeded', 'open'),
  ),
});
export interface WaiverReport extends Of<typeof waiverSchema> {}
const waiver = define<WaiverReport>('waiver', waiverSchema);

const inventorySchema = object({
  run: note('The name of the run that took the inventory.', text),
  before: listCounts,
  after: note('Empty when the run crashed.', listCounts),
  ...inventoryOutcome,
});
/**
 * The resources in a run's projects before and after, and the changes to resources that are not the run's. A list that
 * failed makes the run partial; changes do not affect a verdict.
 */
export interface Inventory extends Of<typeof inventorySchema> {}
const inventory = define<Inventory>('inventory', inventorySchema);

const leftOutSchema = object({
  kind: oneOf(
    'excluded',
    'microversions',
    'identity',
    'capability',
    'service',
    'read-only',
    'waived',
    'shard',
    'outside',
  ),
  count: note('Of clauses; for microversions of cases, for shard of shards.', ordinal),
  total: ordinal,
  text: note('Without a full stop: 39 of 538 clauses excluded.', text),
});
export interface LeftOut extends Of<typeof leftOutSchema> {}
const leftOut: Declaration<LeftOut> = leftOutSchema;

const scopeSchema = object({
  complete: note(
    'All clauses of the resources at all their microversions, with all identities, none of them waived.',
    flag,
  ),
  summary: note('One line, such as: 39 of 538 clauses excluded; 6 of 251 operations selected.', text),
  resources: note('The resources that a complete run tests.', list(text)),
  operations: note(
    'Of the services; the total is missing where the journal does not have it.',
    object({ selected: count, total: optional(count) }),
  ),
  clauses: note('Of the resources.', share),
  cases: note('Of the resources.', share),
  leftOut: list(leftOut),
});
/** The scope of a run as reports show it. */
export interface ScopeReport extends Of<typeof scopeSchema> {}
const scope = define<ScopeReport>(
  'scope',
  note('How much of the named resources the run tests, and what it leaves out.', scopeSchema),
);

const suiteSchema = object({ name: text, verdict: runVerdict, reasons: list(text), counts: bothCounts });
/** The result of an extension suite, apart from the verdict on the reference. */
export interface SuiteReport extends Of<typeof suiteSchema> {}
const suite = define<SuiteReport>('suite', suiteSchema);

export const vacuous = note('Why the run proves nothing, or almost nothing; missing otherwise.', text);

const reportSchema = object({
  format: literal('openstack-conformance/report'),
  formatVersion: literal(1),
  tool,
  run,
  target,
  contracts: note('One per service that the run tests.', list(contract, { minItems: 1 })),
  verdict: runVerdict,
  reasons: note(
    'Full sentences: why the run is not conformant, or what it did not decide; empty for a conformant run.',
    list(text),
  ),
  vacuous: optional(vacuous),
  scope: optional(scope),
  counts: note('Of clauses of the reference alone.', bothCounts),
  suites: optional(note('Results of extension suites; the counts above do not include them.', list(suite))),
  clauses: note('By operation as in the contracts, then by id.', list(clause)),
  cases: note('By clause as above, then by microversion.', list(caseReport)),
  errata: note('The errata on which the selected clauses depend.', list(erratum)),
  waivers: note('The waivers for this target, each with its state.', list(waiver)),
  leaks: note('Resources that the run left behind.', list(leak)),
  kept: optional(
    note('Resources of failed cases that were kept because of --keep; missing when there are none.', list(kept)),
  ),
  rebuilds: optional(note('Fixtures whose first build failed; missing when there were none.', list(rebuild))),
  inventories: optional(
    note('Inventories of the projects before and after, by run; missing without an inventory.', list(inventory)),
  ),
  cost,
  outline: optional(outline),
});
export interface RunReport extends Of<typeof reportSchema> {}

export const report = restricted<RunReport>(reportSchema, {
  if: { properties: { verdict: { const: 'conformant' } } },
  then: {
    properties: {
      reasons: { type: 'array', maxItems: 0 },
      vacuous: false,
      leaks: { type: 'array', maxItems: 0 },
      scope: { type: 'object', properties: { complete: { const: true } }, additionalProperties: true },
    },
    required: ['scope'],
  },
  else: { properties: { reasons: { type: 'array', minItems: 1 } } },
});
