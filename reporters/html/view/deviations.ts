/** Failures, warnings and waived failures by finding: each with its first case and all clauses that it breaks. */
import { groupFindings, type FindingGroup } from '../../../src/report/finding-groups.ts';
import { printable } from '../../../src/report/printable.ts';
import { describeCase } from '../../../src/report/describe-case.ts';
import { formatAddress } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import { verdictSign } from '../verdict-words.ts';
import { findingTable } from './finding-table.ts';
import type { PageFacts } from './page-facts.ts';

export type Deviation = 'fail' | 'warn' | 'waived';

/** The reference below has all of them. */
const mostGroups = 60;
const mostClauses = 20;
const mostFindings = 6;
const mostOpen = 5;

export function deviations(kind: Deviation, title: string, note: string, facts: PageFacts): Markup {
  const groups = groupFindings(facts.report.cases.filter(({ verdict }) => verdict.is === kind));
  if (groups.length === 0) return null;
  const clauses = new Set(groups.flatMap((group) => group.clauses)).size;
  const rest = groups.length - mostGroups;
  return html`<section class="deviations" aria-labelledby=${`${kind}s`}>
    <h2 id=${`${kind}s`}>${title} <span class="number">${clauses}</span></h2>
    <p class="lead">${note}</p>
    ${groups.slice(0, mostGroups).map((group, index) => deviation(group, index, kind, facts))}
    ${
      rest > 0
        ? html`<p>
            <a href=${formatAddress({ filter: { verdicts: [kind] } })}>${rest} more findings in the reference below</a>
          </p>`
        : null
    }
  </section>`;
}

function deviation(group: FindingGroup, index: number, kind: Deviation, facts: PageFacts): Markup {
  const [first] = group.cases;
  if (!first) return null;
  const clause = facts.placing.clause(first.clause);
  const { findings, repeats } = describeCase(facts.record, first);
  const rest = findings.length - mostFindings;
  return html`<details class="deviation" open=${kind === 'fail' && index < mostOpen}>
    <summary>${verdictSign(kind)}${headOf(group, facts)}</summary>
    <div class="body">
      ${group.clauses.length > 1 ? html`<p>${clause?.statement ?? first.clause}</p>` : null}
      <p class="facts">
        <a href=${formatAddress({ id: first.id })}><code>${first.clause}</code></a>
        ${clause ? html`<span>${clause.source.file}:${clause.source.line}, ${clause.source.section}</span>` : null}
      </p>
      ${findingTable(findings.slice(0, mostFindings))}
      ${rest > 0 ? html`<p class="faint">${rest} more deviations in the case itself.</p>` : null}
      ${first.verdict.is === 'waived' ? html`<p><b>Waiver.</b> ${printable(first.verdict.waiver, 1000)}</p>` : null}
      ${repeats.map(
        ({ identity, curl }) =>
          html`<div class="curl"><span class="as">as ${printable(identity)}</span><code>${curl}</code></div>`,
      )}
      ${otherClauses(group, kind)}
    </div>
  </details>`;
}

/** One clause is named by its statement; several are named by the finding. */
function headOf({ title, clauses, operations, cases }: FindingGroup, { placing }: PageFacts): Markup {
  const [id = ''] = clauses;
  if (clauses.length === 1) {
    return html`<span class="said">${placing.clause(id)?.statement ?? id}</span>
      <span class="range">at ${cases.map(({ microversion }) => microversion).join(', ')}</span>`;
  }
  const extent = `${clauses.length} clauses of ${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}`;
  return html`<span class="said">${title.charAt(0).toUpperCase()}${title.slice(1)}</span>
    <span class="range">${extent}</span>`;
}

/** Each clause links to its first case with this finding. */
function otherClauses({ clauses, cases }: FindingGroup, kind: Deviation): Markup {
  const others = clauses.slice(1);
  if (others.length === 0) return null;
  const first = new Map(cases.toReversed().map(({ clause, id }) => [clause, id]));
  const rest = others.length - mostClauses;
  return html`<details class="alike">
    <summary>${others.length} more ${others.length === 1 ? 'clause' : 'clauses'} with this finding</summary>
    <ul class="ids">
      ${others.slice(0, mostClauses).map(
        (id) =>
          html`<li>
            <a href=${formatAddress({ id: first.get(id) ?? id })}><code>${id}</code></a>
          </li>`,
      )}
      ${
        rest > 0
          ? html`<li>
              <a href=${formatAddress({ filter: { verdicts: [kind] } })}>${rest} more in the reference below</a>
            </li>`
          : null
      }
    </ul>
  </details>`;
}
