/** Ctrl-C, SIGTERM and a lost terminal: the first interrupt shuts the run down in order, the second exits at once. */
import { exitCodes } from '../errors.ts';
import { endOrderly } from '../report-error.ts';

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Removes all other handlers: vitest has one that ends the process within a millisecond. */
  readonly takeOver: () => void;
  readonly release: () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Each is called before anything stops. */
export interface InterruptHandlers {
  readonly first: () => void;
  readonly second: () => void;
}

export function observeInterrupts({ first, second }: InterruptHandlers): Interrupts {
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGHUP') outliveTerminal();
    if (controller.signal.aborted) {
      second();
      process.exit(exitCodes.partial);
    }
    first();
    controller.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  const forget = endOrderly(() => interrupt('SIGTERM'));
  const takeOver = (): void => {
    for (const signal of signals) {
      for (const other of process.listeners(signal)) if (other !== interrupt) process.off(signal, other);
    }
  };
  const release = (): void => {
    for (const signal of signals) process.off(signal, interrupt);
    forget();
  };
  return { signal: controller.signal, takeOver, release };
}

/** Ignores errors of writing to a closed terminal, so that clean-up completes. */
function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
