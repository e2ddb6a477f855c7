/** The body of a case: its findings, or why it was not decided, and its exchanges. */
import { printable } from '../../../src/report/printable.ts';
import { describeFinding } from '../../../src/report/describe-finding.ts';
import { html, type Markup } from '../markup.ts';
import type { PageCase } from '../page-data.ts';
import { findingTable } from '../view/finding-table.ts';
import { caseId, exchangesOf } from './data.ts';
import { exchangeView } from './exchange-view.ts';

export function caseBody(one: PageCase): Markup {
  const { verdict, file } = one;
  const shown = exchangesOf(one);
  const findings = 'findings' in verdict ? verdict.findings : [];
  const byId = new Map(shown.map(({ exchange }) => [exchange.id, exchange]));
  const named = new Set(findings.map(({ exchange }) => exchange));
  const reason = 'reason' in verdict ? verdict.reason : undefined;
  return html`<p class="case-id"><code>${caseId(one)}</code></p>
    ${reason === undefined ? null : html`<p>${printable(reason, 1000)}</p>`}
    ${verdict.is === 'inconclusive' ? html`<p>Blocked by <b>${printable(verdict.cause)}</b>.</p>` : null}
    ${
      verdict.is === 'not-attempted' && verdict.remedy !== undefined
        ? html`<p class="remedy"><b>How to fix</b> ${printable(verdict.remedy, 500)}</p>`
        : null
    }
    ${verdict.is === 'waived' ? html`<p><b>Waiver.</b> ${printable(verdict.waiver, 1000)}</p>` : null}
    ${findingTable(findings.map((finding) => describeFinding(finding, byId.get(finding.exchange))))}
    ${
      shown.length === 0
        ? html`<p class="faint">Nothing was sent for this case.</p>`
        : shown.map((each) => exchangeView(each, file, named.has(each.exchange.id) || shown.length === 1))
    }`;
}
