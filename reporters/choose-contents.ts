/**
 * The exchanges of a record, each once, with those whose headers and bodies a report has room for: what stands behind cases that
 * passed is left out first, since all of it is in the evidence.
 */
import type { Exchange } from '../src/client/exchange.ts';
import type { CaseReport, RunRecord } from '../src/report/record.ts';

/** In characters. */
export interface ContentLimits {
  /** A longer body is left out wherever it stands. */
  readonly body: number;
  /** Of all exchanges together. */
  readonly total: number;
  /** The format repeats a text wherever it occurs; otherwise it counts once. */
  readonly repeats?: true;
}

export interface Chosen {
  readonly exchange: Exchange;
  /** The cases whose evidence it is. */
  readonly cases: readonly string[];
  /** Headers and bodies are to be left out. */
  readonly cut: boolean;
  /** Some case that rests on it departed from its clause, or was not decided. */
  readonly telling: boolean;
}

interface Kept {
  readonly exchange: Exchange;
  readonly cases: string[];
  /** Some case that rests on it departed from its clause, or was not decided. */
  telling: boolean;
}

/** In the order of the cases. */
export function chooseContents({ report, evidence }: RunRecord, limits: ContentLimits): readonly Chosen[] {
  const kept = new Map<string, Kept>();
  for (const one of report.cases) {
    for (const exchange of evidence(one.id)) {
      const known = kept.get(exchange.id) ?? { exchange, cases: [], telling: false };
      known.cases.push(one.id);
      known.telling ||= isTelling(one);
      kept.set(exchange.id, known);
    }
  }
  return withinBounds([...kept.values()], limits);
}

function isTelling({ verdict }: CaseReport): boolean {
  return verdict.is !== 'pass' && verdict.is !== 'not-applicable';
}

/**
 * Contents go in this order: single ones that are too long, then those behind passes, then whatever is over the bound.
 * A text that another exchange has, too, is counted once, unless the format repeats it.
 */
function withinBounds(kept: readonly Kept[], { body, total, repeats }: ContentLimits): readonly Chosen[] {
  const isShort = ({ exchange }: Kept): boolean => longestBody(exchange) <= body;
  const [telling, others] = [kept.filter(({ telling }) => telling), kept.filter(({ telling }) => !telling)];
  const known = new Set<string>();
  const within = (one: Kept, room: number): number | undefined => {
    const texts = textsOf(one.exchange);
    const fresh = repeats ? texts : [...new Set(texts)].filter((text) => !known.has(text));
    const cost = fresh.reduce((sum, text) => sum + text.length, 0);
    if (!isShort(one) || cost > room) return undefined;
    for (const text of fresh) known.add(text);
    return room - cost;
  };
  const take = (some: readonly Kept[], room: number): readonly [ReadonlySet<Exchange>, number] => {
    const stays = new Set<Exchange>();
    let left = room;
    for (const one of some) {
      const rest = within(one, left);
      if (rest === undefined) continue;
      left = rest;
      stays.add(one.exchange);
    }
    return [stays, left];
  };
  const [told, room] = take(telling, total);
  const [rest] = take(others, room);
  // Some of the passes would be picked by chance: all of them or none, save single ones that are too long.
  const isWhole = others.every((one) => rest.has(one.exchange) || !isShort(one));
  return kept.map(({ exchange, cases, telling: isKey }) => ({
    exchange,
    cases,
    telling: isKey,
    cut: !(told.has(exchange) || (isWhole && rest.has(exchange))),
  }));
}

/** What a cut takes away. */
function textsOf({ request, response }: Exchange): readonly string[] {
  const headers = [...request.headers, ...(response?.headers ?? [])].flat();
  return [...headers, request.body ?? '', response?.body ?? ''];
}

function longestBody({ request, response }: Exchange): number {
  return Math.max(request.body?.length ?? 0, response?.body.length ?? 0);
}
