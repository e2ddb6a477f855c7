/** What did not hold, clause by clause, told by the first case: expected and seen side by side. */
import { groupBy } from '../../../src/group-by.ts';
import { printable } from '../../../src/report/printable.ts';
import type { CaseReport } from '../../../src/report/record.ts';
import { tellCase } from '../../../src/report/tell-case.ts';
import { formatAddress } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import { verdictSign } from '../verdict-words.ts';
import { findingTable } from './finding-table.ts';
import type { PageFacts } from './page-facts.ts';

export type Departure = 'fail' | 'warn' | 'waived';

/** The reference below has every one of them. */
const mostClauses = 60;
const mostFindings = 6;

export function departures(kind: Departure, title: string, note: string, facts: PageFacts): Markup {
  const cases = facts.report.cases.filter(({ verdict }) => verdict.is === kind);
  if (cases.length === 0) return null;
  const clauses = [...groupBy(cases, ({ clause }) => clause)];
  const rest = clauses.length - mostClauses;
  return html`<section class="departures" aria-labelledby=${`${kind}s`}>
    <h2 id=${`${kind}s`}>${title} <span class="number">${clauses.length}</span></h2>
    <p class="lead">${note}</p>
    ${clauses.slice(0, mostClauses).map(([id, own], index) => departure(id, own, index, kind, facts))}
    ${
      rest > 0
        ? html`<p>
            <a href=${formatAddress({ filter: { verdicts: [kind] } })}>${rest} more clauses in the reference below</a>
          </p>`
        : null
    }
  </section>`;
}

function departure(
  id: string,
  cases: readonly CaseReport[],
  index: number,
  kind: Departure,
  { record, placing }: PageFacts,
): Markup {
  const clause = placing.clause(id);
  const [first] = cases;
  if (!first) return null;
  const { findings, repeats } = tellCase(record, first);
  const rest = findings.length - mostFindings;
  return html`<details class="departure" open=${kind === 'fail' && index < 20}>
    <summary>
      ${verdictSign(kind)}<span class="said">${clause?.statement ?? id}</span>
      <span class="range">at ${cases.map(({ microversion }) => microversion).join(', ')}</span>
    </summary>
    <div class="body">
      <p class="facts">
        <a href=${formatAddress({ id: first.id })}><code>${id}</code></a>
        ${clause ? html`<span>${clause.source.file}:${clause.source.line}, ${clause.source.section}</span>` : null}
      </p>
      ${findingTable(findings.slice(0, mostFindings))}
      ${rest > 0 ? html`<p class="faint">${rest} more departures in the case itself.</p>` : null}
      ${first.verdict.is === 'waived' ? html`<p><b>Waiver.</b> ${printable(first.verdict.waiver, 1000)}</p>` : null}
      ${repeats.map(
        ({ identity, curl }) =>
          html`<div class="curl"><span class="as">as ${printable(identity)}</span><code>${curl}</code></div>`,
      )}
    </div>
  </details>`;
}
