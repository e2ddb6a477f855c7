/** The keyboard shortcuts of the page. */
import { html, type Markup } from '../markup.ts';

const keys = [
  ['/', 'search'],
  ['j, k', 'next and previous line'],
  ['o, Enter', 'open or fold the line'],
  ['f', 'failures only, or all'],
  ['t', 'colours: system, light, dark'],
  ['Esc', 'leave the search, show all'],
  ['?', 'keyboard shortcuts'],
] as const;

export function helpDialog(): Markup {
  return html`<dialog id="help" aria-labelledby="help-title">
    <h2 id="help-title">Keyboard shortcuts</h2>
    <dl class="keys">
      ${keys.map(
        ([key, words]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
    <button type="button" data-action="close">Close</button>
  </dialog>`;
}
