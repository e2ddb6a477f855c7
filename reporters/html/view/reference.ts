/** The reference in its own order, with the clauses and verdicts of each entry. */
import type { OutlineCode, OutlineOperation, OutlineSection } from '../../../src/records/outline.ts';
import { html, type Markup } from '../markup.ts';
import { rangeWords } from '../verdict-words.ts';
import { isWholePage } from '../whole-page.ts';
import { wholeClause } from './clause-list.ts';
import { entry } from './entry.ts';
import type { PageFacts, ReferenceFacts } from './page-facts.ts';
import { parameterEntries } from './parameters.ts';
import { sentenceText } from './sentence-text.ts';
import { tally } from './tally.ts';

/** The whole reference, or the head of each operation with a body that the script fills in when it is opened. */
export function reference(facts: PageFacts): Markup {
  const whole = isWholePage(facts.report);
  const common = facts.outline?.common ?? [];
  return html`<div id="reference-body">
    ${operationsIn(facts).map((id) => operationSection(id, facts, whole))}
    ${
      common.length > 0
        ? html`<section class="operation common" id="common">
            <header><h3>Every operation</h3></header>
            ${whole ? commonBody(facts) : onDemand('common', 'Statements about every operation')}
          </section>`
        : null
    }
    <p class="nothing" hidden>
      No clause matches the filter. <button type="button" data-action="reset">Show all</button>
    </p>
  </div>`;
}

/** In the order of the reference, then operations without an outline. */
function operationsIn({ outline, clauses }: ReferenceFacts): readonly string[] {
  return [
    ...new Set<string>([...(outline?.operations ?? []).map(({ id }) => id), ...clauses.map((one) => one.operation)]),
  ];
}

function operationSection(id: string, facts: ReferenceFacts, whole: boolean): Markup {
  const known = outlineOf(id, facts);
  const body = (): Markup => (whole ? operationBody(id, facts) : onDemand(id, 'Clauses and cases'));
  if (!known) {
    return html`<section class="operation" id=${id}>
      <header>
        <h3>${id}</h3>
        <p class="facts">${operationTally(id, facts)}</p>
      </header>
      ${body()}
    </section>`;
  }
  const { title, method, path, source, range } = known;
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
    ${body()}
  </section>`;
}

function onDemand(id: string, words: string): Markup {
  return html`<details class="on-demand" data-operation=${id}>
    <summary>${words}</summary>
    <div class="body"></div>
  </details>`;
}

function outlineOf(id: string, { outline }: ReferenceFacts): OutlineOperation | undefined {
  return outline?.operations.find((one) => one.id === id);
}

/** The body of an operation, or of `common`, which applies to every operation. */
export function bodyOf(id: string, facts: ReferenceFacts): Markup {
  return id === 'common' ? commonBody(facts) : operationBody(id, facts);
}

function operationBody(id: string, facts: ReferenceFacts): Markup {
  const unplaced = facts.placing.unplaced(id);
  const known = outlineOf(id, facts);
  if (!known) return html`<div class="clauses loose">${unplaced.map((clause) => wholeClause(clause, facts))}</div>`;
  const { sentences, codes, samples } = known;
  return html`
    ${group(
      'Statements',
      sentences.map((one) => entry(one, sentenceText(one.kind, one.text), one.by, facts)),
    )}
    ${group(
      'Status codes',
      [...codes].sort(byOutcome).map((one) => entry(one, code(one), one.by, facts)),
    )}
    ${group('Request', parameterEntries(known, 'request', facts))}
    ${group('Response', parameterEntries(known, 'response', facts))}
    ${group(
      'Samples',
      samples.map((one) => entry(one, html`<code>${one.file}</code>`, one.by, facts)),
    )}
    ${group(
      'Other clauses',
      unplaced.length === 0
        ? []
        : [html`<div class="clauses loose">${unplaced.map((one) => wholeClause(one, facts))}</div>`],
    )}
  `;
}

function commonBody(facts: ReferenceFacts): Markup {
  return html`${facts.outline?.common.map((section) => commonSection(section, facts))}`;
}

function commonSection({ title, file, sentences }: OutlineSection, facts: ReferenceFacts): Markup {
  return group(
    title,
    sentences.map((one) => entry(one, sentenceText(one.kind, one.text), one.by, facts)),
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

/** Status codes of success come first. */
function byOutcome(a: OutlineCode, b: OutlineCode): number {
  return Number(a.of === 'error') - Number(b.of === 'error') || a.status - b.status;
}

function code({ status, of, range }: OutlineCode): Markup {
  return html`<span>
    <b class="status">${status}</b> ${of === 'success' ? 'success' : 'error'}${' '}
    <span class="range">${rangeWords(range)}</span>
  </span>`;
}

function operationTally(id: string, { countsOf }: ReferenceFacts): Markup {
  return tally(countsOf(id), 'cases');
}
