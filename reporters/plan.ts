/** The output of `plan` for a terminal. */
import type { PlanReport } from '../src/records/plan.ts';
import { printable } from '../src/report/printable.ts';
import { describeDuration } from '../src/report/describe-duration.ts';
import { describeAccuracy, describeCreated } from '../src/report/describe-estimate.ts';
import { describeLowered } from '../src/report/describe-limits.ts';
import { labelled, table, wrap } from './terminal/layout.ts';
import { styleOf, type Style, type TerminalOptions } from './terminal/style.ts';

/** The text, ending with a newline. */
export function renderPlan(plan: PlanReport, options: TerminalOptions): string {
  const style = styleOf(options);
  const columns = [
    { head: 'operation', align: 'left', cells: plan.operations.map(({ operation }) => operation) },
    { head: 'cases', align: 'right', cells: plan.operations.map(({ decidable }) => String(decidable)) },
    { head: 'not decidable', align: 'right', cells: plan.operations.map((one) => String(one.cases - one.decidable)) },
  ] as const;
  const left = plan.leftOut.flatMap(({ verdict, reason, remedy, cases }) => {
    const text = `${verdict} (${cases.length}): ${printable(reason, 1000)}${remedy === undefined ? '' : ` ${remedy}`}`;
    const more = cases.length > 1 ? ` and ${cases.length - 1} more` : '';
    return [...wrap(text, style.width - 2).map((line) => `  ${line}`), style.faint(`    ${cases[0]}${more}`)];
  });
  const sections = [
    `${style.strong(printable(plan.target.name))}, microversions ${printable(plan.target.microversions)}${partOf(plan)}`,
    plan.cases.map((id) => `  ${id}`).join('\n'),
    table(columns, style.faint).join('\n'),
    left.length === 0 ? '' : [style.strong('Not decidable'), ...left].join('\n'),
    cost(plan, style),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function cost({ estimate, limits, cases }: PlanReport, style: Style): string {
  const row = (label: string, text: string): string =>
    labelled(label, text, { indent: 2, column: 10, width: style.width });
  const { requests, created, durationMs, targetMs, ownCpuMs, baseline, unknown } = estimate;
  const { at } = baseline;
  return [
    style.strong(`Estimate for ${cases.length} cases`),
    row('requests', String(requests)),
    ...describeCreated(created, limits).map((text, index) => row(index === 0 ? 'creates' : '', text)),
    row(
      'time',
      `${describeDuration(durationMs)}; own CPU ${describeDuration(ownCpuMs)}, target ${describeDuration(targetMs)}`,
    ),
    ...describeLowered(limits).map((sentence) => row('', sentence)),
    row(
      'baseline',
      `run ${baseline.run} on ${printable(baseline.target)}, ${at.slice(0, 10)}, ${baseline.cases} cases`,
    ),
    ...describeBaseline(estimate).map((sentence) => row('', sentence)),
    ...(unknown === 0
      ? []
      : [row('', `The baseline did not try the clauses of ${unknown} cases; they count as average.`)]),
  ].join('\n');
}

function describeBaseline({ baseline: { kind, checked } }: PlanReport['estimate']): readonly string[] {
  const accuracy = checked && describeAccuracy(checked, percent);
  const advice =
    'The time is that of this target and machine. For a better estimate, pass an earlier run on yours: --from RUN.';
  return [...(accuracy === undefined ? [] : [accuracy]), ...(kind === 'shipped' ? [advice] : [])];
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function partOf({ shard, again }: PlanReport): string {
  if (again) return `, cases that did not pass in ${again.map((name) => printable(name)).join(', ')}`;
  return shard ? `, shard ${shard.index} of ${shard.total}` : '';
}
