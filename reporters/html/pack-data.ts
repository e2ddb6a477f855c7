/** Packs the record into the data that the script of the page reads. */
import { evidenceFileOf, parsePlace } from '../../src/report/evidence-line.ts';
import type { Outline } from '../../src/records/outline.ts';
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { describeAttempts } from '../../src/report/describe-parts.ts';
import { isWholePage } from './whole-page.ts';
import type { Packing } from './pack-evidence.ts';
import type { PackedCase, PackedClause, PackedOutline, PageData } from './page-data.ts';

export function packData({ report }: RunRecord, { indicesOf }: Packing): PageData {
  const indices = new Map(report.clauses.map(({ id }, index) => [id, index]));
  const [texts, verdicts] = [numbered<string>(), numbered<CaseReport['verdict']>()];
  const packCase = (one: CaseReport): PackedCase => {
    const { microversion, identities, verdict, durationMs, exchanges, clause } = one;
    const before = describeAttempts(one, report.run);
    const packed = [
      indices.get(clause) ?? -1,
      texts.indexOf(microversion),
      texts.indexOf(identities.join(' ')),
      verdicts.indexOf(verdict),
      durationMs,
      exchanges,
      packLocation(one),
      indicesOf(one.id),
    ] as const;
    return before === undefined ? packed : [...packed, printable(before, 1000)];
  };
  return {
    clauses: report.clauses.map((clause) => packClause(clause, texts.indexOf)),
    cases: report.cases.map(packCase),
    texts: texts.all,
    verdicts: verdicts.all,
    ...(report.outline && !isWholePage(report) && { outline: packOutline(report.outline, indices) }),
  };
}

function packClause(clause: ClauseReport, indexOf: (text: string) => number): PackedClause {
  const { id, operation, statement, level, kind, range, verdict, errata, source } = clause;
  return [
    indexOf(operation),
    id.startsWith(`${operation}#`) ? id.slice(operation.length + 1) : `=${id}`,
    indexOf(statement),
    indexOf(level),
    indexOf(kind),
    indexOf(range),
    indexOf(verdict),
    errata,
    indexOf(source.file),
    indexOf(source.section),
    source.line,
  ];
}

function packLocation({ operation, evidence }: CaseReport): number | string {
  if (evidence === undefined) return 0;
  const location = parsePlace(evidence);
  return location?.file === evidenceFileOf(operation) ? location.line : evidence;
}

/** Of the clauses of an entry, only those that the run has. */
function packOutline(outline: Outline, indices: ReadonlyMap<string, number>): PackedOutline {
  const pack = (value: unknown, key?: string): unknown => {
    if (Array.isArray(value)) {
      return key === 'by'
        ? value.flatMap((id) => indices.get(id as string) ?? [])
        : value.map((item: unknown) => pack(item));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, pack(member, name)]));
  };
  return pack(outline) as PackedOutline;
}

interface Numbered<T> {
  readonly all: readonly T[];
  readonly indexOf: (value: T) => number;
}

/** Each value once. */
function numbered<T>(): Numbered<T> {
  const indices = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    indexOf: (value) => {
      const key = JSON.stringify(value);
      const known = indices.get(key);
      if (known !== undefined) return known;
      indices.set(key, all.length);
      return all.push(value) - 1;
    },
  };
}
