/** Ctrl-C and SIGTERM: the first asks the run to come to its end in good order, the second ends it at once. */
import { exitCodes } from '../errors.ts';

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Takes everybody else's handlers away: vitest has one that ends the process within a millisecond. */
  readonly takeOver: () => void;
  readonly release: () => void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** `told`: hears of the first, before anything stops. */
export function heedInterrupts(told: () => void): Interrupts {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.partial);
    told();
    controller.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  const takeOver = (): void => {
    for (const signal of signals) {
      for (const other of process.listeners(signal)) if (other !== interrupt) process.off(signal, other);
    }
  };
  const release = (): void => {
    for (const signal of signals) process.off(signal, interrupt);
  };
  return { signal: controller.signal, takeOver, release };
}
