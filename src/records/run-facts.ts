/** What journal and report both record of a run: its target, contract, clauses, results and leftovers. */
import type { Declaration, Of } from './declaration.ts';
import {
  amount,
  anyOf,
  count,
  day,
  define,
  filledText,
  flag,
  list,
  literal,
  map,
  note,
  object,
  oneOf,
  optional,
  sha256,
  text,
  time,
} from './declare.ts';
import { capabilitySource, ended, fixture, limits, operationId, shard, source } from './shared.ts';
import { level, verdict } from './verdict.ts';

const runPartSchema = object({ name: text, startedAt: time });
export interface RunPart extends Of<typeof runPartSchema> {}
const runPart: Declaration<RunPart> = runPartSchema;

const utc = note('ISO 8601 with milliseconds, UTC.', time);

/** What is known of a run when it starts. */
export const startFacts = {
  name: note('Also the prefix of everything that the run created.', text),
  startedAt: utc,
  command: note('The options as given; no secret is among them.', list(text)),
  limits: optional(limits),
  shard: optional(note('Of a run that executes one shard of a plan.', shard)),
  plan: optional(note('SHA-256 of the whole plan and its inputs: runs that share it can be merged.', sha256)),
  parts: optional(
    note('The runs that this one merges or continues; the oldest first.', list(runPart, { minItems: 1 })),
  ),
};

/** What is known when it ends. */
export const endFacts = { ended, finishedAt: utc, durationMs: amount };

const identitySchema = object({
  role: text,
  given: flag,
  made: optional(note('Created by an administrator for this run alone.', literal(true))),
  unusable: optional(note('Why an identity that was named or was to be created cannot be used, as a sentence.', text)),
  option: note('The option that gives it.', text),
  client: optional(
    note(
      'How the openstack client gets it, or for one that was created, its creator; missing for the embedded cloud.',
      object({
        options: list(text),
        variables: optional(note('Names of the OS_* variables that it also needs.', list(text))),
      }),
    ),
  ),
  project: optional(note('The id of its project.', text)),
  user: optional(note('The id of its user.', text)),
});
export interface IdentityFacts extends Of<typeof identitySchema> {}
const identity: Declaration<IdentityFacts> = identitySchema;

const capabilitySchema = object({ id: text, has: flag, source: capabilitySource });
export interface CapabilityFacts extends Of<typeof capabilitySchema> {}
const capability: Declaration<CapabilityFacts> = capabilitySchema;

const serviceSchema = object({
  endpoint: text,
  microversions: optional(
    note(
      'The range that the target reports as supported, such as 2.1-2.104; missing for a service that the run does not test, or that has none.',
      text,
    ),
  ),
});
export interface ServiceFacts extends Of<typeof serviceSchema> {}
const service = define<ServiceFacts>('service', serviceSchema);

const targetSchema = object({
  name: text,
  release: optional(note('The release that the embedded cloud simulates; missing for any other target.', text)),
  services: note(
    'The services that the run used, by type; a service of its contracts that the target does not have is missing.',
    map(service),
  ),
  identities: list(identity),
  capabilities: list(capability),
  fixtures: note('Flavor, image and other fixtures, by kind: chosen by the run or given.', map(text)),
  fixtureFacts: optional(
    note('The same with their names, and whether the operator gave them; missing in older runs.', list(fixture)),
  ),
  insecure: optional(
    note(
      'The roles for which certificates of the target were not verified; missing when all were verified.',
      list(text),
    ),
  ),
});
export interface TargetFacts extends Of<typeof targetSchema> {}
export const target = define<TargetFacts>('target', targetSchema);

const contractSchema = object({
  service: text,
  origin: object({ title: text, revision: text, date: text, license: text }),
  digest: note('SHA-256 of the contract as one file, hexadecimal.', text),
  operations: optional(
    note('Number of operations in the reference of the service, including those of the run.', count),
  ),
});
export interface ContractFacts extends Of<typeof contractSchema> {}
export const contract = define<ContractFacts>('contract', contractSchema);

/** A clause without results. */
export const clauseFacts = {
  id: text,
  operation: operationId,
  suite: optional(note('The extension suite of the clause; missing for a clause of the reference.', text)),
  statement: text,
  level,
  kind: oneOf('derived', 'written'),
  source,
  range: note('Microversions to which the clause applies, such as 2.70-.', text),
  errata: list(text),
};

/** A case without a result. */
export const caseFacts = {
  id: note('Clause and microversion: compute/attach-volume#echoes-tag@2.70.', text),
  clause: text,
  operation: operationId,
  microversion: text,
  identities: note(
    'The identities that the clause needs; the one that sends the request under test comes first.',
    list(text),
  ),
};

/** The result of a case. */
export const resultFacts = {
  verdict,
  durationMs: amount,
  exchanges: count,
  evidence: optional(
    note(
      'File and line in the run folder, `evidence/compute/attach-volume.ndjson:17`; missing when nothing was sent and the check had no recorded input.',
      text,
    ),
  ),
};

export const erratum = define(
  'erratum',
  object({
    id: text,
    operations: list(operationId),
    says: note('What the text says.', text),
    seen: note('What implementations do.', text),
    since: note('The release or microversion since which this is so.', text),
    evidence: text,
    reading: note('How the text is read.', text),
  }),
);

export const waiverFacts = {
  waives: note('The id of a clause, or of a case.', text),
  target: note('The name of the target; * stands for any characters.', text),
  reason: filledText,
  link: note('Where the failure is tracked.', filledText),
  owner: filledText,
  expires: note('The last day on which it is valid, in UTC.', day),
  listedAt: note('File and line of the entry.', text),
  cases: note('All cases that it covers on the target, also those that were not selected.', list(text)),
};

const boundWaiverSchema = object(waiverFacts);
/** A waiver for the target of a run, as the journal keeps it. */
export interface BoundWaiver extends Of<typeof boundWaiverSchema> {}
export const boundWaiver = define<BoundWaiver>('boundWaiver', boundWaiverSchema);

const rebuildSchema = object({
  what: note('The fixture, such as: fixture busy.', text),
  reason: note('Why the first attempt failed.', text),
  again: note('The result of the second attempt.', oneOf('built', 'failed')),
});
/** A second attempt to build a fixture, and its result. */
export interface Rebuild extends Of<typeof rebuildSchema> {}
export const rebuild = define<Rebuild>('rebuild', rebuildSchema);

const leftover = {
  type: text,
  id: text,
  name: text,
  command: note('An openstack command line that removes it.', text),
  variables: optional(
    note('OS_* variables that the command needs as in the run; missing when there are none.', list(text)),
  ),
};

const leakSchema = object(leftover);
export interface Leak extends Of<typeof leakSchema> {}
export const leak = define<Leak>('leak', leakSchema);

const keptSchema = object({ ...leftover, case: note('Id of the failed case that used it.', text) });
/** A resource that was not removed, so that the requests of a failure can be repeated; `cleanup` removes it. */
export interface Kept extends Of<typeof keptSchema> {}
export const kept = define<Kept>('kept', keptSchema);

const counted = { identity: text, type: text };

export const listCount = define(
  'listCount',
  note(
    'One list of one project, counted.',
    anyOf(object({ ...counted, count }), object({ ...counted, failed: note('Why the list failed.', text) })),
  ),
);

const thingStateSchema = object({
  name: text,
  status: text,
  attachments: note("Ids: of a server's volumes, of a volume's servers.", list(text)),
});
export interface ThingState extends Of<typeof thingStateSchema> {}
const thingState = define<ThingState>('thingState', thingStateSchema);

const inventoryChangeSchema = object({
  type: text,
  id: text,
  before: optional(thingState),
  after: optional(thingState),
});
export interface InventoryChange extends Of<typeof inventoryChangeSchema> {}
export const inventoryChange = define<InventoryChange>(
  'inventoryChange',
  note(
    "A resource that is not the run's. Without before it appeared, without after it disappeared.",
    inventoryChangeSchema,
  ),
);

export const listCounts = list(listCount);

export const inventoryOutcome = {
  changes: note("Changes to resources that are not the run's; they do not affect a verdict.", list(inventoryChange)),
  more: note('Number of changes beyond the listed ones.', count),
};

const costSchema = object({
  exchanges: count,
  targetBusyMs: note('Milliseconds during which at least one request waited for the target.', amount),
  targetMs: note('Sum over all exchanges, milliseconds.', amount),
  ownCpuMs: note('CPU of the harness, milliseconds.', amount),
  created: note('Created in the run, by type.', map(count)),
});
export interface Cost extends Of<typeof costSchema> {}
export const cost = define<Cost>('cost', costSchema);
/** A list of one project without its entries. */
export type ResourceListCount = Of<typeof listCount>;
