/** The output of `doctor` for a terminal: target, identities, quotas, fixtures, decidable cases, and remedies. */
import type { DoctorIdentity, DoctorReport } from '../src/records/doctor.ts';
import { printable } from '../src/report/printable.ts';
import { labelled, table, wrap } from './terminal/layout.ts';
import { styleOf, type Style, type TerminalOptions } from './terminal/style.ts';

/** The text, ending with a newline. */
export function renderDoctor(report: DoctorReport, options: TerminalOptions): string {
  const style = styleOf(options);
  const sections = [
    opening(report, style),
    section(
      'Identities',
      report.identities.flatMap((one) => identity(one, style)),
      style,
    ),
    section('Capacity', report.quotas.map(capacity), style),
    section(
      'Fixtures',
      report.fixtures.map((one) => row(style, one.kind.replaceAll('_', ' '), fixture(one))),
      style,
    ),
    section(
      'Capabilities',
      report.capabilities.flatMap((one) => capability(one, style)),
      style,
    ),
    report.operations.length === 0 ? '' : decidable(report, style),
    section('Blocked cases', blockers(report, 'not-attempted', style), style),
    section('Not applicable', blockers(report, 'not-applicable', style), style),
    section(
      'Advice',
      report.advice.flatMap((one) => advice(one, style)),
      style,
    ),
    section(
      'Errors that prevent a run',
      report.refusals.flatMap((one) => advice(one, style)),
      style,
    ),
    closing(report, style),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

const column = 18;

function row(style: Style, label: string, text: string, paint?: Style['good']): string {
  return labelled(label, text, { indent: 2, column, width: style.width }, paint);
}

function section(title: string, lines: readonly string[], style: Style): string {
  return lines.length === 0 ? '' : [style.strong(title), ...lines].join('\n');
}

function opening({ target }: DoctorReport, style: Style): string {
  const versions = target.microversions ?? 'unknown';
  const clock = target.clockAheadMs;
  return [
    style.strong(printable(target.name)),
    ...Object.entries(target.endpoints).map(([service, url]) => row(style, service, printable(url), style.faint)),
    row(style, 'microversions', `${printable(versions)}; the reference covers ${target.contract}`),
    ...(clock === undefined
      ? []
      : [row(style, 'clock', clock === 0 ? 'in sync' : `${clock / 1000} s from the clock of this machine`)]),
    row(style, 'certificates', target.insecure ? 'not checked' : 'checked where TLS is used'),
  ].join('\n');
}

function identity(one: DoctorIdentity, style: Style): string {
  const { role, given, toBeMade, option, unusable, user, project, roles, cases, clauses } = one;
  const share = `${cases} cases of ${clauses} clauses`;
  if (unusable)
    return row(style, role, `cannot be used: ${printable(`${unusable.what} ${unusable.remedy}`, 1000)}`, style.bad);
  if (!given) return row(style, role, `not given; with ${option}, a run can decide ${share}`, style.doubtful);
  if (toBeMade) return row(style, role, `created for each run; ${share}`);
  const who = `${printable(user ?? 'unknown user')}, project ${printable(project ?? 'none')}`;
  return row(style, role, `${who}, roles ${roles.map((name) => printable(name)).join(', ') || 'unknown'}; ${share}`);
}

function capacity({ words, used, most, free }: DoctorReport['quotas'][number]): string {
  const limit = most === null ? 'unlimited' : `${free} free of ${most}`;
  return `  ${words.padEnd(column)}${limit}, ${used} in use`;
}

function fixture({ id, name, source }: DoctorReport['fixtures'][number]): string {
  return `${name === undefined ? '' : `${printable(name)}, `}${printable(id)} (${source})`;
}

function capability(
  { id, words, has, source, remedy }: DoctorReport['capabilities'][number],
  style: Style,
): readonly string[] {
  const shown = row(style, id, `${has ? 'yes' : 'no'} (${source}): ${words}`);
  const label =
    id.length >= column ? [`  ${id}`, row(style, '', `${has ? 'yes' : 'no'} (${source}): ${words}`)] : [shown];
  return has ? label : [...label, row(style, '', remedy, style.faint)];
}

function decidable({ operations }: DoctorReport, style: Style): string {
  const sum = (key: 'cases' | 'decidable' | 'notApplicable'): number =>
    operations.reduce((total, operation) => total + operation[key], 0);
  const rows = [
    ...operations,
    { operation: 'all', cases: sum('cases'), decidable: sum('decidable'), notApplicable: sum('notApplicable') },
  ];
  const number = (head: string, of: (one: (typeof rows)[number]) => number) =>
    ({ head, align: 'right', cells: rows.map((one) => String(of(one))) }) as const;
  const columns = [
    { head: 'operation', align: 'left', cells: rows.map(({ operation }) => operation) } as const,
    number('decidable', (one) => one.decidable),
    number('not applicable', (one) => one.notApplicable),
    number('blocked', (one) => one.cases - one.decidable - one.notApplicable),
  ];
  return [style.strong('Cases'), ...table(columns, style.faint).map((line) => `  ${line}`)].join('\n');
}

function blockers(
  { blockers: all }: DoctorReport,
  kind: DoctorReport['blockers'][number]['verdict'],
  style: Style,
): readonly string[] {
  return all
    .filter(({ verdict }) => verdict === kind)
    .flatMap(({ reason, remedy, cases }) => {
      const many = cases === 1 ? '1 case' : `${cases} cases`;
      return wrap(`${many}: ${printable(reason, 1000)}${remedy === undefined ? '' : ` ${remedy}`}`, style.width - 2);
    })
    .map((line) => `  ${line}`);
}

function advice({ what, remedy }: DoctorReport['advice'][number], style: Style): readonly string[] {
  return wrap(`${printable(what, 1000)} ${remedy}`, style.width - 2).map((line) => `  ${line}`);
}

const words = {
  whole: 'A run can decide every case that applies to this target.',
  partial: 'A run can decide some of the cases; for the others, see "Blocked cases" above.',
  none: 'A run cannot decide any case on this target.',
} as const;

function closing({ ability }: DoctorReport, style: Style): string {
  const paint = { whole: style.good, partial: style.doubtful, none: style.bad }[ability];
  return paint(style.strong(words[ability]));
}
