/** What the run cost the target and us, in a few plain lines. */
import { printable } from '../../src/report/printable.ts';
import type { RunReport } from '../../src/report/record.ts';

export function costLines({ cost, run }: RunReport): readonly string[] {
  const created = Object.entries(cost.created)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `${count} ${printable(type)}`);
  return [
    `${cost.exchanges} exchanges in ${duration(run.durationMs)}`,
    cost.targetMs === 0
      ? 'target time was not recorded'
      : `target time ${duration(cost.targetMs)} in sum; busy for ${duration(cost.targetBusyMs)}, ${share(cost.targetBusyMs, run.durationMs)} of the run`,
    `own CPU time ${duration(cost.ownCpuMs)}`,
    created.length === 0 ? 'created nothing' : `created ${created.join(', ')}`,
  ];
}

/** `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function share(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((100 * part) / whole)} %` : '0 %';
}
