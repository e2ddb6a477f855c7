/** The deadline of a run, and the part of the time for cases. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { graceWithin, observeDeadline, readDuration, timeForCases } from '../../cli/run/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;

test.each([
  ['90s', 90_000],
  ['30m', 30 * minute],
  ['1h', 60 * minute],
  ['168h', 168 * 60 * minute],
])('%s is a valid duration', (text, ms) => {
  expect(readDuration('--deadline', text)).toBe(ms);
});

test.each(['', '30', '0s', '-5m', '1.5h', '1h30m', '169h', 'soon'])('"%s" is refused with the valid forms', (text) => {
  expect(() => readDuration('--deadline', text)).toThrow('Write 90s, 30m or 1h');
});

test('a quarter of the time is reserved for clean-up, at most nine minutes', () => {
  expect(timeForCases(20 * minute)).toBe(15 * minute);
  expect(timeForCases(600 * minute)).toBe(591 * minute);
  expect(graceWithin(20 * minute)).toBe(2.5 * minute);
});

test('no case starts after the time for cases, counted from the start of the run', () => {
  const reached = vi.fn();
  const { signal } = observeDeadline(20 * minute, 5 * minute, reached);
  vi.advanceTimersByTime(10 * minute - 1);
  expect([signal.aborted, reached.mock.calls.length]).toEqual([false, 0]);
  vi.advanceTimersByTime(1);
  expect([signal.aborted, reached.mock.calls.length]).toEqual([true, 1]);
});

test('a run stops at once if its start took all the time', () => {
  const { signal } = observeDeadline(minute, 2 * minute, () => undefined);
  vi.advanceTimersByTime(0);
  expect(signal.aborted).toBe(true);
});

test('a completed run, or one without a deadline, is not stopped', () => {
  const reached = vi.fn();
  observeDeadline(minute, 0, reached).release();
  observeDeadline(undefined, 0, reached);
  vi.runAllTimers();
  expect(reached).not.toHaveBeenCalled();
});
