/**
 * Faults with an id of their own that apply one or several generated ones.
 */

import type { Fault, FaultId } from './fault.ts';

/** By the id of the alias, the ids of the generated faults. */
export type Aliases = Readonly<Record<FaultId, readonly string[]>>;

/** @throws RangeError for an alias of a fault that no operator generates. */
export function aliasFaults(aliases: Aliases, generated: readonly Fault[]): readonly Fault[] {
  const byId = new Map(generated.map((fault) => [fault.id as string, fault]));
  return Object.entries(aliases).map(([id, of]): Fault => {
    const faults = of.map((one) => {
      const fault = byId.get(one);
      if (!fault) throw new RangeError(`No operator generates ${one}, of which ${id} is an alias.`);
      return fault;
    });
    return {
      id: id as FaultId,
      summary: faults.map(({ summary }) => summary).join(' '),
      kind: 'behaviour',
      change: (behaviour) =>
        faults.reduce((now, fault) => (fault.kind === 'behaviour' ? fault.change(now) : now), behaviour),
    };
  });
}
