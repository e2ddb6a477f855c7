/**
 * The asynchronous work of the cloud: what a compute host or a volume backend does after the response.
 *
 * Time is counted in steps; the pace is the milliseconds of one step. Timers never keep the process alive.
 */

export class Schedule {
  readonly #pace: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #internalErrors: unknown[] = [];
  #closed = false;

  constructor(pace: number) {
    this.#pace = pace;
  }

  /** Errors thrown by scheduled work; empty unless the simulator has a defect. */
  get internalErrors(): readonly unknown[] {
    return this.#internalErrors;
  }

  /** Runs a task after `steps` steps; never if the cloud is closed before or `steps` is Infinity. */
  after(steps: number, task: () => void): void {
    this.afterMilliseconds(steps * this.#pace, task);
  }

  afterMilliseconds(milliseconds: number, task: () => void): void {
    if (this.#closed || milliseconds === Infinity) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#attempt(task);
    }, milliseconds);
    timer.unref();
    this.#timers.add(timer);
  }

  /** Waits without blocking other requests. A wait that closing interrupts never ends. */
  pause(steps: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(steps, resolve);
    });
  }

  /** Runs work that no client waits for; keeps its error unless `expected` accepts it. */
  background(work: Promise<void>, expected: (error: unknown) => boolean): void {
    work.catch((error: unknown) => {
      if (!expected(error)) this.keep(error);
    });
  }

  /** Keeps an error that only a defect of the simulator can raise. */
  keep(error: unknown): void {
    this.#internalErrors.push(error);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #attempt(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.keep(error);
    }
  }
}
