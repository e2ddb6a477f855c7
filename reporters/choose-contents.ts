/**
 * Chooses the exchanges whose headers and bodies fit into a report. Those of passed cases are left out first; the
 * evidence has all of them.
 */
import type { Exchange } from '../src/client/exchange.ts';
import type { CaseReport } from '../src/records/report.ts';
import type { RunRecord } from '../src/report/record.ts';

/** In characters. */
export interface ContentLimits {
  /** A longer body is always left out. */
  readonly body: number;
  /** The sum over all exchanges. */
  readonly total: number;
  /** The format repeats a text at each occurrence; otherwise it counts once. */
  readonly repeats?: true;
}

export interface Chosen {
  readonly exchange: Exchange;
  /** The cases that have it in their evidence. */
  readonly cases: readonly string[];
  /** Leave out headers and bodies. */
  readonly cut: boolean;
  /** At least one of the cases neither passed nor is not applicable. */
  readonly isRelevant: boolean;
}

interface Gathered {
  readonly exchange: Exchange;
  readonly cases: string[];
  isRelevant: boolean;
}

/** In the order of the cases. */
export function chooseContents({ report, evidence }: RunRecord, limits: ContentLimits): readonly Chosen[] {
  const kept = new Map<string, Gathered>();
  for (const one of report.cases) {
    for (const exchange of evidence(one.id)) {
      const known = kept.get(exchange.id) ?? { exchange, cases: [], isRelevant: false };
      known.cases.push(one.id);
      known.isRelevant ||= isRelevantCase(one);
      kept.set(exchange.id, known);
    }
  }
  return withinBounds([...kept.values()], limits);
}

function isRelevantCase({ verdict }: CaseReport): boolean {
  return verdict.is !== 'pass' && verdict.is !== 'not-applicable';
}

/**
 * Contents are left out in this order: those with a body that is too long, those of passed cases, those over the limit.
 * A text that several exchanges share is counted once, unless the format repeats it.
 */
function withinBounds(gathered: readonly Gathered[], { body, total, repeats }: ContentLimits): readonly Chosen[] {
  const isShort = ({ exchange }: Gathered): boolean => longestBody(exchange) <= body;
  const relevant = gathered.filter(({ isRelevant }) => isRelevant);
  const others = gathered.filter(({ isRelevant }) => !isRelevant);
  const known = new Set<string>();
  const within = (one: Gathered, available: number): number | undefined => {
    const texts = textsOf(one.exchange);
    const fresh = repeats ? texts : [...new Set(texts)].filter((text) => !known.has(text));
    const cost = fresh.reduce((sum, text) => sum + text.length, 0);
    if (!isShort(one) || cost > available) return undefined;
    for (const text of fresh) known.add(text);
    return available - cost;
  };
  const take = (some: readonly Gathered[], available: number): readonly [ReadonlySet<Exchange>, number] => {
    const stays = new Set<Exchange>();
    let left = available;
    for (const one of some) {
      const rest = within(one, left);
      if (rest === undefined) continue;
      left = rest;
      stays.add(one.exchange);
    }
    return [stays, left];
  };
  const [shown, left] = take(relevant, total);
  const [rest] = take(others, left);
  // A part of the passed cases would be an arbitrary choice: all of them or none, except for bodies that are too long.
  const isWhole = others.every((one) => rest.has(one.exchange) || !isShort(one));
  return gathered.map(({ exchange, cases, isRelevant }) => ({
    exchange,
    cases,
    isRelevant,
    cut: !(shown.has(exchange) || (isWhole && rest.has(exchange))),
  }));
}

/** The texts that a cut removes. */
function textsOf({ request, response }: Exchange): readonly string[] {
  const headers = [...request.headers, ...(response?.headers ?? [])].flat();
  return [...headers, request.body ?? '', response?.body ?? ''];
}

function longestBody({ request, response }: Exchange): number {
  return Math.max(request.body?.length ?? 0, response?.body.length ?? 0);
}
