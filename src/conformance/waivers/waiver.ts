/**
 * A waiver: a failure of a target that is known and accepted until a day, with who answers for it and why.
 *
 * The listed cases run all the same. What fails as listed is waived; what passes, or fails after the last day, is a
 * failure.
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
  /** `2027-01-31`: the last day on which it holds, in UTC. */
  readonly expires: string;
  readonly at: Position;
}

/** A waiver that speaks of the target of a run, as the journal keeps it. */
export interface BoundWaiver extends Omit<Waiver, 'at'> {
  /** `waivers.yaml:12` */
  readonly listedAt: string;
  /** All cases that it covers on this target, also those that the run did not select. */
  readonly cases: readonly string[];
}

/** By the day on which the run started, whatever the clock says when the report is made. */
export function hasExpired({ expires }: Pick<Waiver, 'expires'>, runStartedAt: string): boolean {
  return runStartedAt.slice(0, expires.length) > expires;
}
