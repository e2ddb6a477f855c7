/** What the conductor of a refutation and its performers tell each other: plain data. */
import type { Exchange } from '../client/exchange.ts';
import type { CaseId } from '../conformance/plan-cases.ts';
import type { Outcome } from './trial.ts';

/** Cases to run without any fault, or under one. */
export type Errand =
  | { readonly kind: 'base'; readonly cases: readonly CaseId[] }
  | { readonly kind: 'fault'; readonly fault: string; readonly trials: readonly Trial[] };

/** One clause; its cases are tried in order until one of them is killed. */
export interface Trial {
  readonly clause: string;
  readonly cases: readonly CaseId[];
}

export type Told =
  | { readonly kind: 'base'; readonly cases: readonly BaseCase[] }
  | { readonly kind: 'fault'; readonly fault: string; readonly outcomes: readonly ClauseOutcome[] }
  | { readonly kind: 'broke'; readonly reason: string };

export interface BaseCase {
  readonly outcome: Outcome;
  /** The judged exchanges, for faults that change replies. */
  readonly exchanges: readonly Pick<Exchange, 'request' | 'response' | 'operation'>[];
  /** The rules of the simulator that its judged requests made it look at. */
  readonly rules: readonly string[];
}

export interface ClauseOutcome {
  readonly clause: string;
  readonly killed: boolean;
  /** Of the case that was killed, or of the last one tried. */
  readonly outcome: Outcome;
}
