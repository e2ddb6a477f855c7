/**
 * `traffic.har`: every exchange of the evidence once, in order of time, as HAR 1.2, for traffic viewers.
 *
 * Values that HAR requires and that are not measured are -1 or empty, as the format defines; cut or binary content is
 * marked.
 */
import type { Har } from 'har-format';
import type { Exchange } from '../src/client/exchange.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { jsonLines } from './json-lines.ts';
import { chooseContents, type ContentLimits } from './choose-contents.ts';
import { harEntry } from './har/entry.ts';

export const harReporter: Reporter = {
  id: 'har',
  summary: 'traffic.har, the exchanges, for traffic viewers',
  render: (record) => [{ path: 'traffic.har', text: `${jsonLines(archive(record))}\n` }],
};

function archive(record: RunRecord): Har {
  const { tool, run } = record.report;
  return {
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      entries: chooseContents(record, limits)
        .filter(({ cut, isRelevant }) => isRelevant || !cut)
        .toSorted((a, b) => inTime(a.exchange, b.exchange))
        .map(harEntry),
      comment: `Run ${run.name}. Credentials are redacted. Sign-in and discovery are not in the evidence of any case. Only the total time of an exchange is known; it is given as waiting time. If the file would be too large, exchanges of passed cases are left out; evidence/ has them.`,
    },
  };
}

/** Traffic viewers take minutes to load more. */
const limits: ContentLimits = { body: 1024 * 1024, total: 3 * 1024 * 1024, repeats: true };

/** Of two exchanges in the same millisecond, the one with the lower number comes first. */
function inTime(a: Exchange, b: Exchange): number {
  return Date.parse(a.startedAt) - Date.parse(b.startedAt) || numberOf(a.id) - numberOf(b.id);
}

function numberOf(id: string): number {
  return Number(id.replace(/\D/g, ''));
}
