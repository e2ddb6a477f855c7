/** A sentence of the reference. */
import { html, type Markup } from '../markup.ts';

/** Literals of the reference stand between double backticks. */
export function said(kind: string, text: string): Markup {
  const parts = text.split(/``([^`]+)``/);
  const words = parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
  return kind === 'note' ? html`<span><span class="note">Note</span> ${words}</span>` : html`<span>${words}</span>`;
}
