/** The result of `doctor`, as `doctor --json` prints it; its JSON Schema is `doctor.schema.json`. */

export interface DoctorReport {
  readonly format: 'openstack-conformance/doctor';
  readonly formatVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** `whole`: a run can decide everything that applies to this target; `none`: a run would not start. */
  readonly ability: 'whole' | 'partial' | 'none';
  /** Full sentences: why a run would not start. */
  readonly refusals: readonly Advice[];
  readonly target: {
    readonly name: string;
    /** By service type. */
    readonly endpoints: Readonly<Record<string, string>>;
    /** As text; missing where the target does not report them. */
    readonly microversions?: string;
    /** The microversions of the reference. */
    readonly contract: string;
    /** How far the target's clock is ahead, in milliseconds, to the second; missing where it sends no date. */
    readonly clockAheadMs?: number;
    /** Certificates are not verified. */
    readonly insecure: boolean;
  };
  readonly identities: readonly DoctorIdentity[];
  readonly quotas: readonly DoctorQuota[];
  readonly fixtures: readonly DoctorFixture[];
  readonly capabilities: readonly DoctorCapability[];
  readonly operations: readonly DoctorOperation[];
  /** Why cases cannot be decided or do not apply. */
  readonly blockers: readonly DoctorBlocker[];
  /** Problems that a run tolerates but that should be fixed. */
  readonly advice: readonly Advice[];
}

export interface Advice {
  readonly what: string;
  readonly remedy: string;
}

export interface DoctorIdentity {
  readonly role: string;
  readonly given: boolean;
  /** Not signed in here: a run would create it. */
  readonly toBeMade?: true;
  readonly option: string;
  /** Why it cannot be used although it was given. */
  readonly unfit?: Advice;
  readonly user?: string;
  readonly project?: string;
  readonly roles: readonly string[];
  /** How many cases need it. */
  readonly cases: number;
  readonly clauses: number;
}

export interface DoctorQuota {
  readonly id: string;
  readonly words: string;
  readonly used: number;
  /** Null: unlimited. */
  readonly most: number | null;
  readonly free: number | null;
}

export interface DoctorFixture {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  readonly source: 'given' | 'chosen';
}

export interface DoctorCapability {
  readonly id: string;
  readonly words: string;
  readonly has: boolean;
  readonly source: 'declared' | 'found' | 'assumed';
  readonly remedy: string;
}

export interface DoctorOperation {
  readonly operation: string;
  readonly cases: number;
  readonly decidable: number;
  readonly notApplicable: number;
}

export interface DoctorBlocker {
  readonly verdict: 'not-attempted' | 'not-applicable';
  readonly reason: string;
  readonly remedy?: string;
  readonly cases: number;
}
