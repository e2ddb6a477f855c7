/** Ctrl-C, SIGTERM and a lost terminal: the first asks the run to come to its end in good order, the second ends it at once. */
import { exitCodes } from '../errors.ts';
import { endOrderly } from '../report-error.ts';

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Takes everybody else's handlers away: vitest has one that ends the process within a millisecond. */
  readonly takeOver: () => void;
  readonly release: () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Each hears of its interrupt before anything stops. */
export interface Heard {
  readonly first: () => void;
  readonly second: () => void;
}

export function heedInterrupts({ first, second }: Heard): Interrupts {
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

/** Nobody reads any more; what cannot be written to a terminal that is gone is no reason to leave servers behind. */
function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
