/** The scope of a run: how much of the named resources it tests, and what it leaves out. */
import type { ApiResource } from '../planning/complete-plan.ts';

/** As recorded in the journal: for the whole plan, even if the run is one shard of it. */
export interface ScopeFacts {
  /** The resources that a complete run tests. */
  readonly resources: readonly ApiResource[];
  readonly clauses: Share;
  readonly cases: Share;
  /** Cases left out whose clauses are tried at other microversions. */
  readonly otherMicroversions: number;
  /** Identities not given, capabilities declared missing, and read-only restrictions. */
  readonly missing: readonly Missing[];
  /** Selected clauses of operations that belong to none of the resources. */
  readonly outside: number;
}

export interface Share {
  readonly selected: number;
  readonly total: number;
}

export interface Missing {
  readonly kind: 'identity' | 'capability' | 'read-only';
  /** Of the identity or the capability. */
  readonly name?: string;
  /** How many clauses need it. */
  readonly clauses: number;
}

/** As reports show it. */
export interface ScopeReport {
  /** All clauses of the resources, at all their microversions, with all identities, none waived. */
  readonly complete: boolean;
  /** One line: `39 of 538 clauses excluded; 6 of 251 operations selected`. */
  readonly summary: string;
  /** Ids. */
  readonly resources: readonly string[];
  /** Of the service; the total is missing where the journal does not have it. */
  readonly operations: { readonly selected: number; readonly total?: number };
  /** Of the resources. */
  readonly clauses: Share;
  readonly cases: Share;
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly kind: 'excluded' | 'microversions' | Missing['kind'] | 'waived' | 'shard' | 'outside';
  /** Of clauses; for `microversions` of cases, for `shard` of shards. */
  readonly count: number;
  readonly total: number;
  /** Without a full stop: `39 of 538 clauses excluded`. */
  readonly text: string;
}
