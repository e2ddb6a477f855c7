/** The script of the page: filters, navigation and details on demand. It sends and loads nothing. */
import { formatAddress, noFilter, parseAddress, type Filter } from '../address.ts';
import { isActive, readControls, setControls, showFilter, watchControls, watchOperations } from './filter-view.ts';
import { watchKeys } from './keyboard.ts';
import { openDeviations, reveal, watchClauses } from './places.ts';
import { nextTheme, restoreTheme } from './theme.ts';

const help = document.querySelector<HTMLDialogElement>('#help');
const search = document.querySelector<HTMLInputElement>('#filters [name="text"]');

function applyAddress(): void {
  const { id, filter } = parseAddress(location.hash);
  apply(filter);
  if (id !== '') reveal(id);
  else if (isActive(filter)) document.getElementById('reference')?.scrollIntoView();
}

function apply(filter: Filter): void {
  setControls(filter);
  showFilter(filter);
}

/** Sets the filter from the controls, without a new entry in the history. */
function set(filter: Filter): void {
  history.replaceState(null, '', isActive(filter) ? formatAddress({ filter }) : '#');
  apply(filter);
}

const isFailuresOnly = ({ verdicts }: Filter): boolean => verdicts.length === 1 && verdicts[0] === 'fail';

const commands = {
  search: (): void => {
    search?.scrollIntoView({ block: 'nearest' });
    search?.focus();
    search?.select();
  },
  leave: (): void => {
    search?.blur();
    if (isActive(readControls())) set(noFilter);
  },
  failures: (): void => {
    set(isFailuresOnly(readControls()) ? noFilter : { ...noFilter, verdicts: ['fail'] });
    document.getElementById('reference')?.scrollIntoView();
  },
  theme: nextTheme,
  help: (): void => help?.showModal(),
};

const actions: Readonly<Record<string, () => void>> = {
  theme: nextTheme,
  help: commands.help,
  close: () => help?.close(),
  reset: () => set(noFilter),
  fold: () => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>('#reference-body details[open]')) one.open = false;
  },
};

document.documentElement.classList.add('scripting');
restoreTheme();
watchClauses();
watchControls(() => set(readControls()));
watchOperations(readControls);
watchKeys(commands);
document.addEventListener('click', ({ target }) => {
  const action = target instanceof Element ? target.closest<HTMLElement>('[data-action]')?.dataset.action : undefined;
  if (action !== undefined) actions[action]?.();
});
window.addEventListener('hashchange', applyAddress);
window.addEventListener('beforeprint', openDeviations);
applyAddress();
