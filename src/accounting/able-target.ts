/** A target on which everything can be decided: what is planned for it is all that the clauses can show. */
import { type Clause } from '../conformance/clause.ts';
import { identities } from '../conformance/identity.ts';
import type { Target } from '../conformance/target.ts';
import type { Contract } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';

const unversioned: MicroversionRange = { first: { major: 1, minor: 0 }, last: { major: 1, minor: 0 } };

export function ableTarget({ microversions }: Contract, clauses: readonly Clause[]): Target {
  const names = clauses.flatMap(({ capabilities }) => capabilities);
  return {
    name: 'able',
    endpoints: {},
    range: microversions?.range ?? unversioned,
    identities: new Set(identities),
    capabilities: Object.fromEntries(names.map((name) => [name, { has: true, told: 'declared' }])),
    fixtures: {},
  };
}
