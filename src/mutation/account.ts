/** The result of a mutation test: which fault killed which clause, and what is still unproven. */

export interface Kills {
  /** Faults by id, with the clauses that failed under them, in order. */
  readonly byFault: ReadonlyMap<string, readonly string[]>;
}

export interface MutationReport {
  readonly clauses: number;
  readonly faults: number;
  readonly kills: number;
  /** Clauses that failed under every fault of this mutation run that they name. */
  readonly proven: number;
  /** Killed faults: at least one clause failed under them; without those declared equivalent. */
  readonly killed: number;
  /** Cases that fail, or are not decided, without a fault. */
  readonly unsound: readonly { readonly clause: string; readonly why: string }[];
  /** Cases in which the cloud of the user deviates without a fault, so that they cannot show one. */
  readonly deviating: readonly { readonly clause: string; readonly why: string }[];
  /** Clauses that name a fault which does not make them fail; `why` is the last verdict. */
  readonly missed: readonly { readonly clause: string; readonly fault: string; readonly why: string }[];
  /** Names of faults that do not exist. */
  readonly unknown: readonly { readonly clause: string; readonly fault: string }[];
  /** Clauses that fail under no fault. */
  readonly unproven: readonly string[];
  /** Surviving faults: no clause fails under them, and they are not declared equivalent. */
  readonly survivors: readonly { readonly fault: string; readonly summary: string }[];
  /** Equivalent faults: no client can detect them. */
  readonly equivalents: readonly { readonly fault: string; readonly why: string }[];
  /** Faults declared equivalent that are not. */
  readonly mistaken: readonly { readonly fault: string; readonly clause: string }[];
}
