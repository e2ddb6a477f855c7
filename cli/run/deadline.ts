/** The deadline of a run. A part of the time is reserved for clean-up: no case starts in it. */
import { UsageError } from '../errors.ts';

export interface Deadline {
  /** Aborts when the time for cases is over. */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** The longest deadline. */
const longestMs = 7 * 24 * units.h;

/** Clean-up gets a quarter of the time, at most this. */
const longestReserveMs = 9 * units.m;

/** `90s`, `30m` or `1h`, in milliseconds. @throws UsageError */
export function readDuration(option: string, text: string): number {
  const [, number = '', unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  const ms = Number(number) * (units[unit as keyof typeof units] ?? 0);
  if (ms > 0 && ms <= longestMs) return ms;
  throw new UsageError(`${option} ${text} is not a duration of up to 7 days. Write 90s, 30m or 1h.`);
}

/** The time in which cases may start, from the start of the run. */
export function timeForCases(deadlineMs: number): number {
  return deadlineMs - Math.min(deadlineMs / 4, longestReserveMs);
}

/** How long running cases may continue after that: half of the reserve; the other half is for clean-up. */
export function graceWithin(deadlineMs: number): number {
  return (deadlineMs - timeForCases(deadlineMs)) / 2;
}

/** Calls `reached` once; never without a deadline. */
export function observeDeadline(deadlineMs: number | undefined, spentMs: number, reached: () => void): Deadline {
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
