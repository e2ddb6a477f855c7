/** What a run tells when its last case is decided and it has cleaned up. */
import type { Totals } from '../client/recorder.ts';
import type { CensusOutcome } from './census.ts';
import type { Rebuild } from './rebuild.ts';

export interface RunEnding {
  readonly leaks: readonly Leftover[];
  /** Missing when there is none. */
  readonly kept?: readonly (Leftover & { readonly case: string })[];
  /** Missing where nothing was tried. */
  readonly census?: CensusOutcome;
  /** What went wrong beside the cases, as sentences. */
  readonly troubles: readonly string[];
  /** Why the target counts as lost, as a sentence; missing where it could be reached to the end. */
  readonly lost?: string;
  /** Why the run folder could not be written any more, as sentences. */
  readonly unwritable?: string;
  readonly totals: Totals;
  /** Missing when there were none. */
  readonly rebuilds?: readonly Rebuild[];
  /** Further attempts were still to be made when the run was told to stop. */
  readonly isUnconfirmed?: true;
  /** Number of things created, by type. */
  readonly created: Readonly<Record<string, number>>;
}

export interface Leftover {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly command: string;
}
