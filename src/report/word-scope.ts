/** How much of a service a run covers: `6 of the 251 operations of compute`. */
import type { RunReport } from './record.ts';

/** Undefined where the record does not tell how many operations there are. */
export function wordScope({ contract, cases }: RunReport): string | undefined {
  if (contract.operations === undefined) return undefined;
  const covered = new Set(cases.map(({ operation }) => operation)).size;
  return `${covered} of the ${contract.operations} operations of ${contract.service}`;
}
