/** Cases that were not decided, grouped by cause, with how to fix it; then cases that do not apply. */
import { printable } from '../../../src/report/printable.ts';
import type { RunReport } from '../../../src/records/report.ts';
import { sentence } from '../../../src/report/run-verdict.ts';
import { groupUndecided, type UndecidedGroup } from '../../../src/report/undecided.ts';
import { formatAddress } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import { verdictBadge } from '../verdict-words.ts';

/** The largest; more are folded. */
const mostGroups = 12;
const mostCases = 10;

export function undecided({ cases }: RunReport): Markup {
  const groups = groupUndecided(cases);
  return html`${part(
    'undecided',
    'Not decided',
    'Selected cases without a result. None of these counts as passed.',
    groups.filter(({ kind }) => kind !== 'not-applicable'),
  )}${part(
    'not-applicable',
    'Not applicable',
    'Clauses that do not apply to this target.',
    groups.filter(({ kind }) => kind === 'not-applicable'),
  )}`;
}

function part(id: string, title: string, note: string, groups: readonly UndecidedGroup[]): Markup {
  if (groups.length === 0) return null;
  const count = groups.reduce((sum, { cases }) => sum + cases.length, 0);
  return html`<section class="undecided" aria-labelledby=${id}>
    <h2 id=${id}>${title} <span class="number">${count}</span></h2>
    <p class="lead">${note}</p>
    <ul class="groups">
      ${groups.slice(0, mostGroups).map(group)}
    </ul>
    ${
      groups.length > mostGroups
        ? html`<details>
            <summary>${groups.length - mostGroups} more causes</summary>
            <ul class="groups">
              ${groups.slice(mostGroups).map(group)}
            </ul>
          </details>`
        : null
    }
  </section>`;
}

function group({ kind, cause, reason, remedy, cases }: UndecidedGroup): Markup {
  return html`<li>
    <p>
      ${verdictBadge(kind)} <b>${cases.length} ${cases.length === 1 ? 'case' : 'cases'}</b>${
        cause === undefined ? null : html`, blocked by <b>${printable(cause)}</b>`
      }
    </p>
    <p>${sentence(reason)}</p>
    ${remedy === undefined ? null : html`<p class="remedy"><b>How to fix</b> ${sentence(remedy)}</p>`}
    <details>
      <summary>Cases</summary>
      <ul class="ids">
        ${cases.slice(0, mostCases).map(
          (id) =>
            html`<li>
              <a href=${formatAddress({ id })}><code>${printable(id)}</code></a>
            </li>`,
        )}
        ${
          cases.length > mostCases
            ? html`<li>
                <a href=${formatAddress({ filter: { verdicts: [kind], text: printable(cause ?? reason) } })}
                  >all ${cases.length} in the reference below</a
                >
              </li>`
            : null
        }
      </ul>
    </details>
  </li>`;
}
