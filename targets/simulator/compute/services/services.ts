/**
 * The compute services of the hosts, and whether one counts as down.
 */

import { storePer } from '../../kernel/store.ts';
import type { ComputeState } from '../state.ts';

export interface ComputeService {
  readonly id: string;
  /** Its id before 2.53. */
  readonly number: number;
  readonly host: string;
  isForcedDown: boolean;
  /** Why no server is scheduled to it; null without a reason, undefined if servers are. */
  disabledReason: string | null | undefined;
}

export const services = storePer<ComputeState, ComputeService>();
