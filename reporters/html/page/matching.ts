/** Which clauses and cases a filter keeps. */
import type { Filter } from '../address.ts';
import { isWithin, parseColumn } from '../columns.ts';
import type { PageCase, PageClause } from '../page-data.ts';
import { cases, casesOf, clauses } from './data.ts';

export interface Kept {
  /** Places of clauses. */
  readonly clauses: ReadonlySet<number>;
  readonly cases: ReadonlySet<PageCase>;
}

export function keep(filter: Filter): Kept {
  const caseFits = caseFilter(filter);
  const clauseFits = clauseFilter(filter);
  const keptClauses = new Set<number>();
  const keptCases = new Set<PageCase>();
  clauses.forEach((clause, place) => {
    if (!clauseFits(clause, place)) return;
    const own = casesOf(place).filter(caseFits);
    if (own.length > 0) keptClauses.add(place);
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

function clauseFilter({ level, operation, text }: Filter): (clause: PageClause, place: number) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const wanted = level.toUpperCase();
  return (clause, place) =>
    (wanted === '' || clause.level === wanted || clause.level === `${wanted} NOT`) &&
    (operation === '' || clause.operation === operation) &&
    (words.length === 0 || hasWords(searchable(place), words));
}

function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

const texts = new Map<number, string>();

/** Everything about a clause that a reader may search for: also what its cases found. */
function searchable(place: number): string {
  const known = texts.get(place);
  if (known !== undefined) return known;
  const clause = clauses[place];
  if (!clause) return '';
  const { id, statement, source, errata } = clause;
  const told = casesOf(place).map(({ at, verdict }) => [
    `@${at}`,
    verdict.is === 'pass' ? '' : JSON.stringify(verdict),
  ]);
  const text = [id, statement, `${source.file}:${source.line}`, source.section, ...errata, ...told.flat()]
    .join(' ')
    .toLowerCase();
  texts.set(place, text);
  return text;
}

export const countOfCases: number = cases.length;
