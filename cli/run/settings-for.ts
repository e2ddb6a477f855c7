/** The settings that the suites receive before they start. */
import type { Limits } from '../../src/planning/limits.ts';
import type { PlannedCase } from '../../src/planning/plan-cases.ts';
import { plainTarget, type RunSettings } from '../../src/execution/run-settings.ts';
import { clientAccesses } from './client-accesses.ts';
import { graceWithin } from './deadline.ts';
import type { Discovered } from './connect-and-discover.ts';
import type { RunOptions } from './run-options.ts';

export interface SettingsSource {
  readonly runName: string;
  readonly discovered: Discovered;
  readonly planned: readonly PlannedCase[];
  readonly options: RunOptions;
  /** Lowered to the quotas of the target. */
  readonly limits: Limits;
  readonly files: Pick<RunSettings, 'contractFiles' | 'ledgerFile' | 'debugFile'>;
}

export function settingsFor({ runName, discovered, planned, options, limits, files }: SettingsSource): RunSettings {
  const { target, credentials, connection, secrets } = discovered;
  return {
    runName,
    target: plainTarget(target),
    credentials,
    clients: clientAccesses(options, credentials),
    connection,
    secrets,
    cases: planned.filter(({ decided }) => !decided).map(({ id }) => id),
    limits,
    ...(options.requestsPerSecond === undefined ? {} : { requestsPerSecond: options.requestsPerSecond }),
    timeoutFactor: options.timeoutFactor,
    ...(options.selection.mode === 'read-only' ? { readOnly: true } : {}),
    ...(options.keep ? { keep: true } : {}),
    suites: options.suites,
    ...(options.deadlineMs === undefined ? {} : { graceMs: graceWithin(options.deadlineMs) }),
    ...files,
  };
}
