/** The record as the page's script reads it. */
import { evidenceFileOf, parsePlace } from '../../src/report/evidence-line.ts';
import type { Outline } from '../../src/report/outline.ts';
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunRecord } from '../../src/report/record.ts';
import { wordAttempts } from '../../src/report/word-parts.ts';
import { isWholePage } from './whole-page.ts';
import type { Packing } from './pack-evidence.ts';
import type { PackedCase, PackedClause, PackedOutline, PageData } from './page-data.ts';

export function packData({ report }: RunRecord, { placesOf }: Packing): PageData {
  const places = new Map(report.clauses.map(({ id }, index) => [id, index]));
  const [texts, verdicts] = [numbered<string>(), numbered<CaseReport['verdict']>()];
  const packCase = (one: CaseReport): PackedCase => {
    const { microversion, identities, verdict, durationMs, exchanges, clause } = one;
    const before = wordAttempts(one, report.run);
    const packed = [
      places.get(clause) ?? -1,
      texts.placeOf(microversion),
      texts.placeOf(identities.join(' ')),
      verdicts.placeOf(verdict),
      durationMs,
      exchanges,
      packPlace(one),
      placesOf(one.id),
    ] as const;
    return before === undefined ? packed : [...packed, printable(before, 1000)];
  };
  return {
    clauses: report.clauses.map((clause) => packClause(clause, texts.placeOf)),
    cases: report.cases.map(packCase),
    texts: texts.all,
    verdicts: verdicts.all,
    ...(report.outline && !isWholePage(report) && { outline: packOutline(report.outline, places) }),
  };
}

function packClause(clause: ClauseReport, placeOf: (text: string) => number): PackedClause {
  const { id, operation, statement, level, kind, range, verdict, errata, source } = clause;
  return [
    placeOf(operation),
    id.startsWith(`${operation}#`) ? id.slice(operation.length + 1) : `=${id}`,
    placeOf(statement),
    placeOf(level),
    placeOf(kind),
    placeOf(range),
    placeOf(verdict),
    errata,
    placeOf(source.file),
    placeOf(source.section),
    source.line,
  ];
}

function packPlace({ operation, evidence }: CaseReport): number | string {
  if (evidence === undefined) return 0;
  const place = parsePlace(evidence);
  return place?.file === evidenceFileOf(operation) ? place.line : evidence;
}

/** Of what a clause decides, only those that the run has. */
function packOutline(outline: Outline, places: ReadonlyMap<string, number>): PackedOutline {
  const pack = (value: unknown, key?: string): unknown => {
    if (Array.isArray(value)) {
      return key === 'by'
        ? value.flatMap((id) => places.get(id as string) ?? [])
        : value.map((item: unknown) => pack(item));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, pack(member, name)]));
  };
  return pack(outline) as PackedOutline;
}

interface Numbered<T> {
  readonly all: readonly T[];
  readonly placeOf: (value: T) => number;
}

/** Each value once. */
function numbered<T>(): Numbered<T> {
  const places = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    placeOf: (value) => {
      const key = JSON.stringify(value);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, all.length);
      return all.push(value) - 1;
    },
  };
}
