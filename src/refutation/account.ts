/** What a refutation has shown: which clause fell to which fault, and what is still to be shown. */

export interface Kills {
  /** Faults by id, with the clauses that they broke, in order. */
  readonly byFault: ReadonlyMap<string, readonly string[]>;
}

export interface RefutationAccount {
  readonly clauses: number;
  readonly faults: number;
  readonly kills: number;
  /** Clauses that fell, to every fault of this round that they name. */
  readonly refuted: number;
  /** Faults that broke a clause, those said to be equivalent apart. */
  readonly killed: number;
  /** Cases that do not hold without a fault, or were not decided there. */
  readonly unsound: readonly { readonly clause: string; readonly why: string }[];
  /** Cases in which a cloud of the user's departs by itself, so that no fault can be tried by them. */
  readonly departing: readonly { readonly clause: string; readonly why: string }[];
  /** Clauses that name a fault which does not break them; `why` is the last verdict. */
  readonly missed: readonly { readonly clause: string; readonly fault: string; readonly why: string }[];
  /** Names of faults that do not exist. */
  readonly unknown: readonly { readonly clause: string; readonly fault: string }[];
  /** Clauses that nothing breaks. */
  readonly unrefuted: readonly string[];
  /** Faults that break no clause, and are not said to be equivalent. */
  readonly survivors: readonly { readonly fault: string; readonly summary: string }[];
  /** Faults that no client can tell. */
  readonly equivalents: readonly { readonly fault: string; readonly why: string }[];
  /** Faults said to be equivalent that are not. */
  readonly mistaken: readonly { readonly fault: string; readonly clause: string }[];
}
