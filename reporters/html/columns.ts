/** The columns of the matrix: ranges of microversions within which no operation changes. */
import type { RunReport } from '../../src/records/report.ts';

export interface Column {
  /** As shown and as used by the filter: `2.49-2.59`. */
  readonly range: string;
  readonly first: readonly [number, number];
  /** Missing: up to the newest. */
  readonly last?: readonly [number, number];
}

/** Without an outline, one column for each microversion with a case. */
export function columnsOf({ outline, cases }: RunReport): readonly Column[] {
  const firsts = outline
    ? outline.operations.flatMap(({ revisions }) => revisions.map((range) => range.split('-')[0] ?? ''))
    : cases.map(({ microversion }) => microversion);
  const starts = [...new Set(firsts)].map(pairOf).filter((pair) => pair !== undefined);
  const ordered = starts.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return ordered.map((first, index) => columnOf(first, outline ? ordered[index + 1] : after(first)));
}

export function isWithin({ first, last }: Pick<Column, 'first' | 'last'>, version: string): boolean {
  const pair = pairOf(version);
  if (!pair) return false;
  return !precedes(pair, first) && (last === undefined || !precedes(last, pair));
}

/** Parses a `range`; undefined when it is invalid. */
export function parseColumn(range: string): Pick<Column, 'first' | 'last'> | undefined {
  const [from = '', to] = range.split('-');
  const first = pairOf(from);
  const last = to === undefined ? first : pairOf(to);
  if (!first || (to !== undefined && to !== '' && !last)) return undefined;
  return { first, ...(last && { last }) };
}

type Pair = readonly [number, number];

function columnOf(first: Pair, next: Pair | undefined): Column {
  if (!next) return { range: `${first.join('.')}-`, first };
  const last: Pair = [next[0], next[1] - 1];
  const range = precedes(first, last) ? `${first.join('.')}-${last.join('.')}` : first.join('.');
  return { range, first, last };
}

function after([major, minor]: Pair): Pair {
  return [major, minor + 1];
}

function pairOf(text: string): Pair | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

function precedes(a: Pair, b: Pair): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
