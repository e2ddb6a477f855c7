/** What executing one run needs. */
import type { RunSettings } from '../../src/execution/run-settings.ts';
import type { Leak } from '../../src/records/run-facts.ts';
import type { ProvisionedIdentities } from '../dynamic/with-made-identities.ts';
import type { Discovered } from './connect-and-discover.ts';
import type { RunFolder } from './run-folder.ts';
import type { Access } from './client-accesses.ts';
import type { WriteGuard } from './write-guard.ts';

export interface RunParts {
  readonly folder: RunFolder;
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly startedAt: number;
  readonly discovered: Discovered;
  readonly access: Access;
  /** The time limit of the run; none when missing. */
  readonly deadlineMs: number | undefined;
  readonly writes: WriteGuard;
  /** Resources left behind by an earlier run. */
  readonly before: readonly Leak[];
  /** The identities created for it. */
  readonly provisioned?: ProvisionedIdentities;
}
