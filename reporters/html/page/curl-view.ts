/** A command line with a button that copies the whole of it; a long one is shown in part. */
import { printable } from '../../../src/report/printable.ts';
import { html, type Markup } from '../markup.ts';

const longestShown = 360;

export function curlView(line: string, identity: string): Markup {
  const cut = line.length > longestShown;
  const shown = cut ? `${line.slice(0, longestShown)}…` : line;
  return html`<div class="curl">
    <span class="as">as ${printable(identity)}</span>
    <code title=${cut ? 'Shortened; the button copies the whole line' : ''}>${shown}</code>
    <button type="button" onClick=${(event: Event) => copyFrom(event, line)}>Copy</button>
  </div>`;
}

function copyFrom({ currentTarget }: Event, text: string): void {
  if (!(currentTarget instanceof HTMLButtonElement)) return;
  const button = currentTarget;
  const tell = (words: string): void => {
    button.textContent = words;
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  };
  copy(text).then(
    () => tell('Copied'),
    () => tell('Not copied'),
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

/** Where a page from a file may not use the clipboard. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('The clipboard cannot be written.');
}
