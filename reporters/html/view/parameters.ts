/** The parameters of a request or a response, each with the sentences about it. */
import type { OutlineOperation, OutlineParameter } from '../../../src/records/outline.ts';
import { html, type Markup } from '../markup.ts';
import { rangeWords } from '../verdict-words.ts';
import { parameterClauses } from '../place-clauses.ts';
import { entry } from './entry.ts';
import type { ReferenceFacts } from './page-facts.ts';
import { sentenceText } from './sentence-text.ts';

export function parameterEntries(
  { parameters }: OutlineOperation,
  side: OutlineParameter['side'],
  facts: ReferenceFacts,
): readonly Markup[] {
  return parameters
    .filter((parameter) => parameter.side === side)
    .map((parameter) => entry(parameter, parameterWords(parameter), parameterClauses(parameter), facts));
}

function parameterWords({ name, place, type, required, range, sentences }: OutlineParameter): Markup {
  const needed = { always: 'required', sometimes: 'required at some microversions', never: 'optional' }[required];
  return html`<span>
    <code class="name">${name}</code>
    ${' '}<span class="kind">${place}, ${type}, ${needed}</span> <span class="range">${rangeWords(range)}</span>
    ${sentences.map(({ kind, text }) => html`<span class="sentence">${sentenceText(kind, text)}</span>`)}
  </span>`;
}
