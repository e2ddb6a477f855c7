/** A bar with the share of each verdict. */
import type { Counts } from '../../../src/records/report.ts';
import { listedKinds, totalOf } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';

/** A verdict that occurs stays visible. */
const least = 4;
const width = 1000;

export function bar(counts: Counts): Markup {
  const kinds = listedKinds.filter((kind) => counts[kind] > 0);
  const total = totalOf(counts);
  if (total === 0) return null;
  const available = width - least * kinds.length;
  const widths = kinds.map((kind) => least + (available * counts[kind]) / total);
  return html`<svg class="bar" viewBox="0 0 ${width} 10" preserveAspectRatio="none" aria-hidden="true">
    ${kinds.map((kind, index) => {
      const x = widths.slice(0, index).reduce((sum, one) => sum + one, 0);
      return html`<rect class=${kind} x=${x.toFixed(1)} y="0" width=${(widths[index] ?? 0).toFixed(1)} height="10" />`;
    })}
  </svg>`;
}
