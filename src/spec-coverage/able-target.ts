/** A target with every identity and capability: its plan contains every case that the clauses can have. */
import { type Clause } from '../clauses/clause.ts';
import { identities } from '../clauses/identity.ts';
import type { Target } from '../planning/target.ts';
import type { Contract } from '../contract/model.ts';
import { unversioned } from '../microversion.ts';

export function ableTarget({ service, microversions }: Contract, clauses: readonly Clause[]): Target {
  const names = clauses.flatMap(({ capabilities }) => capabilities);
  return {
    name: 'able',
    services: { [service]: { endpoint: '', range: microversions?.range ?? unversioned } },
    identities: new Set(identities),
    capabilities: Object.fromEntries(names.map((name) => [name, { has: true, source: 'declared' }])),
    fixtures: {},
  };
}
