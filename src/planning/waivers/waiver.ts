/**
 * A waiver: a known failure of a target that is accepted until a date, with an owner and a reason.
 *
 * The listed cases are run. A case that fails is waived; one that passes, or fails after the last day, is a failure.
 */
import type { Position } from '../../diagnostic.ts';

export interface Waiver {
  /** The id of a clause, or of a single case. */
  readonly waives: string;
  /** The name of the target; `*` stands for any characters. */
  readonly target: string;
  readonly reason: string;
  /** Where the failure is tracked. */
  readonly link: string;
  readonly owner: string;
  /** `2027-01-31`: the last day on which it is valid, in UTC. */
  readonly expires: string;
  readonly at: Position;
}

/** A waiver for the target of a run, as the journal keeps it. */
export interface BoundWaiver extends Omit<Waiver, 'at'> {
  /** `waivers.yaml:12` */
  readonly listedAt: string;
  /** All cases that it covers on this target, including those that the run did not select. */
  readonly cases: readonly string[];
}

/** Compares with the day on which the run started, not with the day of the report. */
export function hasExpired({ expires }: Pick<Waiver, 'expires'>, runStartedAt: string): boolean {
  return runStartedAt.slice(0, expires.length) > expires;
}
