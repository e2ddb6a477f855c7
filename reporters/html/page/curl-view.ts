/** A command with a button that copies it; a long command is shown shortened. */
import { printable } from '../../../src/report/printable.ts';
import { html, type Markup } from '../markup.ts';

const longestShown = 360;

export function curlView(line: string, identity: string): Markup {
  const cut = line.length > longestShown;
  const shown = cut ? `${line.slice(0, longestShown)}…` : line;
  return html`<div class="curl">
    <span class="as">as ${printable(identity)}</span>
    <code title=${cut ? 'Shortened; the button copies the whole command' : ''}>${shown}</code>
    <button type="button" onClick=${(event: Event) => copyFrom(event, line)}>Copy</button>
  </div>`;
}

function copyFrom({ currentTarget }: Event, text: string): void {
  if (!(currentTarget instanceof HTMLButtonElement)) return;
  const button = currentTarget;
  const show = (words: string): void => {
    button.textContent = words;
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  };
  copy(text).then(
    () => show('Copied'),
    () => show('Not copied'),
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

/** For browsers where a page from a file may not use the clipboard. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('Cannot write to the clipboard.');
}
