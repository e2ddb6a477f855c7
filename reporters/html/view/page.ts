/** The body of the page, from the verdict to the reference. */
import type { RunRecord } from '../../../src/report/record.ts';
import { printable } from '../../../src/report/printable.ts';
import { countOpen, countVerdicts } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { inventories, confirmed, errata, guide, kept, leaks, retried, waivers } from './appendix.ts';
import { deviations } from './deviations.ts';
import { facts } from './facts.ts';
import { filters } from './filters.ts';
import { helpDialog } from './help-dialog.ts';
import { masthead } from './masthead.ts';
import { hasMatrix, matrix } from './matrix.ts';
import { pageFacts } from './page-facts.ts';
import { reference } from './reference.ts';
import { resourceTable } from './resource-table.ts';
import { undecided } from './undecided.ts';

/** `cut`: the number of exchanges without headers and bodies. */
export function page(record: RunRecord, cut: number): Markup {
  const { report } = record;
  const known = pageFacts(record);
  return html`<a class="skip" href="#verdict">Skip to the verdict</a>
    <nav class="top" aria-label="Page">
      <span class="name">${report.tool.name}</span>
      <code class="run">${printable(report.run.name)}</code>
      <span class="links"> ${links(record).map(([id, words]) => html`<a href=${`#${id}`}>${words}</a>`)} </span>
      <span class="controls scripted">
        <button type="button" data-action="theme" aria-label="Colours: system" title="Colours (t)">◐</button>
        <button type="button" data-action="help" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">
          ?
        </button>
      </span>
    </nav>
    <main id="top">
      ${masthead(report)} ${facts(report)}
      ${deviations('fail', 'Failures', 'Clauses that the target violates, each finding with its first case.', known)}
      ${undecided(report)}
      ${deviations('warn', 'Warnings', 'Violations of a SHOULD. They do not make the target non-conformant.', known)}
      ${deviations('waived', 'Waived failures', 'Known failures that failed as listed.', known)} ${waivers(report)}
      ${confirmed(report)} ${retried(report)} ${hasMatrix(report) ? matrix(known) : resourceTable(report)}
      <section class="reference" aria-labelledby="reference">
        <h2 id="reference">Reference and results</h2>
        <p class="lead">
          ${report.contracts.map(({ origin }) => origin.title).join(' and ')} in its own order, with the clauses that
          decide each sentence, status code and parameter.${' '}<span class="scripted"
            >Open a clause to see its cases and their exchanges.</span
          >
        </p>
        <noscript>
          <p class="lead">
            Filters and the exchanges of each case need the script of the page. The
            folder${' '}<code>evidence/</code>${' '}beside this file also has the exchanges.
          </p>
        </noscript>
        ${filters(known)} ${reference(known)}
      </section>
      ${errata(report)} ${inventories(report)} ${kept(report)} ${leaks(report)} ${guide(report, cut)}
    </main>
    ${helpDialog()}`;
}

function links({ report }: RunRecord): readonly (readonly [id: string, words: string])[] {
  const { fail, warn, waived } = report.counts.cases;
  const open = countOpen(countVerdicts(report.cases.map(({ verdict }) => verdict.is))) > 0;
  return [
    ['verdict', 'Verdict'],
    ['facts', 'Test setup'],
    ...(fail > 0 ? [['fails', 'Failures'] as const] : []),
    ...(open ? [['undecided', 'Not decided'] as const] : []),
    ...(warn > 0 ? [['warns', 'Warnings'] as const] : []),
    ...(waived > 0 ? [['waiveds', 'Waived failures'] as const] : []),
    ...(report.waivers.length > 0 ? [['waivers', 'Waivers'] as const] : []),
    ['matrix', hasMatrix(report) ? 'Matrix' : 'Resources'],
    ['reference', 'Reference'],
  ];
}
