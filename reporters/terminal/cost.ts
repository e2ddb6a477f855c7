/** The cost of the run for the target and for this process, in a few lines. */
import { printable } from '../../src/report/printable.ts';
import type { RunReport } from '../../src/records/report.ts';
import { describeDuration } from '../../src/report/describe-duration.ts';

export function costLines({ cost, run }: RunReport): readonly string[] {
  const sent = `${cost.exchanges} exchanges in ${describeDuration(run.durationMs)}`;
  const known = cost.targetMs > 0 || cost.ownCpuMs > 0;
  return known ? [sent, ...details(cost, run)] : [sent, 'no other cost was recorded'];
}

function details(cost: RunReport['cost'], run: RunReport['run']): readonly string[] {
  const created = Object.entries(cost.created)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `${printable(type)} × ${count}`);
  return [
    `target time ${describeDuration(cost.targetMs)} in total; busy for ${describeDuration(cost.targetBusyMs)}, ${share(cost.targetBusyMs, run.durationMs)} of the run`,
    `own CPU time ${describeDuration(cost.ownCpuMs)}`,
    created.length === 0 ? 'created nothing' : `created ${created.join(', ')}`,
  ];
}

function share(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((100 * part) / whole)} %` : '0 %';
}
