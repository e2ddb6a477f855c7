/** Hides the cases of filled clauses that do not match the filter, and shows how many there are. */
import { cases } from './data.ts';
import { keep, type Kept } from './matching.ts';
import { noFilter, type Filter } from '../address.ts';

let kept: Kept = keep(noFilter);

/** Applies to all filled clauses; others follow when they are filled. */
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
  others.textContent = `${hidden} more ${hidden === 1 ? 'case does' : 'cases do'} not match the filter.`;
}
