/** A sentence of the reference as markup. */
import { html, type Markup } from '../markup.ts';

/** The reference marks literals with double backticks. */
export function sentenceText(kind: string, text: string): Markup {
  const parts = text.split(/``([^`]+)``/);
  const words = parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
  return kind === 'note' ? html`<span><span class="note">Note</span> ${words}</span>` : html`<span>${words}</span>`;
}
