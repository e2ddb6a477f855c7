/** Shows what matches the filter, hides the rest, and shows the counts. */
import { noFilter, type Filter } from '../address.ts';
import { clauses } from './data.ts';
import { filterCases } from './filtered-cases.ts';
import { countOfCases, keep, type Kept } from './matching.ts';
import { clauseElementsIn, indexOf } from './places.ts';
import { elementOfClause, fillOperation, onDemand } from './reference-view.ts';

const form = document.querySelector<HTMLFormElement>('#filters');
const shown = document.querySelector<HTMLElement>('.shown');
const fields = ['level', 'operation', 'identity', 'microversions', 'text'] as const;

export function isActive(filter: Filter): boolean {
  return filter.verdicts.length > 0 || fields.some((field) => filter[field] !== '');
}

/** A filter that matches at most this many operations opens them; more stay folded. */
const mostOpened = 8;

export function showFilter(filter: Filter): void {
  const active = isActive(filter);
  const kept = filterCases(filter);
  const matching = new Set(
    active ? [...kept.clauses].flatMap((index) => clauses[index] ?? []).map(elementOfClause) : [],
  );
  for (const part of onDemand) {
    if (active && matching.has(part) && matching.size <= mostOpened) openByFilter(part);
    else if (!active) foldAgain(part);
  }
  for (const part of document.querySelectorAll<HTMLElement>('#reference-body .operation')) {
    const details = part.querySelector<HTMLDetailsElement>(':scope > details.on-demand');
    if (details && !details.querySelector(':scope > .body[data-filled]'))
      part.hidden = active && !matching.has(details);
    else showPart(part, kept, active);
  }
  const nothing = document.querySelector<HTMLElement>('.nothing');
  if (nothing) nothing.hidden = kept.clauses.size > 0;
  for (const button of document.querySelectorAll<HTMLElement>('[data-action="reset"]')) button.hidden = !active;
  if (shown) {
    shown.textContent = active
      ? `${kept.clauses.size} of ${clauses.length} clauses, ${kept.cases.size} of ${countOfCases} cases`
      : `${clauses.length} clauses, ${countOfCases} cases`;
  }
}

/** Applies the filter to operations that are filled later. */
export function watchOperations(current: () => Filter): void {
  for (const part of onDemand) {
    part.addEventListener('toggle', () => {
      if (part.open && fillOperation(part)) showPart(part, keep(current()), isActive(current()));
    });
  }
}

function openByFilter(part: HTMLDetailsElement): void {
  fillOperation(part);
  if (part.open) return;
  part.dataset.byFilter = '';
  part.open = true;
}

function foldAgain(part: HTMLDetailsElement): void {
  if (!('byFilter' in part.dataset)) return;
  delete part.dataset.byFilter;
  part.open = part.querySelector('details.clause[open]') !== null;
}

/** Filters an operation that is filled. */
function showPart(part: HTMLElement, kept: Kept, active: boolean): void {
  for (const element of clauseElementsIn(part)) element.hidden = !kept.clauses.has(indexOf(element));
  for (const entry of part.querySelectorAll<HTMLElement>('.entry')) showEntry(entry, active);
  for (const each of [part, ...part.querySelectorAll<HTMLElement>('.group')]) {
    if (!each.matches('.group, .operation')) continue;
    each.hidden = active && !each.querySelector('[data-clause]:not([hidden])');
  }
}

/** An entry that the filter opened is folded again when the filter is reset. */
function showEntry(entry: HTMLElement, active: boolean): void {
  const some = entry.querySelector('[data-clause]:not([hidden])') !== null;
  entry.hidden = active && !some;
  if (!(entry instanceof HTMLDetailsElement)) return;
  if (active && some && !entry.open) {
    entry.dataset.byFilter = '';
    entry.open = true;
  } else if (!active && 'byFilter' in entry.dataset) {
    delete entry.dataset.byFilter;
    entry.open = entry.querySelector('details.clause[open]') !== null;
  }
}

/** Sets the controls from the filter. */
export function setControls(filter: Filter): void {
  for (const field of fields) {
    const control = form?.elements.namedItem(field);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      if (control.value !== filter[field]) control.value = filter[field];
    }
  }
  for (const chip of chips()) {
    chip.setAttribute('aria-pressed', String(filter.verdicts.includes(chip.dataset.verdict ?? '')));
  }
}

export function readControls(): Filter {
  const read = (field: (typeof fields)[number]): string => {
    const control = form?.elements.namedItem(field);
    return control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.value : '';
  };
  return {
    ...noFilter,
    verdicts: chips()
      .filter((chip) => chip.getAttribute('aria-pressed') === 'true')
      .map((chip) => chip.dataset.verdict ?? ''),
    level: read('level'),
    operation: read('operation'),
    identity: read('identity'),
    microversions: read('microversions'),
    text: read('text'),
  };
}

/** Calls back after every change of a control. */
export function watchControls(changed: () => void): void {
  form?.addEventListener('input', changed);
  form?.addEventListener('submit', (event) => event.preventDefault());
  for (const chip of chips()) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      changed();
    });
  }
}

function chips(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.chip[data-verdict]')];
}
