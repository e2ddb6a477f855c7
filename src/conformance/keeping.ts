/** What failed cases used, and the run is told to leave as it is: for people who repeat the requests of a failure. */
import type { Ledger, Owned } from './ledger.ts';
import type { Room } from './room.ts';
import type { CaseResult } from './run-case.ts';

export interface Keeping {
  /** Whether what the case had stays as it is. Kept is what failed, while there is room for one case more. */
  readonly keeps: (result: CaseResult) => boolean;
  /** Things that stay, in the order of their creation. */
  readonly kept: () => readonly KeptThing[];
}

export interface KeptThing extends Owned {
  /** Of the failed case. */
  readonly caseId: string;
}

export const keepNothing: Keeping = { keeps: () => false, kept: () => [] };

export function createKeeping(ledger: Ledger, room: Room): Keeping {
  const cases = new Map<string, string>();
  return {
    keeps: ({ id, verdict, exchanges, transcript }) => {
      if (verdict.is !== 'fail' || !room.hasRoomForACase()) return false;
      // What it was given and what it sent names everything that its requests refer to.
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
