/** The filter controls above the reference; hidden without the script of the page. */
import { countVerdicts, listedKinds } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { kindWords, signs } from '../verdict-words.ts';
import type { PageFacts } from './page-facts.ts';

export function filters({ report, columns }: PageFacts): Markup {
  const counts = countVerdicts(report.cases.map(({ verdict }) => verdict.is));
  const operations = [...new Set(report.clauses.map(({ operation }) => operation))];
  const identities = [...new Set(report.cases.flatMap((one) => one.identities))];
  return html`<form class="filters scripted" id="filters" role="search" aria-label="Filter the clauses">
    <div class="line">
      <input
        type="search"
        name="text"
        placeholder="Search clauses, ids, findings"
        aria-label="Search clauses, ids, findings"
        autocomplete="off"
        spellcheck="false"
      />
      ${choice('level', 'every level', ['must', 'should', 'may'], (level) => level.toUpperCase())}
      ${choice('operation', 'every operation', operations)} ${choice('identity', 'every identity', identities)}
      ${choice(
        'microversions',
        'every microversion',
        columns.map(({ range }) => range),
      )}
    </div>
    <div class="line">
      <div class="chips" role="group" aria-label="Verdicts">
        ${listedKinds
          .filter((kind) => counts[kind] > 0)
          .map(
            (kind) =>
              html`<button type="button" class=${`chip ${kind}`} data-verdict=${kind} aria-pressed="false">
                <span aria-hidden="true">${signs[kind]}</span> ${kindWords(kind)}
                <span class="number">${counts[kind]}</span>
              </button>`,
          )}
      </div>
      <span class="shown" role="status" aria-live="polite"></span>
      <button type="button" class="plain" data-action="reset" hidden>Show all</button>
      <button type="button" class="plain" data-action="fold">Fold all</button>
    </div>
  </form>`;
}

function choice(
  name: string,
  all: string,
  options: readonly string[],
  words: (option: string) => string = (option) => option,
): Markup {
  return html`<select name=${name} aria-label=${all.replace('every ', '')}>
    <option value="">${all}</option>
    ${options.map((option) => html`<option value=${option}>${words(option)}</option>`)}
  </select>`;
}
