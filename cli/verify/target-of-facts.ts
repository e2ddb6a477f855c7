/** The target of a run, as its journal describes it. */
import type { Identity } from '../../src/clauses/identity.ts';
import type { Target } from '../../src/planning/target.ts';
import { parseRange } from '../../src/microversion.ts';
import type { TargetFacts } from '../../src/records/run-facts.ts';

/** Undefined when the range of microversions is not valid. */
export function targetOfFacts(facts: TargetFacts): Target | undefined {
  const { name, endpoints, microversions, identities, capabilities, fixtures } = facts;
  const range = parseRange(microversions);
  return (
    range && {
      name,
      endpoints,
      range,
      identities: new Set(identities.flatMap(({ role, given }) => (given ? [role as Identity] : []))),
      capabilities: Object.fromEntries(capabilities.map(({ id, has, source: source }) => [id, { has, source }])),
      fixtures,
    }
  );
}
