/** The bodies of operations that are not in the markup: each is rendered when it is opened, filtered or linked to. */
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
  const indices = new Map(clauses.map(({ id }, index) => [id, index]));
  const indexOf = (id: string): number => indices.get(id) ?? -1;
  known = {
    outline,
    clauses,
    placing: placeClauses({ clauses, ...(outline && { outline }) }),
    indexOf,
    casesOf: (id) => casesOf(indexOf(id)).map(({ at, verdict }) => ({ microversion: at, verdict })),
    countsOf: (operation) =>
      countVerdicts(
        cases.filter(({ clause }) => clauses[clause]?.operation === operation).map(({ verdict }) => verdict.is),
      ),
  };
  return known;
}

/** The elements of such operations; none where the whole reference is in the markup. */
export const onDemand: readonly HTMLDetailsElement[] = [
  ...document.querySelectorAll<HTMLDetailsElement>('details.on-demand'),
];

/** Returns true if it was not filled before. */
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

/** The element that shows a clause in full: mostly that of its operation, or the one for every operation. */
export function elementOfClause({ id, operation }: PageClause): HTMLDetailsElement | undefined {
  return elements.size === 0 ? undefined : elementOf(facts().placing.mainOperationOf(id) ?? operation);
}
