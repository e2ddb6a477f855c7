/** The target of a run, as its journal describes it. */
import type { Identity } from '../../src/clauses/identity.ts';
import type { Target, TargetService } from '../../src/planning/target.ts';
import { parseRange, unversioned } from '../../src/microversion.ts';
import type { TargetFacts } from '../../src/records/run-facts.ts';

/** `tested`: the types of the services under test. Undefined when a range of microversions is not valid. */
export function targetOfFacts(facts: TargetFacts, tested: readonly string[]): Target | undefined {
  const { name, identities, capabilities, fixtures } = facts;
  const services: Record<string, TargetService> = {};
  for (const [type, { endpoint, microversions }] of Object.entries(facts.services)) {
    const range = microversions === undefined ? unversioned : parseRange(microversions);
    if (!range) return undefined;
    services[type] = { endpoint, ...(tested.includes(type) && { range }) };
  }
  return {
    name,
    services,
    identities: new Set(identities.flatMap(({ role, given }) => (given ? [role as Identity] : []))),
    capabilities: Object.fromEntries(capabilities.map(({ id, has, source: source }) => [id, { has, source }])),
    fixtures,
  };
}
