/**
 * The passing of time in the cloud: what a compute host or a volume backend does after the API has answered.
 *
 * Time is counted in steps; the pace says how many milliseconds one takes. Timers never keep the process alive.
 */

export class Schedule {
  readonly #pace: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #mishaps: unknown[] = [];
  #closed = false;

  constructor(pace: number) {
    this.#pace = pace;
  }

  /** Errors thrown by scheduled work: none, unless the simulator itself is wrong. */
  get mishaps(): readonly unknown[] {
    return this.#mishaps;
  }

  /** Does something `steps` steps from now, or never when the cloud is closed before or the steps have no end. */
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

  /** Waits without holding up other requests. A wait cut short by closing never ends. */
  pause(steps: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(steps, resolve);
    });
  }

  /** Lets work go on that nobody waits for; what it throws is kept unless `expected` says otherwise. */
  background(work: Promise<void>, expected: (error: unknown) => boolean): void {
    work.catch((error: unknown) => {
      if (!expected(error)) this.keep(error);
    });
  }

  /** Keeps an error that only a wrong simulator can raise. */
  keep(mishap: unknown): void {
    this.#mishaps.push(mishap);
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
