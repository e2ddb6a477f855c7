/** Runs the suites with vitest in one worker thread, and forwards their events. */
import { startVitest, type Vitest } from 'vitest/node';
import type { RunSettings } from '../src/execution/run-settings.ts';
import { createVitestBridge, type BridgeEvents } from './vitest-bridge.ts';
import { packageRoot } from '../cli/package-root.ts';
import type { Interrupts } from '../cli/run/interrupts.ts';
import { unwritable } from '../cli/run/write-guard.ts';

type CancelReason = Parameters<Vitest['cancelCurrentRun']>[0];

export interface Execution {
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly events: BridgeEvents;
  /** After an interrupt no further case starts; running cases complete. */
  readonly interrupts: Pick<Interrupts, 'signal' | 'takeOver'>;
}

/** No timeout by vitest: a case has its own, which does not include the time that it waits for capacity. */
const caseTimeoutMs = 0;

/**
 * Resolves when all cases are decided, or an interrupt came, and the suites have cleaned up; the exit code of vitest
 * means nothing here.
 */
export async function runVitest({ settings, concurrency, events, interrupts }: Execution): Promise<void> {
  const exitCode = process.exitCode;
  const vitest = await startVitest(
    'test',
    [],
    {
      config: false,
      root: packageRoot,
      include: ['dist/runner/cases.test.js'],
      exclude: [],
      watch: false,
      // The folder of the package may be read-only.
      cache: false,
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      fileParallelism: false,
      sequence: { concurrent: true },
      maxConcurrency: concurrency,
      testTimeout: caseTimeoutMs,
      hookTimeout: caseTimeoutMs,
      reporters: [createVitestBridge(events), { onInit: (vitest) => observe(vitest, interrupts) }],
      provide: { settings },
      server: { deps: { external: [/\/dist\/(?!runner\/cases\.test\.js)/] } },
      includeTaskLocation: false,
      silent: true,
    },
    { logLevel: 'silent' },
  );
  await vitest.close();
  process.exitCode = exitCode;
}

function observe(vitest: Vitest, { signal, takeOver }: Execution['interrupts']): void {
  takeOver();
  const cancel = (): void => {
    const reason = signal.reason === unwritable ? (unwritable as unknown as CancelReason) : 'keyboard-input';
    void vitest.cancelCurrentRun(reason);
  };
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
}
