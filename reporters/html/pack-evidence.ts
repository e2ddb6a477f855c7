/**
 * The exchanges behind all cases, each once and each text once.
 *
 * Plain JSON rather than compressed: what is shared is stored once, so a full run takes two to three megabytes, a reader
 * can search the file with any tool, and the same record gives the same bytes on every machine, which no compressor
 * promises. A page that would grow too large loses headers and bodies, those of passed cases first; it says so.
 */
import type { Exchange, Headers } from '../../src/client/exchange.ts';
import type { CaseReport, RunRecord } from '../../src/report/record.ts';
import type { PackedEvidence, PackedExchange } from './page-data.ts';

/** In characters. */
export interface PackingLimits {
  /** A longer body is left out wherever it stands. */
  readonly body: number;
  /** Of all exchanges together. */
  readonly total: number;
}

export const packingLimits: PackingLimits = { body: 256 * 1024, total: 15 * 1024 * 1024 };

export interface Packing {
  readonly evidence: PackedEvidence;
  readonly placesOf: (caseId: string) => readonly number[];
  /** How many exchanges stand without headers and bodies. */
  readonly cut: number;
}

interface Kept {
  readonly exchange: Exchange;
  /** Some case that rests on it departed from its clause, or was not decided. */
  readonly telling: boolean;
}

export function packEvidence({ report, evidence }: RunRecord, limits = packingLimits): Packing {
  const kept = new Map<string, Kept>();
  const byCase = new Map<string, readonly string[]>();
  for (const one of report.cases) {
    const exchanges = evidence(one.id);
    byCase.set(
      one.id,
      exchanges.map(({ id }) => id),
    );
    for (const exchange of exchanges) {
      kept.set(exchange.id, { exchange, telling: isTelling(one) || kept.get(exchange.id)?.telling === true });
    }
  }
  const places = new Map([...kept.keys()].map((id, index) => [id, index]));
  const chosen = withinBounds([...kept.values()], limits);
  return {
    evidence: pack(chosen),
    placesOf: (caseId) => (byCase.get(caseId) ?? []).flatMap((id) => places.get(id) ?? []),
    cut: chosen.filter(({ cut }) => cut).length,
  };
}

function isTelling({ verdict }: CaseReport): boolean {
  return verdict.is !== 'pass' && verdict.is !== 'not-applicable';
}

interface Chosen {
  readonly exchange: Exchange;
  readonly cut: boolean;
}

/**
 * Contents go in this order: single ones that are too long, then those behind passes, then whatever is over the bound.
 * A text that another exchange has, too, stands in the page once and is counted once.
 */
function withinBounds(kept: readonly Kept[], { body, total }: PackingLimits): readonly Chosen[] {
  const isShort = ({ exchange }: Kept): boolean => longestBody(exchange) <= body;
  const [telling, others] = [kept.filter(({ telling }) => telling), kept.filter(({ telling }) => !telling)];
  const known = new Set<string>();
  const within = (one: Kept, room: number): number | undefined => {
    const fresh = [...new Set(textsOf(one.exchange))].filter((text) => !known.has(text));
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
  return kept.map(({ exchange }) => ({ exchange, cut: !(told.has(exchange) || (isWhole && rest.has(exchange))) }));
}

/** What a cut takes away. */
function textsOf({ request, response }: Exchange): readonly string[] {
  const headers = [...request.headers, ...(response?.headers ?? [])].flat();
  return [...headers, request.body ?? '', response?.body ?? ''];
}

function longestBody({ request, response }: Exchange): number {
  return Math.max(request.body?.length ?? 0, response?.body.length ?? 0);
}

function pack(chosen: readonly Chosen[]): PackedEvidence {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  };
  const exchanges = chosen.map(({ exchange, cut }) => packExchange(exchange, cut, placeOf));
  return { texts: [...places.keys()], exchanges };
}

function packExchange(exchange: Exchange, cut: boolean, placeOf: (text: string) => number): PackedExchange {
  const { id, purpose, attempt, identity, startedAt, durationMs, request, response, failure } = exchange;
  const headers = (list: Headers): readonly number[] => list.flatMap((pair) => pair.map(placeOf));
  return {
    ...{ id, purpose, identity, at: startedAt, ms: durationMs, method: request.method, url: placeOf(request.url) },
    ...(attempt !== undefined && { attempt }),
    headers: cut ? [] : headers(request.headers),
    ...(request.body !== undefined && { body: placeOf(cut ? '' : request.body) }),
    ...(response && {
      answer: {
        status: response.status,
        headers: cut ? [] : headers(response.headers),
        body: placeOf(cut ? '' : response.body),
        ...(response.truncatedBytes !== undefined && { truncatedBytes: response.truncatedBytes }),
      },
    }),
    ...(failure && { failure: { code: failure.code, message: failure.message } }),
    ...(cut && { cut }),
  };
}
