/** A refutation in words. */
import type { RefutationAccount } from '../../src/refutation/account.ts';
import type { Refutation } from './refute.ts';

/** Something was shown, and nothing is left to be. */
export function isProven(account: RefutationAccount): boolean {
  const { kills, unsound, missed, unknown, unrefuted, survivors, mistaken } = account;
  return kills > 0 && [unsound, missed, unknown, unrefuted, survivors, mistaken].every((list) => list.length === 0);
}

export function tellRefutation({ account, durationMs }: Refutation): string {
  const sections = [
    list(
      'Clauses that do not hold without a fault',
      account.unsound.map(({ clause, why }) => `${clause}: ${why}`),
    ),
    list(
      'Cases in which this cloud departs without a fault, and which therefore try none',
      account.departing.map(({ clause, why }) => `${clause}: ${why}`),
    ),
    list(
      'Faults that clauses name and nobody knows',
      account.unknown.map(({ clause, fault }) => `${fault} (${clause})`),
    ),
    list(
      'Clauses that a fault they name does not break',
      account.missed.map(({ clause, fault, why }) => `${clause} under ${fault}: ${why}`),
    ),
    list('Clauses that nothing breaks', account.unrefuted),
    list(
      'Faults that break nothing',
      account.survivors.map(({ fault, summary }) => `${fault}: ${summary}`),
    ),
    list(
      'Faults said to be equivalent that break a clause',
      account.mistaken.map(({ fault, clause }) => `${fault} (${clause})`),
    ),
    list(
      'Faults that no client can tell',
      account.equivalents.map(({ fault, why }) => `${fault}: ${why}`),
    ),
  ];
  return [...sections.flat(), ...figures(account, durationMs)].join('\n') + '\n';
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length})`, ...lines.map((line) => `  ${line}`), ''];
}

function figures(account: RefutationAccount, durationMs: number): readonly string[] {
  const { clauses, faults, kills, refuted, killed, equivalents } = account;
  return [
    `clauses    ${clauses}, of which ${refuted} are refuted by every fault that they name`,
    `faults     ${faults}, of which ${equivalents.length} equivalent and ${killed} of ${faults - equivalents.length} killed`,
    `kills      ${kills}`,
    `time       ${(durationMs / 1000).toFixed(1)} s`,
  ];
}
