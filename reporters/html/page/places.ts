/** The elements of the page that hold clauses, and opening one of them. */
import { clauses } from './data.ts';
import { clauseView } from './clause-view.ts';
import { fill } from './fill.ts';
import { hideCases } from './filtered-cases.ts';
import { elementOf, fillOperation, homeOf } from './reference-view.ts';

/** Each clause in full, and each reference to one, as far as they are in the page yet. */
export function holdersIn(part: ParentNode): readonly HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>('[data-clause]')];
}

export function placeOf(holder: HTMLElement): number {
  return Number(holder.dataset.clause);
}

/** Fills the body of a clause when it is opened, however that came about. */
export function watchClauses(): void {
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (target instanceof HTMLDetailsElement && target.open && target.matches('.clause')) fillClause(target);
    },
    true,
  );
}

function fillClause(clause: HTMLElement): void {
  const body = clause.querySelector(':scope > .body');
  fill(body, () => clauseView(placeOf(clause)));
  if (body) hideCases(body);
}

/** Opens a clause, case, erratum or heading with all that holds it, and brings it into view. */
export function reveal(id: string): void {
  const clause = clauses.find((one) => id === one.id || id.startsWith(`${one.id}@`));
  const home = clause ? homeOf(clause) : elementOf(id);
  if (home) {
    fillOperation(home);
    home.open = true;
  }
  const holder = clause && document.getElementById(clause.id);
  if (holder) {
    open(holder);
    fillClause(holder);
  }
  const target = document.getElementById(id) ?? holder;
  if (!target) return;
  // Whoever names a case wants to see it, whatever the filter says.
  if (target instanceof HTMLElement && target.matches('details.case')) target.hidden = false;
  open(target);
  target.scrollIntoView({ block: 'start' });
  focusOn(target);
}

function open(element: Element): void {
  for (let each: Element | null = element; each; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true;
  }
}

function focusOn(element: Element): void {
  const place = element.querySelector<HTMLElement>(':scope > summary');
  if (place) place.focus({ preventScroll: true });
}

/** Before printing: what departed is opened down to its findings. */
export function openDepartures(): void {
  for (const clause of clauses) {
    const home = clause.verdict === 'fail' || clause.verdict === 'waived' ? homeOf(clause) : undefined;
    if (home) fillOperation(home);
  }
  for (const holder of holdersIn(document)) {
    const verdict = clauses[placeOf(holder)]?.verdict;
    if (!(holder instanceof HTMLDetailsElement) || (verdict !== 'fail' && verdict !== 'waived')) continue;
    open(holder);
    fillClause(holder);
    for (const one of holder.querySelectorAll<HTMLDetailsElement>('details.case:has(.sign.fail, .sign.waived)')) {
      one.open = true;
    }
  }
}
