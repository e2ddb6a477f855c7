/** Keeps the resources of failed cases, for people who repeat the requests of a failure. */
import type { Ledger, Owned } from './ledger.ts';
import type { Capacity } from './capacity.ts';
import type { CaseResult } from '../execution/run-case.ts';

export interface Keeping {
  /** Whether the case keeps its resources: if it failed, and there is capacity for one more case. */
  readonly keeps: (result: CaseResult) => boolean;
  /** Kept resources, in the order of their creation. */
  readonly kept: () => readonly KeptThing[];
}

export interface KeptThing extends Owned {
  /** Of the failed case. */
  readonly caseId: string;
}

export const keepNothing: Keeping = { keeps: () => false, kept: () => [] };

export function createKeeping(ledger: Ledger, capacity: Capacity): Keeping {
  const cases = new Map<string, string>();
  return {
    keeps: ({ id, verdict, exchanges, transcript }) => {
      if (verdict.is !== 'fail' || !capacity.hasCapacityForACase()) return false;
      // Its fixtures and requests name everything that its requests refer to.
      const text = JSON.stringify([exchanges.map(({ request }) => [request.url, request.body]), transcript]);
      for (const thing of ledger.owned()) if (text.includes(thing.id)) cases.set(keyOf(thing), id);
      return true;
    },
    kept: () =>
      ledger.owned().flatMap((thing) => {
        const caseId = cases.get(keyOf(thing));
        return caseId === undefined ? [] : [{ ...thing, caseId }];
      }),
  };
}

function keyOf({ type, id }: Owned): string {
  return `${type} ${id}`;
}
