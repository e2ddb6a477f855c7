/** The body of a clause: its source and its cases. */
import { html, type Markup } from '../markup.ts';
import { kindWords, rangeWords, verdictSign } from '../verdict-words.ts';
import { caseBody } from './case-view.ts';
import { caseId, cases, casesOf, clauses } from './data.ts';
import { fillOnOpen } from './fill.ts';
import type { PageCase } from '../page-data.ts';

export function clauseView(index: number): Markup {
  const clause = clauses[index];
  if (!clause) return null;
  const { id, kind, source, range, errata, level } = clause;
  const own = casesOf(index);
  return html`<dl class="clause-facts">
      <div>
        <dt>id</dt>
        <dd><code>${id}</code></dd>
      </div>
      <div>
        <dt>source</dt>
        <dd>${source.file}:${source.line}, ${source.section}</dd>
      </div>
      <div>
        <dt>applies</dt>
        <dd>${level}, ${rangeWords(range)}, ${kind}</dd>
      </div>
      ${
        errata.length === 0
          ? null
          : html`<div>
              <dt>errata</dt>
              <dd>
                ${errata.map((one) => html`<a href=${`#erratum:${encodeURIComponent(one)}`}><code>${one}</code></a> `)}
              </dd>
            </div>`
      }
    </dl>
    <div class="cases">${own.map(caseView)}</div>
    <p class="others faint" hidden></p>`;
}

function caseView(one: PageCase): Markup {
  const { at, as, verdict, ms, sent, before } = one;
  return html`<details
    class="case"
    id=${caseId(one)}
    data-case=${cases.indexOf(one)}
    onToggle=${fillOnOpen(() => caseBody(one))}
  >
    <summary>
      ${verdictSign(verdict.is)}<b class="at">${at}</b>
      <span class="said">${kindWords(verdict.is)}${before === undefined ? null : ` (${before})`}</span>
      <span class="facts">${as.join(', ')} · ${ms} ms · ${sent} ${sent === 1 ? 'exchange' : 'exchanges'}</span>
    </summary>
    <div class="body"></div>
  </details>`;
}
