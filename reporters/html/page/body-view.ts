/** The body of a message as text, indented where it is JSON, with redacted parts highlighted. */
import { visible } from '../../../src/report/printable.ts';
import { html, type Markup } from '../markup.ts';
import { jsonTokens } from './json-tokens.ts';

/** Longer bodies are shown as received. */
const longestIndented = 60_000;
const longestShown = 200_000;

export function bodyView(body: string): Markup {
  if (body === '') return html`<p class="faint">no body</p>`;
  const tokens = body.length <= longestIndented ? jsonTokens(body) : undefined;
  if (tokens) {
    return html`<pre class="body-text" tabindex="0">
${tokens.map(({ kind, text }) =>
        kind === 'space' || kind === 'mark' ? text : html`<span class=${`json-${kind}`}>${marked(text)}</span>`,
      )}</pre>`;
  }
  const rest = body.length - longestShown;
  return html`<pre class="body-text" tabindex="0">${marked(body.slice(0, longestShown))}</pre>
    ${rest > 0 ? html`<p class="faint">${rest} more characters in the evidence file.</p>` : null}`;
}

/** Text with redacted secrets highlighted. */
export function marked(text: string): Markup {
  const parts = visible(text).split('[redacted]');
  return parts.map((part, index) =>
    index === 0 ? part : [html`<mark class="redacted" title="A secret was removed here">[redacted]</mark>`, part],
  );
}
