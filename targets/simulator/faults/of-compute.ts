/**
 * Creates faults of the compute service: changes to its rules.
 */

import type { ComputeBehaviour } from '../compute/behaviour.ts';
import type { ProtocolBehaviour } from '../compute/protocol.ts';
import type { Fault } from './fault.ts';

export function compute(
  name: string,
  summary: string,
  change: (rules: ComputeBehaviour) => Partial<ComputeBehaviour>,
): Fault {
  return {
    id: `compute:${name}`,
    summary,
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, compute: { ...behaviour.compute, ...change(behaviour.compute) } }),
  };
}

/** Changes one part of the protocol rules. */
export function protocol<Part extends keyof ProtocolBehaviour>(
  part: Part,
  name: string,
  summary: string,
  change: Partial<ProtocolBehaviour[Part]> | ((rules: ProtocolBehaviour[Part]) => Partial<ProtocolBehaviour[Part]>),
): Fault {
  return compute(name, summary, (rules) => {
    const now = rules.protocol[part];
    const changed = typeof change === 'function' ? change(now) : change;
    return { protocol: { ...rules.protocol, [part]: { ...now, ...changed } } };
  });
}
