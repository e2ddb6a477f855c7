/** The bodies of operations that are not in the markup: each is rendered when it is opened, searched in or led to. */
import { countVerdicts } from '../../../src/report/tally.ts';
import type { PageClause } from '../page-data.ts';
import { placeClauses } from '../place-clauses.ts';
import type { ReferenceFacts } from '../view/page-facts.ts';
import { bodyOf } from '../view/reference.ts';
import { cases, casesOf, clauses, outline } from './data.ts';
import { fill } from './fill.ts';

let known: ReferenceFacts | undefined;

function facts(): ReferenceFacts {
  if (known) return known;
  const places = new Map(clauses.map(({ id }, place) => [id, place]));
  const placeOf = (id: string): number => places.get(id) ?? -1;
  known = {
    outline,
    clauses,
    placing: placeClauses({ clauses, ...(outline && { outline }) }),
    placeOf,
    casesOf: (id) => casesOf(placeOf(id)).map(({ at, verdict }) => ({ microversion: at, verdict })),
    countsOf: (operation) =>
      countVerdicts(
        cases.filter(({ clause }) => clauses[clause]?.operation === operation).map(({ verdict }) => verdict.is),
      ),
  };
  return known;
}

/** Those of the page; none where the whole reference is in the markup. */
export const onDemand: readonly HTMLDetailsElement[] = [
  ...document.querySelectorAll<HTMLDetailsElement>('details.on-demand'),
];

/** True when it is filled only now. */
export function fillOperation(element: HTMLDetailsElement): boolean {
  const body = element.lastElementChild;
  if (body?.hasAttribute('data-filled') !== false) return false;
  fill(body, () => bodyOf(element.dataset.operation ?? '', facts()));
  return true;
}

const elements = new Map(onDemand.map((element) => [element.dataset.operation ?? '', element]));

export function elementOf(operation: string): HTMLDetailsElement | undefined {
  return elements.get(operation);
}

/** Where a clause stands in full: mostly at its operation, or at what holds for every one. */
export function homeOf({ id, operation }: PageClause): HTMLDetailsElement | undefined {
  return elements.size === 0 ? undefined : elementOf(facts().placing.homeOf(id) ?? operation);
}
