/**
 * The lines of `journal.ndjson`, appended during the run.
 *
 * First comes the run line with the whole plan, written before the first case; then one line per case, with an
 * inventory before and after them, and one line for each further attempt of a case; last the end line. A run that was
 * killed has no end line, and its planned cases without a line were not attempted.
 */
import { jsonObject, type Json } from '../json.ts';
import {
  type Of,
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
import { parserOf, type Parsed, type Parser } from './parser.ts';
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

const plannedClause = define('plannedClause', object(clauseFacts));

const plannedCase = define(
  'plannedCase',
  object({
    ...caseFacts,
    verdict: optional(
      note('Decided without a request: not-applicable, or not-attempted because an identity was not given.', verdict),
    ),
  }),
);

const missing = object({
  kind: oneOf('identity', 'capability', 'read-only'),
  name: optional(note('Of the identity or the capability.', text)),
  clauses: note('How many clauses need it.', ordinal),
});

const scopeFacts = define(
  'scopeFacts',
  note(
    'How much of the named resources the whole plan covers, also if the run is one shard of it.',
    object({
      resources: note(
        'The resources that a complete run tests.',
        list(object({ id: text, operations: list(operationId) })),
      ),
      clauses: share,
      cases: share,
      otherMicroversions: note('Cases left out whose clauses are tried at other microversions.', count),
      missing: note('Identities not given, capabilities declared missing, and read-only restrictions.', list(missing)),
      outside: note('Selected clauses of operations that belong to none of the resources.', count),
    }),
  ),
);

const runLine = define(
  'run',
  note(
    'The first line: the whole plan.',
    object({
      line: literal('run'),
      format: literal('openstack-conformance/journal'),
      formatVersion: literal(1),
      tool,
      run: object(startFacts),
      target,
      contract,
      operations: note('In the order of the contract, which reports keep.', list(operationId)),
      clauses: list(plannedClause),
      cases: list(plannedCase),
      errata: note('The errata on which the selected clauses depend.', list(erratum)),
      waivers: optional(note('The waivers for this target; missing when there are none.', list(boundWaiver))),
      scope: optional(scopeFacts),
      outline: optional(outline),
    }),
  ),
);

const result = { id: text, finishedAt: note('ISO 8601 with milliseconds, UTC.', time), ...resultFacts };

const earlierLine = define(
  'earlier',
  note(
    'The result of a case in an earlier run that this run continues; after the run line, the oldest first.',
    object({
      line: literal('earlier'),
      run: note('The name of that run.', text),
      alone: optional(note('It was a further attempt there.', literal(true))),
      ...result,
    }),
  ),
);

const caseLine = define('result', note('One per case with a verdict.', object({ line: literal('case'), ...result })));

const confirmationLine = define(
  'confirmation',
  note(
    'A further attempt of a case in the same run, alone and on fresh fixtures; after its case line.',
    object({ line: literal('confirmation'), ...result }),
  ),
);

const inventoryFacts = {
  line: literal('inventory'),
  run: note('The name of the run that took the inventory.', text),
  lists: listCounts,
};

const inventoryLine = define(
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

const endLine = define(
  'end',
  note(
    'The last line; missing when the run was killed.',
    object({
      line: literal('end'),
      ...endFacts,
      cost,
      leaks: list(leak),
      kept: optional(note('Resources of failed cases that were kept because of --keep.', list(kept))),
      rebuilds: optional(note('Fixtures whose first build failed.', list(rebuild))),
    }),
  ),
);

export const journalLine = anyOf(runLine, earlierLine, caseLine, confirmationLine, inventoryLine, endLine);

const parsers = {
  run: parserOf(runLine),
  earlier: parserOf(earlierLine),
  case: parserOf(caseLine),
  confirmation: parserOf(confirmationLine),
  inventory: parserOf(inventoryLine),
  end: parserOf(endLine),
} satisfies Readonly<Record<JournalLine['line'], Parser<JournalLine>>>;

export function parseJournalLine(value: Json): Parsed<JournalLine> {
  const { line } = jsonObject(value);
  if (isKind(line)) return parsers[line](value);
  return { is: 'invalid', pointer: '/line', expected: `one of ${Object.keys(parsers).join(', ')}` };
}

function isKind(line: Json | undefined): line is JournalLine['line'] {
  return typeof line === 'string' && Object.hasOwn(parsers, line);
}

export type JournalLine = Of<typeof journalLine>;
export type RunLine = Of<typeof runLine>;
/** A clause without results. */
export type PlannedClause = Of<typeof plannedClause>;
export type PlannedCase = Of<typeof plannedCase>;
/** The scope of a run as the journal records it. */
export type ScopeFacts = Of<typeof scopeFacts>;
export type Missing = Of<typeof missing>;
export type EarlierLine = Of<typeof earlierLine>;
export type CaseLine = Of<typeof caseLine>;
export type ConfirmationLine = Of<typeof confirmationLine>;
export type InventoryLine = Of<typeof inventoryLine>;
export type EndLine = Of<typeof endLine>;
