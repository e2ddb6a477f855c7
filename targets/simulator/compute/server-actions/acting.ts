/**
 * Faults of the effect of a server action.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault } from '../../faults/of-endpoints.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Server } from '../state.ts';

type Effect = (subject: Of<OnServer>, item: never) => void;

export function acting(name: string, operation: string, summary: string, change: (effect: Effect) => Effect): Fault {
  return endpointFault(`compute:${name}`, [operation], summary, ({ effect = () => undefined }) => ({
    effect: change(effect as Effect),
  }));
}

export function onServer({ found }: Of<OnServer>, change: (server: Server) => unknown): void {
  if (found.server) change(found.server);
}
