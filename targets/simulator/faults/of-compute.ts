/**
 * How faults of the compute service are written down: as a change of its rules, or as tampering with an operation.
 */

import { range } from '../../../src/microversion.ts';
import type { ComputeBehaviour, Gate } from '../compute/behaviour.ts';
import type { ProtocolBehaviour } from '../compute/protocol.ts';
import type { Tamper } from '../dispatch.ts';
import type { Fault } from './fault.ts';
import type { SimResponse } from '../http.ts';
import { isFor, operationsOf, type ActName } from './acts.ts';

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

/** For one part of the rules around the operations. */
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

/** What lies behind the gate comes with no release. */
export function gateShut(name: string, summary: string, gate: Gate): Fault {
  return compute(name, summary, ({ gates }) => ({ gates: { ...gates, [gate]: range('99.0-') } }));
}

/** Tampers with the requests of one act, and no others. */
export function onAct(act: ActName, name: string, summary: string, tamper: Tamper): Fault {
  return {
    id: `compute:${act}-${name}`,
    summary,
    kind: 'tamper',
    operations: operationsOf[act],
    tamper: (next) => {
      const tampered = tamper(next);
      return (request, cloud) => (isFor(act, request) ? tampered(request, cloud) : next(request, cloud));
    },
  };
}

/** Changes the replies of one act that are faults. */
export function onFaultsOf(
  act: ActName,
  name: string,
  summary: string,
  change: (reply: SimResponse) => SimResponse,
): Fault {
  return onAct(act, name, summary, (next) => async (request, cloud) => {
    const reply = await next(request, cloud);
    return reply.status >= 400 ? change(reply) : reply;
  });
}
