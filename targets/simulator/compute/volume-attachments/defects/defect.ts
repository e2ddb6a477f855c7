/**
 * Creates the faults of volume attachments that no operator makes: changes to the rules of their endpoints.
 */

import type { Fault, FaultId } from '../../../faults/fault.ts';
import { compute } from '../../../faults/of-compute.ts';
import { endpointFault, type RulesChange } from '../../../faults/of-endpoints.ts';
import type { EndpointRules } from '../../../kernel/endpoint.ts';
import type { AttachmentBehaviour, AttachmentQuirks } from '../../behaviour.ts';

export type Change = RulesChange;

export const operations = {
  list: 'compute/list-volume-attachments',
  show: 'compute/show-volume-attachment',
  attach: 'compute/attach-volume',
  update: 'compute/update-volume-attachment',
  swap: 'compute/swap-volume',
  detach: 'compute/detach-volume',
} as const;

export type Action = keyof typeof operations;

export function defect(id: FaultId, actions: readonly Action[], summary: string, change: Change): Fault {
  return endpointFault(id, operationsOf(actions), summary, change);
}

export function operationsOf(actions: readonly Action[]): readonly string[] {
  return actions.map((action) => operations[action]);
}

/** Inserts a check before another, or after all. */
export function checking(name: string, check: EndpointRules['refusals'][string], before?: string): Change {
  return ({ checks, refusals }) => ({
    refusals: { ...refusals, [name]: check },
    checks:
      before === undefined
        ? [...checks, name]
        : checks.flatMap((other) => (other === before ? [name, other] : [other])),
  });
}

export function attachments(
  name: string,
  summary: string,
  change: (rules: AttachmentBehaviour) => Partial<AttachmentBehaviour>,
): Fault {
  return compute(name, summary, (rules) => ({ attachments: { ...rules.attachments, ...change(rules.attachments) } }));
}

export function quirk(name: string, summary: string, change: Partial<AttachmentQuirks>): Fault {
  return attachments(name, summary, ({ quirks }) => ({ quirks: { ...quirks, ...change } }));
}
