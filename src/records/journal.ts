/**
 * The lines of `journal.ndjson`, appended during the run.
 *
 * First comes the run line with the whole plan, written before the first case; then one line per case, with an
 * inventory before and after them, and one line for each further attempt of a case; last the end line. A run that was
 * killed has no end line, and its planned cases without a line were not attempted.
 */
import type { Declaration, Of } from './declaration.ts';
import {
  anyOf,
  count,
  define,
  list,
  literal,
  note,
  object,
  oneOf,
  optional,
  tagged,
  text,
  time,
  ordinal,
} from './declare.ts';
import { outline } from './outline.ts';
import {
  boundWaiver,
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
} from './run-facts.ts';
import { operationId, share, tool } from './shared.ts';
import { verdict } from './verdict.ts';

const plannedClauseSchema = object(clauseFacts);
/** A clause without results. */
export interface PlannedClause extends Of<typeof plannedClauseSchema> {}
const plannedClause = define<PlannedClause>('plannedClause', plannedClauseSchema);

const plannedCaseSchema = object({
  ...caseFacts,
  verdict: optional(
    note('Decided without a request: not-applicable, or not-attempted because an identity was not given.', verdict),
  ),
});
export interface PlannedCase extends Of<typeof plannedCaseSchema> {}
const plannedCase = define<PlannedCase>('plannedCase', plannedCaseSchema);

const missingSchema = object({
  kind: oneOf('identity', 'capability', 'service', 'read-only'),
  name: optional(note('Of the identity, the capability or the service.', text)),
  clauses: note('How many clauses need it.', ordinal),
});
export interface Missing extends Of<typeof missingSchema> {}
const missing: Declaration<Missing> = missingSchema;

const scopeFactsSchema = object({
  resources: note(
    'The resources that a complete run tests.',
    list(object({ id: text, operations: list(operationId) })),
  ),
  clauses: share,
  cases: share,
  otherMicroversions: note('Cases left out whose clauses are tried at other microversions.', count),
  missing: note(
    'Identities not given, capabilities declared missing, services that the target lacks, and read-only restrictions.',
    list(missing),
  ),
  outside: note('Selected clauses of operations that belong to none of the resources.', count),
});
/** The scope of a run as the journal records it. */
export interface ScopeFacts extends Of<typeof scopeFactsSchema> {}
const scopeFacts = define<ScopeFacts>(
  'scopeFacts',
  note('How much of the named resources the whole plan covers, also if the run is one shard of it.', scopeFactsSchema),
);

const runLineSchema = object({
  line: literal('run'),
  format: literal('openstack-conformance/journal'),
  formatVersion: literal(1),
  tool,
  run: object(startFacts),
  target,
  contracts: note('One per service that the run tests.', list(contract, { minItems: 1 })),
  operations: note('In the order of the contracts, which reports keep.', list(operationId)),
  clauses: list(plannedClause),
  cases: list(plannedCase),
  errata: note('The errata on which the selected clauses depend.', list(erratum)),
  waivers: optional(note('The waivers for this target; missing when there are none.', list(boundWaiver))),
  scope: optional(scopeFacts),
  outline: optional(outline),
});
export interface RunLine extends Of<typeof runLineSchema> {}
export const runLine = define<RunLine>('run', note('The first line: the whole plan.', runLineSchema));

const result = { id: text, finishedAt: note('ISO 8601 with milliseconds, UTC.', time), ...resultFacts };

const earlierLineSchema = object({
  line: literal('earlier'),
  run: note('The name of that run.', text),
  alone: optional(note('It was a further attempt there.', literal(true))),
  ...result,
});
export interface EarlierLine extends Of<typeof earlierLineSchema> {}
export const earlierLine = define<EarlierLine>(
  'earlier',
  note(
    'The result of a case in an earlier run that this run continues; after the run line, the oldest first.',
    earlierLineSchema,
  ),
);

const caseLineSchema = object({ line: literal('case'), ...result });
export interface CaseLine extends Of<typeof caseLineSchema> {}
export const caseLine = define<CaseLine>('result', note('One per case with a verdict.', caseLineSchema));

const confirmationLineSchema = object({ line: literal('confirmation'), ...result });
export interface ConfirmationLine extends Of<typeof confirmationLineSchema> {}
export const confirmationLine = define<ConfirmationLine>(
  'confirmation',
  note(
    'A further attempt of a case in the same run, alone and on fresh fixtures; after its case line.',
    confirmationLineSchema,
  ),
);

const inventoryFacts = {
  line: literal('inventory'),
  run: note('The name of the run that took the inventory.', text),
  lists: listCounts,
};

export const inventoryLine = define(
  'inventoryLine',
  note(
    'What the lists of the projects showed, before the first case and after the run had cleaned up.',
    tagged(
      'when',
      object({ ...inventoryFacts, when: literal('before') }),
      object({ ...inventoryFacts, when: literal('after'), ...inventoryOutcome }),
    ),
  ),
);

const endLineSchema = object({
  line: literal('end'),
  ...endFacts,
  cost,
  leaks: list(leak),
  kept: optional(note('Resources of failed cases that were kept because of --keep.', list(kept))),
  rebuilds: optional(note('Fixtures whose first build failed.', list(rebuild))),
});
export interface EndLine extends Of<typeof endLineSchema> {}
export const endLine = define<EndLine>('end', note('The last line; missing when the run was killed.', endLineSchema));

export const journalLine = anyOf(runLine, earlierLine, caseLine, confirmationLine, inventoryLine, endLine);

export type JournalLine = Of<typeof journalLine>;
export type InventoryLine = Of<typeof inventoryLine>;
