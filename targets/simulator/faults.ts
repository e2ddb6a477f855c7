/**
 * Every deliberate deviation that the simulator can be told to commit, by id.
 *
 * A fault either changes the rules that the services follow, or tampers with what goes in and comes out.
 */

import type { Behaviour } from './behaviour.ts';
import type { Tamper } from './dispatch.ts';
import { attachmentFaults } from './faults/volume-attachments.ts';
import { serviceFaults } from './faults/services.ts';

export type FaultId = `${string}:${string}`;

export type Fault = {
  readonly id: FaultId;
  /** A sentence: what goes wrong. */
  readonly summary: string;
} & (
  | { readonly kind: 'behaviour'; readonly change: (behaviour: Behaviour) => Behaviour }
  | { readonly kind: 'tamper'; readonly tamper: Tamper }
);

export const faults: readonly Fault[] = [...attachmentFaults, ...serviceFaults];

/** @throws RangeError for an id that is none. */
export function faultsById(ids: readonly string[]): readonly Fault[] {
  return ids.map((id) => {
    const fault = faults.find((one) => one.id === id);
    if (!fault) throw new RangeError(`"${id}" is not a fault of the simulator; the list is in faults.ts`);
    return fault;
  });
}

/** The rules with all changes made, in order, and the tampering to wrap around the services. */
export function withFaults(
  behaviour: Behaviour,
  chosen: readonly Fault[],
): { readonly behaviour: Behaviour; readonly tampers: readonly Tamper[] } {
  return {
    behaviour: chosen.reduce((rules, fault) => (fault.kind === 'behaviour' ? fault.change(rules) : rules), behaviour),
    tampers: chosen.flatMap((fault) => (fault.kind === 'tamper' ? [fault.tamper] : [])),
  };
}
