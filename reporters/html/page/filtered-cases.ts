/** The cases of clauses that stand open: those that the filter does not keep are hidden, and how many is said. */
import { cases } from './data.ts';
import { keep, type Kept } from './matching.ts';
import { noFilter, type Filter } from '../address.ts';

let kept: Kept = keep(noFilter);

/** Of all clauses that are filled already; others follow when they are. */
export function filterCases(filter: Filter): Kept {
  kept = keep(filter);
  for (const body of document.querySelectorAll<HTMLElement>('details.clause > .body[data-filled]')) hideCases(body);
  return kept;
}

/** Inside one clause. */
export function hideCases(body: Element): void {
  const own = [...body.querySelectorAll<HTMLElement>('details.case')];
  for (const one of own) {
    const known = cases[Number(one.dataset.case)];
    one.hidden = known !== undefined && !kept.cases.has(known);
  }
  const hidden = own.filter((one) => one.hidden).length;
  const others = body.querySelector<HTMLElement>(':scope > .others');
  if (!others) return;
  others.hidden = hidden === 0;
  others.textContent = `${hidden} more ${hidden === 1 ? 'case is' : 'cases are'} not what the filter asks for.`;
}
