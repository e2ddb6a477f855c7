/** What `plan` tells, for a terminal. */
import type { PlanReport } from '../src/report/plan.ts';
import { printable } from '../src/report/printable.ts';
import { labelled, table, wrap } from './terminal/layout.ts';
import { styleOf, type Style, type TerminalOptions } from './terminal/style.ts';

/** The text, ending with a newline. */
export function renderPlan(plan: PlanReport, options: TerminalOptions): string {
  const style = styleOf(options);
  const columns = [
    { head: 'operation', align: 'left', cells: plan.operations.map(({ operation }) => operation) },
    { head: 'cases', align: 'right', cells: plan.operations.map(({ decidable }) => String(decidable)) },
    { head: 'left out', align: 'right', cells: plan.operations.map((one) => String(one.cases - one.decidable)) },
  ] as const;
  const left = plan.leftOut.flatMap(({ verdict, reason, mend, cases }) => {
    const text = `${verdict} (${cases.length}): ${printable(reason, 1000)}${mend === undefined ? '' : ` ${mend}`}`;
    const more = cases.length > 1 ? ` and ${cases.length - 1} more` : '';
    return [...wrap(text, style.width - 2).map((line) => `  ${line}`), style.faint(`    ${cases[0]}${more}`)];
  });
  const sections = [
    `${style.strong(printable(plan.target.name))}, microversions ${printable(plan.target.microversions)}`,
    plan.cases.map((id) => `  ${id}`).join('\n'),
    table(columns, style.faint).join('\n'),
    left.length === 0 ? '' : [style.strong('Left out'), ...left].join('\n'),
    cost(plan, style),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function cost({ estimate, cases }: PlanReport, style: Style): string {
  const row = (label: string, text: string): string =>
    labelled(label, text, { indent: 2, column: 10, width: style.width });
  if (!estimate) {
    return [
      style.strong(`${cases.length} cases`),
      ...wrap(
        'Requests, servers, volumes and time are told by what an earlier run has cost: add --from RUN.',
        style.width,
      ),
    ].join('\n');
  }
  const { requests, servers, volumes, durationMs, basis, unknown } = estimate;
  return [
    style.strong(`${cases.length} cases would take about`),
    row('requests', String(requests)),
    row('servers', String(servers)),
    row('volumes', String(volumes)),
    row('time', `${(durationMs / 1000).toFixed(1)} s`),
    row('basis', `run ${basis.run} on ${printable(basis.target)}, which tried ${basis.cases} of these cases`),
    ...(unknown === 0 ? [] : [row('', `${unknown} it did not try; they are counted as an average one`)]),
  ].join('\n');
}
