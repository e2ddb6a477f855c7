/**
 * The exchanges of all cases, each once, and each text once.
 *
 * Plain JSON rather than compressed: shared texts are stored once, so a full run takes two to three megabytes, any tool
 * can search the file, and the same record gives the same bytes on every machine, which no compressor guarantees. When
 * a page would be too large, headers and bodies are left out, those of passed cases first; the page says so.
 */
import type { Exchange, Headers } from '../../src/client/exchange.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { chooseContents, type Chosen, type ContentLimits } from '../choose-contents.ts';
import type { PackedEvidence, PackedExchange } from './page-data.ts';

export const packingLimits: ContentLimits = { body: 256 * 1024, total: 3 * 1024 * 1024 };

export interface Packing {
  readonly evidence: PackedEvidence;
  readonly indicesOf: (caseId: string) => readonly number[];
  /** The number of exchanges without headers and bodies. */
  readonly cut: number;
}

export function packEvidence(record: RunRecord, limits = packingLimits): Packing {
  const chosen = chooseContents(record, limits);
  const known = new Map(chosen.map(({ exchange }, index) => [exchange.id, index]));
  return {
    evidence: pack(chosen),
    indicesOf: (caseId) => record.evidence(caseId).flatMap(({ id }) => known.get(id) ?? []),
    cut: chosen.filter(({ cut }) => cut).length,
  };
}

function pack(chosen: readonly Chosen[]): PackedEvidence {
  const indices = new Map<string, number>();
  const indexOf = (text: string): number => {
    const known = indices.get(text) ?? indices.size;
    indices.set(text, known);
    return known;
  };
  const exchanges = chosen.map(({ exchange, cut }) => packExchange(exchange, cut, indexOf));
  return { texts: [...indices.keys()], exchanges };
}

function packExchange(exchange: Exchange, cut: boolean, indexOf: (text: string) => number): PackedExchange {
  const { id, purpose, attempt, identity, startedAt, durationMs, request, response, failure } = exchange;
  const headers = (list: Headers): readonly number[] => list.flatMap((pair) => pair.map(indexOf));
  return {
    ...{ id, purpose, identity, at: startedAt, ms: durationMs, method: request.method, url: indexOf(request.url) },
    ...(attempt !== undefined && { attempt }),
    headers: cut ? [] : headers(request.headers),
    ...(request.body !== undefined && { body: indexOf(cut ? '' : request.body) }),
    ...(response && {
      response: {
        status: response.status,
        headers: cut ? [] : headers(response.headers),
        body: indexOf(cut ? '' : response.body),
        ...(response.truncatedBytes !== undefined && { truncatedBytes: response.truncatedBytes }),
      },
    }),
    ...(failure && { failure: { code: failure.code, message: failure.message } }),
    ...(cut && { cut }),
  };
}
