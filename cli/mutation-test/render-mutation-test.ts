/** Renders the report of a mutation test as text. */
import type { MutationReport } from '../../src/records/mutation-test.ts';
import type { MutationTest } from './mutation-test.ts';

/** There are kills, and nothing is left to prove. */
export function isProven(report: MutationReport): boolean {
  const { kills, unsound, missed, unknown, unproven, survivors, mistaken } = report;
  return kills > 0 && [unsound, missed, unknown, unproven, survivors, mistaken].every((list) => list.length === 0);
}

export type Results = Pick<MutationTest, 'report' | 'durationMs' | 'trials' | 'reused'>;

export function renderMutationTest(results: Results): string {
  const { report } = results;
  const sections = [
    list(
      'Clauses that fail without a fault',
      report.unsound.map(({ clause, why }) => `${clause}: ${why}`),
    ),
    list(
      'Cases not used, because this cloud deviates in them without a fault',
      report.deviating.map(({ clause, why }) => `${clause}: ${why}`),
    ),
    list(
      'Unknown faults that clauses name',
      report.unknown.map(({ clause, fault }) => `${fault} (${clause})`),
    ),
    list(
      'Clauses that do not fail under a fault that they name',
      report.missed.map(({ clause, fault, why }) => `${clause} under ${fault}: ${why}`),
    ),
    list('Clauses that fail under no fault', report.unproven),
    list(
      'Surviving faults',
      report.survivors.map(({ fault, summary }) => `${fault}: ${summary}`),
    ),
    list(
      'Faults declared equivalent that make a clause fail',
      report.mistaken.map(({ fault, clause }) => `${fault} (${clause})`),
    ),
    list(
      'Equivalent faults',
      report.equivalents.map(({ fault, why }) => `${fault}: ${why}`),
    ),
  ];
  return [...sections.flat(), ...figures(results)].join('\n') + '\n';
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length})`, ...lines.map((line) => `  ${line}`), ''];
}

function figures({ report, durationMs, trials, reused }: Results): readonly string[] {
  const { clauses, faults, kills, proven, killed, equivalents } = report;
  return [
    `clauses    ${clauses}, of which ${proven} fail under every fault that they name`,
    `faults     ${faults}, of which ${equivalents.length} equivalent and ${killed} of ${faults - equivalents.length} killed`,
    `kills      ${kills}`,
    `pairs      ${trials} run, ${reused} recorded kills reused`,
    `time       ${(durationMs / 1000).toFixed(1)} s`,
  ];
}
