/**
 * `traffic.har`: every exchange of the evidence once, in the order of time, as HAR 1.2, for the tools that show traffic.
 *
 * What HAR asks for and nobody measured is -1 or empty, as the format says; what was cut or is no text is marked.
 */
import type { Har } from 'har-format';
import type { Exchange } from '../src/client/exchange.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { harEntry } from './har/entry.ts';

export const harReporter: Reporter = {
  id: 'har',
  summary: 'traffic.har, the exchanges for tools that show traffic',
  render: (record) => [{ path: 'traffic.har', text: `${JSON.stringify(archive(record), undefined, 1)}\n` }],
};

function archive(record: RunRecord): Har {
  const { tool, run } = record.report;
  return {
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      entries: sightings(record).map(({ exchange, cases }) => harEntry(exchange, cases)),
      comment: `Run ${run.name}. Credentials are redacted. Sign-in and discovery are not in the evidence of any case.`,
    },
  };
}

interface Sighting {
  readonly exchange: Exchange;
  /** The cases whose evidence it is. */
  readonly cases: readonly string[];
}

function sightings({ report, evidence }: RunRecord): readonly Sighting[] {
  const seen = new Map<string, { readonly exchange: Exchange; readonly cases: string[] }>();
  for (const { id } of report.cases) {
    for (const exchange of evidence(id)) {
      const known = seen.get(exchange.id);
      if (known) known.cases.push(id);
      else seen.set(exchange.id, { exchange, cases: [id] });
    }
  }
  return [...seen.values()].sort((a, b) => inTime(a.exchange, b.exchange));
}

/** Of two that were sent in the same millisecond, the one with the lower number came first. */
function inTime(a: Exchange, b: Exchange): number {
  return Date.parse(a.startedAt) - Date.parse(b.startedAt) || numberOf(a.id) - numberOf(b.id);
}

function numberOf(id: string): number {
  return Number(id.replace(/\D/g, ''));
}
