/** What the suites are told of a run before they start. */
import type { Limits } from '../../src/conformance/limits.ts';
import type { PlannedCase } from '../../src/conformance/plan-cases.ts';
import { plainTarget, type RunSettings } from '../../src/conformance/run-settings.ts';
import { graceWithin } from './deadline.ts';
import type { Met } from './meet-target.ts';
import type { RunOptions } from './run-options.ts';

export interface Known {
  readonly runName: string;
  readonly met: Met;
  readonly planned: readonly PlannedCase[];
  readonly options: RunOptions;
  /** As low as the quotas of the target want it. */
  readonly limits: Limits;
  readonly files: Pick<RunSettings, 'contractFiles' | 'ledgerFile' | 'debugFile'>;
}

export function settingsFor({ runName, met, planned, options, limits, files }: Known): RunSettings {
  const { target, credentials, connection, secrets } = met;
  return {
    runName,
    target: plainTarget(target),
    credentials,
    connection,
    secrets,
    cases: planned.filter(({ decided }) => !decided).map(({ id }) => id),
    limits,
    ...(options.requestsPerSecond === undefined ? {} : { requestsPerSecond: options.requestsPerSecond }),
    patience: options.patience,
    ...(options.selection.mode === 'read-only' ? { readOnly: true } : {}),
    ...(options.keep ? { keep: true } : {}),
    suites: options.suites,
    ...(options.deadlineMs === undefined ? {} : { graceMs: graceWithin(options.deadlineMs) }),
    ...files,
  };
}
