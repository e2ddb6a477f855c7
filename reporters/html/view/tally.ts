/** Counts of verdicts in a row, only those that occur. */
import type { Counts } from '../../../src/records/report.ts';
import { listedKinds, totalOf } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { kindWords, signs } from '../verdict-words.ts';

export function tally(counts: Counts, of: string): Markup {
  const kinds = listedKinds.filter((kind) => counts[kind] > 0);
  const title = `${totalOf(counts)} ${of}: ${kinds.map((kind) => `${counts[kind]} ${kindWords(kind)}`).join(', ')}`;
  return html`<span class="tally" title=${title} role="img" aria-label=${title}>
    ${kinds.map((kind) => html`<span class=${`count ${kind}`}>${signs[kind]} ${counts[kind]}</span>`)}
  </span>`;
}
