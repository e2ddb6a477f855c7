/** Operations by microversions: each cell has the worst verdict and the counts, and links to its cases. */
import { countVerdicts, foldVerdicts, listedKinds, totalOf } from '../../../src/report/tally.ts';
import type { CaseReport, RunReport } from '../../../src/records/report.ts';
import { formatAddress } from '../address.ts';
import { isWithin, type Column } from '../columns.ts';
import { html, type Markup } from '../markup.ts';
import { kindWords, signs } from '../verdict-words.ts';
import type { PageFacts } from './page-facts.ts';

/** A matrix of more operations does not fit a screen. */
const mostOperations = 24;

export function hasMatrix({ cases }: RunReport): boolean {
  return new Set(cases.map(({ operation }) => operation)).size <= mostOperations;
}

export function matrix({ report, columns }: PageFacts): Markup {
  const operations = [...new Set(report.cases.map(({ operation }) => operation))];
  if (operations.length === 0) return null;
  return html`<section class="matrix-page" aria-labelledby="matrix">
    <h2 id="matrix">Operations and microversions</h2>
    <p class="lead">
      A column is a range of microversions within which the reference does not change. A cell shows the worst verdict
      and the number of cases, and links to them.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">operation</th>
            ${columns.map(({ range }) => html`<th scope="col">${range.replace('-', '–')}</th>`)}
            <th scope="col">all</th>
          </tr>
        </thead>
        <tbody>
          ${operations.map((operation) => {
            const cases = report.cases.filter((one) => one.operation === operation);
            return html`<tr>
              <th scope="row"><a href=${formatAddress({ id: operation })}>${operation}</a></th>
              ${columns.map((column) => cell(operation, column, cases))} ${cell(operation, undefined, cases)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

function cell(operation: string, column: Column | undefined, cases: readonly CaseReport[]): Markup {
  const own = column ? cases.filter(({ microversion }) => isWithin(column, microversion)) : cases;
  if (own.length === 0) return html`<td class="empty"><span aria-label="no case">·</span></td>`;
  const kinds = own.map(({ verdict }) => verdict.is);
  const counts = countVerdicts(kinds);
  const worst = foldVerdicts(kinds);
  const words = listedKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kindWords(kind)}`)
    .join(', ');
  const href = formatAddress({ filter: { operation, ...(column && { microversions: column.range }) } });
  const share = counts[worst] === totalOf(counts) ? String(own.length) : `${counts[worst]} of ${own.length}`;
  return html`<td>
    <a
      class=${`cell ${worst}`}
      href=${href}
      title=${words}
      aria-label=${`${operation} ${column?.range ?? ''}: ${words}`}
    >
      <span aria-hidden="true">${signs[worst]}</span> ${share}
    </a>
  </td>`;
}
