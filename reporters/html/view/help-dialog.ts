/** The keys that the page knows. */
import { html, type Markup } from '../markup.ts';

const keys = [
  ['/', 'search'],
  ['j, k', 'next and previous line'],
  ['o, Enter', 'open or fold it'],
  ['f', 'only what failed, and back'],
  ['t', 'colours: system, light, dark'],
  ['Esc', 'leave the search, show all'],
  ['?', 'these keys'],
] as const;

export function helpDialog(): Markup {
  return html`<dialog id="help" aria-labelledby="help-title">
    <h2 id="help-title">Keys</h2>
    <dl class="keys">
      ${keys.map(
        ([key, words]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
    <button type="button" data-act="close">Close</button>
  </dialog>`;
}
