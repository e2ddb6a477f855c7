/** The summary of a run after its last case and the cleanup. */
import type { Totals } from '../client/recorder.ts';
import type { InventoryOutcome } from '../resources/inventory.ts';
import type { Rebuild } from '../records/run-facts.ts';

export interface RunEnding {
  readonly leaks: readonly Leftover[];
  /** Missing when there is none. */
  readonly kept?: readonly (Leftover & { readonly case: string })[];
  /** Missing when no case was run. */
  readonly inventory?: InventoryOutcome;
  /** Errors outside of cases, as sentences. */
  readonly troubles: readonly string[];
  /** Why the target counts as lost, as a sentence; missing when it could be reached until the end. */
  readonly lost?: string;
  /** Why the run folder could no longer be written, as sentences. */
  readonly unwritable?: string;
  readonly totals: Totals;
  /** Missing when there were none. */
  readonly rebuilds?: readonly Rebuild[];
  /** The run was stopped before all confirmations were made. */
  readonly isUnconfirmed?: true;
  /** Number of created resources, by type. */
  readonly created: Readonly<Record<string, number>>;
}

export interface Leftover {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly command: string;
}
