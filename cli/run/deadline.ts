/** The time that a run may take. A share of it is kept for clean-up: no case is begun within that. */
import { UsageError } from '../errors.ts';

export interface Deadline {
  /** Aborts when the time for cases is over. */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Longer runs are told apart by hand. */
const mostMs = 7 * 24 * units.h;

/** Clean-up gets a quarter of the time, and no more than this. */
const mostReserveMs = 9 * units.m;

/** `90s`, `30m` or `1h`, in milliseconds. @throws UsageError */
export function readDuration(option: string, text: string): number {
  const [, number = '', unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const ms = Number(number) * (units[unit as keyof typeof units] ?? 0);
  if (ms > 0 && ms <= mostMs) return ms;
  throw new UsageError(`${option} ${text} is no time up to 7 days; write 90s, 30m or 1h.`);
}

/** When the last case may begin, counted from the beginning of the run. */
export function timeForCases(deadlineMs: number): number {
  return deadlineMs - Math.min(deadlineMs / 4, mostReserveMs);
}

/** How long cases under way may go on after that: the other half is for the removal of what they leave. */
export function graceWithin(deadlineMs: number): number {
  return (deadlineMs - timeForCases(deadlineMs)) / 2;
}

/** `reached` is told once; without a deadline nothing ever happens. */
export function heedDeadline(deadlineMs: number | undefined, spentMs: number, reached: () => void): Deadline {
  const controller = new AbortController();
  if (deadlineMs === undefined) return { signal: controller.signal, release: () => undefined };
  const timer = setTimeout(
    () => {
      reached();
      controller.abort();
    },
    Math.max(0, timeForCases(deadlineMs) - spentMs),
  );
  return { signal: controller.signal, release: () => clearTimeout(timer) };
}
