/** Keys that move, open and filter; ignored during text input and with a modifier key. */
export interface Commands {
  readonly search: () => void;
  readonly leave: () => void;
  readonly failures: () => void;
  readonly theme: () => void;
  readonly help: () => void;
}

export function watchKeys(commands: Commands): void {
  const actions: Readonly<Record<string, () => void>> = {
    '/': commands.search,
    j: () => move(1),
    k: () => move(-1),
    o: toggle,
    f: commands.failures,
    t: commands.theme,
    '?': commands.help,
    Escape: commands.leave,
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) && event.key !== 'Escape') return;
    if (document.querySelector('dialog[open]')) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
  );
}

function move(by: 1 | -1): void {
  const lines = [
    ...document.querySelectorAll<HTMLElement>(
      '.reference summary, .reference a.reference, .deviations > details > summary',
    ),
  ].filter((line) => line.checkVisibility());
  const at = lines.findIndex((line) => line === document.activeElement);
  const next = at >= 0 ? lines[at + by] : by > 0 ? lines.find(isBelowTop) : lines.findLast((line) => !isBelowTop(line));
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

function isBelowTop(line: HTMLElement): boolean {
  return line.getBoundingClientRect().top >= 0;
}

/** Enter does the same by itself. */
function toggle(): void {
  const line = document.activeElement;
  if (line instanceof HTMLElement && line.matches('summary, a.reference')) line.click();
}
