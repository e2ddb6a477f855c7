/**
 * The table of which clause fell to which fault, as a file: one line for each fault, in the order of their ids.
 *
 * It is a golden file: what is proven may not get lost unseen. Where a fault fells more clauses than the file says,
 * nothing is lost.
 */
import type { Refutation } from './refute.ts';

export const killTableFile = 'suites/refutation.txt';

const opening = [
  '# Which faults break which clauses, as `refute` saw it on the embedded cloud; written by `npm run refutation`.',
  '# Each line: a fault, and after the colon the clauses that it broke. An operation stands once before its clauses.',
];

/** Ends with the figures. */
export function writeKillTable({ account, kills }: Pick<Refutation, 'account' | 'kills'>): string {
  const excused = new Map(account.equivalents.map(({ fault, why }) => [fault, why]));
  const lines = [...kills].map(([fault, clauses]) => {
    const why = excused.get(fault);
    return why === undefined ? `${fault}: ${inWords(clauses)}`.trimEnd() : `${fault}: equivalent. ${why}`;
  });
  return [...opening, figuresOf(account), '', ...lines, ''].join('\n');
}

/** `attach-volume #ends-in-use #keeps-the-tag, detach-volume #ends-free` */
function inWords(clauses: readonly string[]): string {
  const byOperation = new Map<string, string[]>();
  for (const clause of clauses) {
    const [operation = '', word = ''] = clause.split('#');
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), `#${word}`]);
  }
  return [...byOperation].map(([operation, words]) => `${operation} ${words.join(' ')}`).join(', ');
}

export function figuresOf({ clauses, faults, refuted, killed, equivalents }: Refutation['account']): string {
  const lethal = faults - equivalents.length;
  return `# ${refuted} of ${clauses} clauses refuted; ${killed} of ${lethal} faults killed, ${equivalents.length} more that no client can tell.`;
}

/** The sentence of a table that tells its figures. */
export function figuresIn(table: string): string | undefined {
  return table.split('\n')[opening.length]?.replace(/^# /, '');
}

/** The pairs of a table: `fault: clause`. */
function pairsOf(table: string): readonly string[] {
  return table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const at = line.search(/:( |$)/);
      const [fault, rest] = [line.slice(0, at), line.slice(at + 2)];
      return rest.split(', ').flatMap((part) => {
        const [operation, ...words] = part.split(' ');
        return words.filter((word) => word.startsWith('#')).map((word) => `${fault}: ${operation}${word}`);
      });
    });
}

/** What the committed table says and this round did not see, among the faults of this round. */
export function lostKills(committed: string, table: string): readonly string[] {
  const seen = new Set(pairsOf(table));
  const faults = faultsIn(table);
  return pairsOf(committed).filter((pair) => faults.has(pair.split(': ')[0] ?? '') && !seen.has(pair));
}

/** Faults that only one of the tables has. */
export function unlikeFaults(committed: string, table: string): readonly string[] {
  const [before, now] = [faultsIn(committed), faultsIn(table)];
  return [...[...before].filter((name) => !now.has(name)), ...[...now].filter((name) => !before.has(name))];
}

/** Those that broke nothing included. */
function faultsIn(table: string): ReadonlySet<string> {
  const lines = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Set(lines.map((line) => line.slice(0, line.search(/:( |$)/))));
}
