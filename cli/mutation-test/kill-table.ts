/**
 * The kill table: which clauses each fault breaks, as a file with one line per fault, ordered by id.
 *
 * It is a golden file, so that a lost kill is noticed. A fault that breaks more clauses than the file says is no loss.
 */
import type { Kills, MutationTest } from './mutation-test.ts';

export const killTableFile = 'suites/mutation.txt';

const header = [
  '# Which faults break which clauses on the embedded cloud; written by `npm run mutation-test`.',
  '# Each line: a fault, and after the colon the clauses that it breaks. An operation is written once, before its clauses.',
];

/** The text of the file; its header ends with the figures. */
export function writeKillTable({ account, kills }: Pick<MutationTest, 'account' | 'kills'>): string {
  const reasons = new Map(account.equivalents.map(({ fault, why }) => [fault, why]));
  const lines = [...kills].map(([fault, clauses]) => {
    const why = reasons.get(fault);
    return why === undefined ? `${fault}: ${formatClauses(clauses)}`.trimEnd() : `${fault}: equivalent. ${why}`;
  });
  return [...header, figuresOf(account), '', ...lines, ''].join('\n');
}

/** `attach-volume #ends-in-use #keeps-the-tag, detach-volume #ends-free` */
function formatClauses(clauses: readonly string[]): string {
  const byOperation = new Map<string, string[]>();
  for (const clause of clauses) {
    const [operation = '', word = ''] = clause.split('#');
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), `#${word}`]);
  }
  return [...byOperation].map(([operation, words]) => `${operation} ${words.join(' ')}`).join(', ');
}

export function figuresOf({ clauses, faults, proven, killed, equivalents }: MutationTest['account']): string {
  const killable = faults - equivalents.length;
  return `# ${proven} of ${clauses} clauses proven; ${killed} of ${killable} faults killed, ${equivalents.length} equivalent.`;
}

/** The sentence with the figures, from the header of a table. */
export function figuresIn(table: string): string | undefined {
  return table.split('\n')[header.length]?.replace(/^# /, '');
}

/** The clauses that each fault of a table breaks; none for an equivalent one. */
export function readKillTable(table: string): Kills {
  const lines = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map<string, readonly string[]>(
    lines.map((line): readonly [string, readonly string[]] => {
      const at = line.search(/:( |$)/);
      const [fault, rest] = [line.slice(0, at), line.slice(at + 2)];
      if (rest.startsWith('equivalent. ')) return [fault, []];
      const clauses = rest.split(', ').flatMap((part) => {
        const [operation, ...words] = part.split(' ');
        return words.filter((word) => word.startsWith('#')).map((word) => `${operation}${word}`);
      });
      return [fault, clauses];
    }),
  );
}

/** The pairs of a table: `fault: clause`. */
function pairsOf(table: string): readonly string[] {
  return [...readKillTable(table)].flatMap(([fault, clauses]) => clauses.map((clause) => `${fault}: ${clause}`));
}

/** Kills of the committed table that this mutation test did not see, among the faults that it tried. */
export function lostKills(committed: string, table: string): readonly string[] {
  const seen = new Set(pairsOf(table));
  const faults = faultsIn(table);
  return pairsOf(committed).filter((pair) => faults.has(pair.split(': ')[0] ?? '') && !seen.has(pair));
}

/** Faults that are in only one of the tables. */
export function unlikeFaults(committed: string, table: string): readonly string[] {
  const [before, now] = [faultsIn(committed), faultsIn(table)];
  return [...[...before].filter((name) => !now.has(name)), ...[...now].filter((name) => !before.has(name))];
}

/** All faults, including those that broke nothing. */
function faultsIn(table: string): ReadonlySet<string> {
  return new Set(readKillTable(table).keys());
}
