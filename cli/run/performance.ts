/** What one run needs. */
import type { RunSettings } from '../../src/conformance/run-settings.ts';
import type { Leak } from '../../src/report/record.ts';
import type { Cast } from '../dynamic/with-made-identities.ts';
import type { Met } from './meet-target.ts';
import type { RunFolder } from './run-folder.ts';
import type { Access } from './cleanup-command.ts';
import type { WriteGuard } from './write-guard.ts';

export interface Performance {
  readonly folder: RunFolder;
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly startedAt: number;
  readonly met: Met;
  readonly access: Access;
  /** What the run may take; without end when missing. */
  readonly deadlineMs: number | undefined;
  readonly writes: WriteGuard;
  /** Left behind before this run. */
  readonly before: readonly Leak[];
  /** Identities that were made for it. */
  readonly cast?: Cast;
}
