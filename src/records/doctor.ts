/** What a run can decide on a target, as `doctor --json` prints it. */
import type { Declaration, Of } from './declaration.ts';
import {
  count,
  define,
  flag,
  list,
  literal,
  map,
  note,
  nullable,
  object,
  oneOf,
  optional,
  text,
  whole,
} from './declare.ts';
import { blockerFacts, operationFacts } from './plan.ts';
import { capabilitySource, fixture, tool } from './shared.ts';

const adviceSchema = object({ what: text, remedy: text });
export interface Advice extends Of<typeof adviceSchema> {}
const advice = define<Advice>('advice', adviceSchema);

const target = object({
  name: text,
  endpoints: note('By service type.', map(text)),
  microversions: optional(note('Missing where the target does not report them.', text)),
  contract: note('The microversions of the reference.', text),
  clockAheadMs: optional(
    note("How far the target's clock is ahead, to the second; missing where it sends no date.", whole),
  ),
  insecure: note('Certificates are not verified.', flag),
});

const identitySchema = object({
  role: text,
  given: flag,
  toBeMade: optional(note('Not signed in here: a run would create it.', literal(true))),
  option: note('The option that gives it.', text),
  unusable: optional(note('Why it cannot be used although it was given.', advice)),
  user: optional(text),
  project: optional(text),
  roles: list(text),
  cases: note('How many cases need it.', count),
  clauses: count,
});
export interface DoctorIdentity extends Of<typeof identitySchema> {}
const identity: Declaration<DoctorIdentity> = identitySchema;

const limit = note('Null: unlimited.', nullable(whole));

const quota = object({ id: text, words: text, used: whole, most: limit, free: limit });

const capability = object({ id: text, words: text, has: flag, source: capabilitySource, remedy: text });

export const doctor = object({
  format: literal('openstack-conformance/doctor'),
  formatVersion: literal(1),
  tool,
  ability: note(
    'whole: a run can decide everything that applies to this target; none: a run would not start.',
    oneOf('whole', 'partial', 'none'),
  ),
  refusals: note('Why a run would not start.', list(advice)),
  target,
  identities: list(identity),
  quotas: list(quota),
  fixtures: list(fixture),
  capabilities: list(capability),
  operations: list(object({ ...operationFacts, notApplicable: count })),
  blockers: note(
    'Why cases cannot be decided or do not apply.',
    list(object({ ...blockerFacts, cases: note('How many.', count) })),
  ),
  advice: note('Problems that a run tolerates but that should be fixed.', list(advice)),
});
export interface DoctorReport extends Of<typeof doctor> {}
