/** Resources by verdict, for a run with too many operations for a matrix; each row links to its operations. */
import { countOpen, countVerdicts, listedKinds, totalOf } from '../../../src/report/tally.ts';
import type { RunReport } from '../../../src/records/report.ts';
import { resourcesOf } from '../../../src/report/resources.ts';
import { groupBy } from '../../../src/group-by.ts';
import { formatAddress } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import { kindWords } from '../verdict-words.ts';

export function resourceTable({ cases, clauses, counts }: RunReport): Markup {
  const byOperation = groupBy(cases, ({ operation }): string => operation);
  const rows = resourcesOf(clauses)
    .map(({ name, operations }) => {
      const own = operations.flatMap((operation) => byOperation.get(operation) ?? []);
      return { name, operations, counts: countVerdicts(own.map(({ verdict }) => verdict.is)) };
    })
    .sort((a, b) => b.counts.fail - a.counts.fail || countOpen(b.counts) - countOpen(a.counts));
  const all = countVerdicts(cases.map(({ verdict }) => verdict.is));
  const kinds = listedKinds.filter((kind) => all[kind] > 0);
  return html`<section class="matrix-page" aria-labelledby="matrix">
    <h2 id="matrix">Resources</h2>
    <p class="lead">
      Cases by resource, those with the most failures first. A name links to the operations of the resource.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="matrix">
      <table class="matrix resources">
        <thead>
          <tr>
            <th scope="col">resource</th>
            <th scope="col">operations</th>
            <th scope="col">cases</th>
            ${kinds.map((kind) => html`<th scope="col">${kindWords(kind)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${nameOf(row.name, row.operations)}</th>
                <td>${row.operations.length}</td>
                <td>${totalOf(row.counts)}</td>
                ${kinds.map((kind) => html`<td class=${row.counts[kind] > 0 ? kind : 'empty'}>${row.counts[kind]}</td>`)}
              </tr>`,
          )}
          <tr>
            <th scope="row">all of the reference</th>
            <td>${byOperation.size}</td>
            <td>${totalOf(counts.cases)}</td>
            ${kinds.map((kind) => html`<td>${counts.cases[kind]}</td>`)}
          </tr>
        </tbody>
      </table>
    </div>
  </section>`;
}

/** Links to the only operation, or to a search for all of them. */
function nameOf(name: string, operations: readonly string[]): Markup {
  const [only = ''] = operations;
  const file = `${name.split('/').at(-1) ?? ''}.`;
  const href = operations.length === 1 ? formatAddress({ id: only }) : formatAddress({ filter: { text: file } });
  return html`<a href=${href}>${name}</a>`;
}
