/** How long a run may take, and how much of it is for cases. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { graceWithin, heedDeadline, readDuration, timeForCases } from '../../cli/run/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;

test.each([
  ['90s', 90_000],
  ['30m', 30 * minute],
  ['1h', 60 * minute],
  ['168h', 168 * 60 * minute],
])('%s is a time', (text, ms) => {
  expect(readDuration('--deadline', text)).toBe(ms);
});

test.each(['', '30', '0s', '-5m', '1.5h', '1h30m', '169h', 'soon'])(
  '"%s" is none, and is refused with the mend',
  (text) => {
    expect(() => readDuration('--deadline', text)).toThrow('write 90s, 30m or 1h');
  },
);

test('a quarter of the time is kept for clean-up, of long runs nine minutes', () => {
  expect(timeForCases(20 * minute)).toBe(15 * minute);
  expect(timeForCases(600 * minute)).toBe(591 * minute);
  expect(graceWithin(20 * minute)).toBe(2.5 * minute);
});

test('no case is begun when the time for cases is over, counted from the beginning of the run', () => {
  const reached = vi.fn();
  const { signal } = heedDeadline(20 * minute, 5 * minute, reached);
  vi.advanceTimersByTime(10 * minute - 1);
  expect([signal.aborted, reached.mock.calls.length]).toEqual([false, 0]);
  vi.advanceTimersByTime(1);
  expect([signal.aborted, reached.mock.calls.length]).toEqual([true, 1]);
});

test('a run that took all its time to begin stops at once', () => {
  const { signal } = heedDeadline(minute, 2 * minute, () => undefined);
  vi.advanceTimersByTime(0);
  expect(signal.aborted).toBe(true);
});

test('a run that came to its end, or has no deadline, hears of none', () => {
  const reached = vi.fn();
  heedDeadline(minute, 0, reached).release();
  heedDeadline(undefined, 0, reached);
  vi.runAllTimers();
  expect(reached).not.toHaveBeenCalled();
});
