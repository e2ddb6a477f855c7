/** Messages between the scheduler of a mutation run and its workers: plain data. */
import type { Exchange } from '../client/exchange.ts';
import type { Asked } from './derived-fault.ts';
import type { CaseId } from '../planning/plan-cases.ts';
import type { Outcome } from './trial.ts';

/** A task for a worker: cases to run without any fault, or under one. All are of one API resource. */
export type WorkerTask =
  | { readonly kind: 'base'; readonly resource: string; readonly cases: readonly CaseId[] }
  | { readonly kind: 'fault'; readonly resource: string; readonly fault: string; readonly trials: readonly Trial[] };

/** One clause; its cases are tried in order until one of them is killed. */
export interface Trial {
  readonly clause: string;
  readonly cases: readonly CaseId[];
}

export type WorkerResult = TaskResult | { readonly kind: 'broke'; readonly reason: string };

export type TaskResult = {
  readonly resource: string;
  /** Method and path of all requests that reached the embedded cloud. */
  readonly requests: readonly string[];
} & (
  | { readonly kind: 'base'; readonly cases: readonly BaseCase[] }
  | { readonly kind: 'fault'; readonly fault: string; readonly outcomes: readonly ClauseOutcome[] }
);

export interface BaseCase {
  readonly outcome: Outcome;
  /** The requests under test and observations, for faults that change responses. */
  readonly exchanges: readonly ObservedExchange[];
  /** The rules of the simulator that these requests reached. */
  readonly rules: readonly string[];
}

export interface ObservedExchange extends Pick<Exchange, 'response' | 'operation'> {
  /** The documented call that the request is; missing for others. */
  readonly call?: Asked;
}

export interface ClauseOutcome {
  readonly clause: string;
  readonly killed: boolean;
  /** The outcome of the case that was killed, or of the last one that was run. */
  readonly outcome: Outcome;
}
