/** Selects the clauses and cases that match a filter. */
import type { Filter } from '../address.ts';
import { isWithin, parseColumn } from '../columns.ts';
import type { PageCase, PageClause } from '../page-data.ts';
import { cases, casesOf, clauses } from './data.ts';

export interface Kept {
  /** Indices of clauses. */
  readonly clauses: ReadonlySet<number>;
  readonly cases: ReadonlySet<PageCase>;
}

export function keep(filter: Filter): Kept {
  const caseFits = caseFilter(filter);
  const clauseFits = clauseFilter(filter);
  const keptClauses = new Set<number>();
  const keptCases = new Set<PageCase>();
  clauses.forEach((clause, index) => {
    if (!clauseFits(clause, index)) return;
    const own = casesOf(index).filter(caseFits);
    if (own.length > 0) keptClauses.add(index);
    for (const one of own) keptCases.add(one);
  });
  return { clauses: keptClauses, cases: keptCases };
}

function caseFilter({ verdicts, identity, microversions }: Filter): (one: PageCase) => boolean {
  const range = microversions === '' ? undefined : parseColumn(microversions);
  return ({ verdict, as, at }) =>
    (verdicts.length === 0 || verdicts.includes(verdict.is)) &&
    (identity === '' || as.includes(identity)) &&
    (range === undefined || isWithin(range, at));
}

function clauseFilter({ level, operation, text }: Filter): (clause: PageClause, index: number) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const wanted = level.toUpperCase();
  return (clause, index) =>
    (wanted === '' || clause.level === wanted || clause.level === `${wanted} NOT`) &&
    (operation === '' || clause.operation === operation) &&
    (words.length === 0 || hasWords(searchable(index), words));
}

function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

const texts = new Map<number, string>();

/** The searchable text of a clause, including the findings of its cases. */
function searchable(index: number): string {
  const known = texts.get(index);
  if (known !== undefined) return known;
  const clause = clauses[index];
  if (!clause) return '';
  const { id, statement, source, errata } = clause;
  const results = casesOf(index).map(({ at, verdict }) => [
    `@${at}`,
    verdict.is === 'pass' ? '' : JSON.stringify(verdict),
  ]);
  const text = [id, statement, `${source.file}:${source.line}`, source.section, ...errata, ...results.flat()]
    .join(' ')
    .toLowerCase();
  texts.set(index, text);
  return text;
}

export const countOfCases: number = cases.length;
