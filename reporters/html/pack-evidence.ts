/**
 * The exchanges behind all cases, each once and each text once.
 *
 * Plain JSON rather than compressed: what is shared is stored once, so a full run takes two to three megabytes, a reader
 * can search the file with any tool, and the same record gives the same bytes on every machine, which no compressor
 * promises. A page that would grow too large loses headers and bodies, those of passed cases first; it says so.
 */
import type { Exchange, Headers } from '../../src/client/exchange.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { chooseContents, type Chosen, type ContentLimits } from '../choose-contents.ts';
import type { PackedEvidence, PackedExchange } from './page-data.ts';

export const packingLimits: ContentLimits = { body: 256 * 1024, total: 3 * 1024 * 1024 };

export interface Packing {
  readonly evidence: PackedEvidence;
  readonly placesOf: (caseId: string) => readonly number[];
  /** How many exchanges stand without headers and bodies. */
  readonly cut: number;
}

export function packEvidence(record: RunRecord, limits = packingLimits): Packing {
  const chosen = chooseContents(record, limits);
  const known = new Map(chosen.map(({ exchange }, place) => [exchange.id, place]));
  return {
    evidence: pack(chosen),
    placesOf: (caseId) => record.evidence(caseId).flatMap(({ id }) => known.get(id) ?? []),
    cut: chosen.filter(({ cut }) => cut).length,
  };
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
