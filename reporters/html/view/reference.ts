/** The reference in its own order, with what was decided beside each thing that it says. */
import type { OutlineCode, OutlineOperation, OutlineSection } from '../../../src/report/outline.ts';
import { countVerdicts } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { rangeWords } from '../verdict-words.ts';
import { wholeClause } from './clause-list.ts';
import { entry } from './entry.ts';
import type { PageFacts } from './page-facts.ts';
import { parameterEntries } from './parameters.ts';
import { said } from './said.ts';
import { tally } from './tally.ts';

export function reference(facts: PageFacts): Markup {
  const { outline } = facts.report;
  const known = new Set<string>(outline?.operations.map(({ id }) => id));
  const unknown = [...new Set(facts.report.clauses.map(({ operation }) => operation))].filter((id) => !known.has(id));
  return html`<div id="reference-body">
    ${outline?.operations.map((operation) => operationSection(operation, facts))}
    ${unknown.map((id) => bareSection(id, facts))}
    ${
      outline && outline.common.length > 0
        ? html`<section class="operation common" id="common">
            <header><h3>Every operation</h3></header>
            ${outline.common.map((section) => commonSection(section, facts))}
          </section>`
        : null
    }
    <p class="nothing" hidden>No clause fits the filter. <button type="button" data-act="reset">Show all</button></p>
  </div>`;
}

function operationSection(operation: OutlineOperation, facts: PageFacts): Markup {
  const { id, title, method, path, source, range, sentences, codes, samples } = operation;
  const further = facts.placing.further(id);
  return html`<section class="operation" id=${id} aria-labelledby=${`${id}-title`}>
    <header>
      <h3 id=${`${id}-title`}>${title}</h3>
      <p class="call"><b class="method">${method}</b> <code>${path}</code></p>
      <p class="facts">
        <code>${id}</code>
        <span>${source.file}:${source.line}</span>
        <span>microversions ${rangeWords(range)}</span>
        ${operationTally(id, facts)}
      </p>
    </header>
    ${group(
      'What it says',
      sentences.map((one) => entry(one, said(one.kind, one.text), one.by, facts)),
    )}
    ${group(
      'Codes',
      [...codes].sort(byOutcome).map((one) => entry(one, code(one), one.by, facts)),
    )}
    ${group('Request', parameterEntries(operation, 'request', facts))}
    ${group('Response', parameterEntries(operation, 'response', facts))}
    ${group(
      'Samples',
      samples.map((one) => entry(one, html`<code>${one.file}</code>`, one.by, facts)),
    )}
    ${group(
      'Beyond single sentences',
      further.length === 0
        ? []
        : [html`<div class="clauses loose">${further.map((one) => wholeClause(one, facts))}</div>`],
    )}
  </section>`;
}

/** An operation of which the record holds no outline. */
function bareSection(id: string, facts: PageFacts): Markup {
  return html`<section class="operation" id=${id}>
    <header>
      <h3>${id}</h3>
      <p class="facts">${operationTally(id, facts)}</p>
    </header>
    <div class="clauses loose">${facts.placing.further(id).map((clause) => wholeClause(clause, facts))}</div>
  </section>`;
}

function commonSection({ title, file, sentences }: OutlineSection, facts: PageFacts): Markup {
  return group(
    title,
    sentences.map((one) => entry(one, said(one.kind, one.text), one.by, facts)),
    file,
  );
}

function group(title: string, entries: readonly Markup[], place?: string): Markup {
  if (entries.length === 0) return null;
  return html`<div class="group">
    <h4>${title}${place === undefined ? null : html` <span class="place">${place}</span>`}</h4>
    ${entries}
  </div>`;
}

/** What a success answers with comes first. */
function byOutcome(a: OutlineCode, b: OutlineCode): number {
  return Number(a.of === 'error') - Number(b.of === 'error') || a.status - b.status;
}

function code({ status, of, range }: OutlineCode): Markup {
  return html`<span>
    <b class="status">${status}</b> ${of === 'success' ? 'for a success' : 'for a refusal'}${' '}
    <span class="range">${rangeWords(range)}</span>
  </span>`;
}

function operationTally(id: string, { report }: PageFacts): Markup {
  const cases = report.cases.filter(({ operation }) => operation === id);
  return tally(countVerdicts(cases.map(({ verdict }) => verdict.is)), 'cases');
}
