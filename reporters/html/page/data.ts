/** The data of the page; the evidence is read only when the first case is opened. */
import type { Exchange, Headers } from '../../../src/client/exchange.ts';
import { evidenceFileOf } from '../../../src/report/evidence-line.ts';
import type { Outline } from '../../../src/records/outline.ts';
import type { PackedEvidence, PackedExchange, PageCase, PageClause, PageData } from '../page-data.ts';

export interface ShownExchange {
  readonly exchange: Exchange;
  /** Its headers and bodies are not in the page. */
  readonly cut: boolean;
}

const data = JSON.parse(textOf('data')) as PageData;
let evidence: PackedEvidence | undefined;

const textAt = (index: number): string => data.texts[index] ?? '';

export const clauses: readonly PageClause[] = data.clauses.map(
  ([operation, word, statement, level, kind, range, verdict, errata, file, section, line]) => ({
    id: word.startsWith('=') ? word.slice(1) : `${textAt(operation)}#${word}`,
    operation: textAt(operation) as PageClause['operation'],
    statement: textAt(statement),
    level: textAt(level) as PageClause['level'],
    kind: textAt(kind) as PageClause['kind'],
    range: textAt(range),
    verdict: textAt(verdict) as PageClause['verdict'],
    errata,
    source: { file: textAt(file), section: textAt(section), line },
  }),
);

export const cases: readonly PageCase[] = data.cases.map(
  ([clause, at, as, verdict, ms, sent, location, shown, before]) => ({
    ...{ clause, ms, sent, shown },
    at: textAt(at),
    as: textAt(as).split(' '),
    verdict: data.verdicts[verdict] ?? { is: 'error', reason: '' },
    ...(before !== undefined && { before }),
    ...(location !== 0 && {
      file: typeof location === 'string' ? location : `${evidenceFileOf(clauses[clause]?.operation ?? '')}:${location}`,
    }),
  }),
);

/** Undefined where the markup has the whole reference. */
export const outline: Outline | undefined = data.outline && (unpackOutline(data.outline) as Outline);

function unpackOutline(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    return key === 'by'
      ? value.map((index) => clauses[index as number]?.id ?? '')
      : value.map((item: unknown) => unpackOutline(item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unpackOutline(member, name)]));
}

const byClause = new Map<number, PageCase[]>();
for (const one of cases) {
  const own = byClause.get(one.clause);
  if (own) own.push(one);
  else byClause.set(one.clause, [one]);
}

export function casesOf(clause: number): readonly PageCase[] {
  return byClause.get(clause) ?? [];
}

export function caseId(one: PageCase): string {
  return `${clauses[one.clause]?.id ?? ''}@${one.at}`;
}

export function exchangesOf({ shown }: PageCase): readonly ShownExchange[] {
  evidence ??= JSON.parse(textOf('evidence')) as PackedEvidence;
  const { texts, exchanges } = evidence;
  return shown.flatMap((index) => {
    const packed = exchanges[index];
    return packed ? [{ exchange: unpack(packed, texts), cut: packed.cut === true }] : [];
  });
}

function unpack(packed: PackedExchange, texts: readonly string[]): Exchange {
  const text = (index: number): string => texts[index] ?? '';
  const { id, purpose, attempt, identity, at, ms, method, url, headers, body, response, failure } = packed;
  return {
    ...{ id, purpose, identity, startedAt: at, durationMs: ms },
    ...(attempt !== undefined && { attempt }),
    request: {
      method,
      url: text(url),
      headers: pairs(headers, text),
      ...(body !== undefined && { body: text(body) }),
    },
    ...(response && {
      response: {
        status: response.status,
        headers: pairs(response.headers, text),
        body: text(response.body),
        ...(response.truncatedBytes !== undefined && { truncatedBytes: response.truncatedBytes }),
      },
    }),
    ...(failure && { failure }),
  };
}

function pairs(indices: readonly number[], text: (index: number) => string): Headers {
  return indices.flatMap((name, at) => (at % 2 === 0 ? [[text(name), text(indices[at + 1] ?? -1)]] : []));
}

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}
