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

/** Compares with the day on which the run started, not with the day of the report. */
export function hasExpired({ expires }: Pick<Waiver, 'expires'>, runStartedAt: string): boolean {
  return runStartedAt.slice(0, expires.length) > expires;
}
