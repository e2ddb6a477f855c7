/** Runs the suites with vitest, in one worker thread, and hands on what comes out. */
import { startVitest } from 'vitest/node';
import type { RunSettings } from '../../src/conformance/run-settings.ts';
import { createVitestBridge, type BridgeEvents } from '../../reporters/vitest-bridge.ts';
import { packageRoot } from '../package-root.ts';

export interface Execution {
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly events: BridgeEvents;
}

/** Longer than any budget of a case: it only catches what the harness itself does not. */
const caseTimeoutMs = 900_000;

/** Resolves when all cases are decided and the suites have cleaned up; the exit code of vitest means nothing here. */
export async function execute({ settings, concurrency, events }: Execution): Promise<void> {
  const exitCode = process.exitCode;
  const vitest = await startVitest(
    'test',
    [],
    {
      config: false,
      root: packageRoot,
      include: ['dist/suites/conformance.test.js'],
      exclude: [],
      watch: false,
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      fileParallelism: false,
      sequence: { concurrent: true },
      maxConcurrency: concurrency,
      testTimeout: caseTimeoutMs,
      hookTimeout: caseTimeoutMs,
      reporters: [createVitestBridge(events)],
      provide: { settings },
      server: { deps: { external: [/\/dist\/(?!suites\/conformance\.test\.js)/] } },
      includeTaskLocation: false,
      silent: true,
    },
    { logLevel: 'silent' },
  );
  await vitest.close();
  process.exitCode = exitCode;
}
