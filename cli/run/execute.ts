/** Runs the suites with vitest, in one worker thread, and hands on what comes out. */
import { startVitest, type Vitest } from 'vitest/node';
import type { RunSettings } from '../../src/conformance/run-settings.ts';
import { createVitestBridge, type BridgeEvents } from '../../reporters/vitest-bridge.ts';
import { packageRoot } from '../package-root.ts';
import type { Interrupts } from './interrupts.ts';
import { unwritable } from './write-guard.ts';

type CancelReason = Parameters<Vitest['cancelCurrentRun']>[0];

export interface Execution {
  readonly settings: RunSettings;
  readonly concurrency: number;
  readonly events: BridgeEvents;
  /** No case is begun any more after one; those that are under way come to their end. */
  readonly interrupts: Pick<Interrupts, 'signal' | 'takeOver'>;
}

/** None: a case keeps its own budget, which leaves out the time that it waits for room. */
const caseTimeoutMs = 0;

/**
 * Resolves when all cases are decided, or an interrupt came, and the suites have cleaned up; the exit code of vitest means
 * nothing here.
 */
export async function execute({ settings, concurrency, events, interrupts }: Execution): Promise<void> {
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
      // The package may lie where nothing can be written.
      cache: false,
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      fileParallelism: false,
      sequence: { concurrent: true },
      maxConcurrency: concurrency,
      testTimeout: caseTimeoutMs,
      hookTimeout: caseTimeoutMs,
      reporters: [createVitestBridge(events), { onInit: (vitest) => heed(vitest, interrupts) }],
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

function heed(vitest: Vitest, { signal, takeOver }: Execution['interrupts']): void {
  takeOver();
  const cancel = (): void => {
    const reason = signal.reason === unwritable ? (unwritable as unknown as CancelReason) : 'keyboard-input';
    void vitest.cancelCurrentRun(reason);
  };
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
}
