/** Finds and opens the elements of the page that show clauses. */
import { clauses } from './data.ts';
import { clauseView } from './clause-view.ts';
import { fill } from './fill.ts';
import { hideCases } from './filtered-cases.ts';
import { elementOf, elementOfClause, fillOperation } from './reference-view.ts';

/** Each clause in full and each reference to one, as far as they are already in the page. */
export function clauseElementsIn(part: ParentNode): readonly HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>('[data-clause]')];
}

export function indexOf(element: HTMLElement): number {
  return Number(element.dataset.clause);
}

/** Fills the body of a clause when it is opened. */
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
  fill(body, () => clauseView(indexOf(clause)));
  if (body) hideCases(body);
}

/** Opens a clause, case, erratum or heading with all its parents, and scrolls to it. */
export function reveal(id: string): void {
  const clause = clauses.find((one) => id === one.id || id.startsWith(`${one.id}@`));
  const operation = clause ? elementOfClause(clause) : elementOf(id);
  if (operation) {
    fillOperation(operation);
    operation.open = true;
  }
  const element = clause && document.getElementById(clause.id);
  if (element) {
    open(element);
    fillClause(element);
  }
  const target = document.getElementById(id) ?? element;
  if (!target) return;
  // A case in the address is shown even if the filter does not match it.
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
  const summary = element.querySelector<HTMLElement>(':scope > summary');
  if (summary) summary.focus({ preventScroll: true });
}

/** Opens failed and waived clauses down to their findings, before printing. */
export function openDeviations(): void {
  for (const clause of clauses) {
    const operation = clause.verdict === 'fail' || clause.verdict === 'waived' ? elementOfClause(clause) : undefined;
    if (operation) fillOperation(operation);
  }
  for (const element of clauseElementsIn(document)) {
    const verdict = clauses[indexOf(element)]?.verdict;
    if (!(element instanceof HTMLDetailsElement) || (verdict !== 'fail' && verdict !== 'waived')) continue;
    open(element);
    fillClause(element);
    for (const one of element.querySelectorAll<HTMLDetailsElement>('details.case:has(.sign.fail, .sign.waived)')) {
      one.open = true;
    }
  }
}
