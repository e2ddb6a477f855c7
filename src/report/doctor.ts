/** What `doctor` tells about a target: `doctor --json` prints it, its JSON Schema is `doctor.schema.json`. */

export interface DoctorReport {
  readonly format: 'openstack-conformance/doctor';
  readonly formatVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** `whole`: a run can decide everything that binds this target; `none`: a run would not start. */
  readonly ability: 'whole' | 'partial' | 'none';
  /** Full sentences: why a run would not start. */
  readonly refusals: readonly Advice[];
  readonly target: {
    readonly name: string;
    /** By service type. */
    readonly endpoints: Readonly<Record<string, string>>;
    /** As text; missing where the target does not tell. */
    readonly microversions?: string;
    /** Those of the reference. */
    readonly contract: string;
    /** By how much the target's clock is ahead, milliseconds, to the second; missing where it sends no date. */
    readonly clockAheadMs?: number;
    /** Certificates are not checked. */
    readonly insecure: boolean;
  };
  readonly identities: readonly DoctorIdentity[];
  readonly quotas: readonly DoctorQuota[];
  readonly fixtures: readonly DoctorFixture[];
  readonly capabilities: readonly DoctorCapability[];
  readonly operations: readonly DoctorOperation[];
  /** What is missing for cases that cannot be decided, or do not bind. */
  readonly obstacles: readonly DoctorObstacle[];
  /** What a run bears, and better would not meet. */
  readonly advice: readonly Advice[];
}

export interface Advice {
  readonly what: string;
  readonly mend: string;
}

export interface DoctorIdentity {
  readonly role: string;
  readonly given: boolean;
  /** Not signed in here: a run would make it. */
  readonly toBeMade?: true;
  readonly option: string;
  /** Why it cannot be used, though it was given. */
  readonly unfit?: Advice;
  readonly user?: string;
  readonly project?: string;
  readonly roles: readonly string[];
  /** What hangs on it. */
  readonly cases: number;
  readonly clauses: number;
}

export interface DoctorQuota {
  readonly id: string;
  readonly words: string;
  readonly used: number;
  /** Null: without end. */
  readonly most: number | null;
  readonly free: number | null;
}

export interface DoctorFixture {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  readonly told: 'given' | 'chosen';
}

export interface DoctorCapability {
  readonly id: string;
  readonly words: string;
  readonly has: boolean;
  readonly told: 'declared' | 'found' | 'assumed';
  readonly mend: string;
}

export interface DoctorOperation {
  readonly operation: string;
  readonly cases: number;
  readonly decidable: number;
  readonly notApplicable: number;
}

export interface DoctorObstacle {
  readonly verdict: 'not-attempted' | 'not-applicable';
  readonly reason: string;
  readonly mend?: string;
  readonly cases: number;
}
