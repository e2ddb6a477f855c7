/** Colours: system, light or dark. The choice is stored where the browser allows it. */
const themes = ['system', 'light', 'dark'] as const;

type Theme = (typeof themes)[number];

const key = 'openstack-conformance-theme';
const root = document.documentElement;

export function restoreTheme(): void {
  setTheme(themes.find((theme) => theme === stored()) ?? 'system');
}

export function nextTheme(): void {
  const theme = themes[(themes.indexOf(current()) + 1) % themes.length] ?? 'system';
  setTheme(theme);
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
}

function current(): Theme {
  return themes.find((theme) => theme === root.dataset.theme) ?? 'system';
}

function setTheme(theme: Theme): void {
  root.dataset.theme = theme;
  const button = document.querySelector('[data-action="theme"]');
  const words = `Colours: ${theme}`;
  button?.setAttribute('aria-label', words);
  button?.setAttribute('title', `${words} (t)`);
  if (button) button.textContent = { system: '◐', light: '☀', dark: '☾' }[theme];
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
