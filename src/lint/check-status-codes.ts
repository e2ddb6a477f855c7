/** Finds status names that the tree usually spells differently, and success codes without a condition. */
import type { Report } from '../diagnostic.ts';
import type { ReferenceOperation, StatusCode } from '../reference/model.ts';
import type { Linted } from './linted.ts';

/** How many times more often the usual spelling must occur. */
const CLEAR = 3;

export function checkStatusCodes({ reference }: Linted, report: Report): void {
  const usual = usualNames(reference.operations.flatMap(({ codes }) => codes));
  for (const operation of reference.operations) {
    for (const code of operation.codes) checkName(code, usual, report);
    checkSuccesses(operation, report);
  }
}

function checkName({ status, name, at }: StatusCode, usual: ReadonlyMap<number, string>, report: Report): void {
  const expected = usual.get(status);
  if (name === undefined || expected === undefined || name === expected) return;
  const message = `${status} is called ${name} here and ${expected} elsewhere`;
  report({ severity: 'info', code: 'status-name-spelling', at, message, expected: `${expected}(${status})` });
}

/** The most frequent name by code; a code without a clear majority has none. */
function usualNames(codes: readonly StatusCode[]): ReadonlyMap<number, string> {
  const counts = new Map<number, Map<string, number>>();
  for (const { status, name } of codes) {
    if (name === undefined) continue;
    const names = counts.get(status) ?? new Map<string, number>();
    counts.set(status, names.set(name, (names.get(name) ?? 0) + 1));
  }
  return new Map(
    [...counts].flatMap(([status, names]) => {
      const [first, second] = [...names].sort(([, a], [, b]) => b - a);
      return first && first[1] >= CLEAR * (second?.[1] ?? 0) ? [[status, first[0]] as const] : [];
    }),
  );
}

function checkSuccesses({ codes }: ReferenceOperation, report: Report): void {
  const successes = codes.filter(({ kind }) => kind === 'success');
  const [first, ...others] = successes;
  const open = successes.filter(({ range }) => !range);
  if (!first || others.length === 0 || open.length < 2) return;
  const message = `the normal codes are ${successes.map(({ status }) => status).join(' and ')}, and nothing in the line says when each is used`;
  const expected = '200 (microversions 2.1 - 2.9), 202 (microversion 2.10 - ), where a microversion decides';
  report({ severity: 'info', code: 'undivided-codes', at: first.at, message, expected });
}
