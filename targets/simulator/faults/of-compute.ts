/**
 * Creates faults of the compute service: changes to its rules, or tampering with an operation.
 */

import type { ComputeBehaviour } from '../compute/behaviour.ts';
import type { ProtocolBehaviour } from '../compute/protocol.ts';
import type { Tamper } from '../handler.ts';
import type { Fault } from './fault.ts';
import type { SimResponse } from '../kernel/http.ts';
import { isFor, operationsOf, type ActionName } from './acts.ts';

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

/** Tampers with the requests of one action only. */
export function onAction(action: ActionName, name: string, summary: string, tamper: Tamper): Fault {
  return {
    id: `compute:${action}-${name}`,
    summary,
    kind: 'tamper',
    operations: operationsOf[action],
    tamper: (next) => {
      const tampered = tamper(next);
      return (request, cloud) => (isFor(action, request) ? tampered(request, cloud) : next(request, cloud));
    },
  };
}

/** Changes the error responses of one action. */
export function onErrorsOf(
  action: ActionName,
  name: string,
  summary: string,
  change: (reply: SimResponse) => SimResponse,
): Fault {
  return onAction(action, name, summary, (next) => async (request, cloud) => {
    const reply = await next(request, cloud);
    return reply.status >= 400 ? change(reply) : reply;
  });
}
