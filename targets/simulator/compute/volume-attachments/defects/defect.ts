/**
 * Creates the faults of volume attachments that no operator makes: changes to the rules of their endpoints.
 */

import type { Behaviour } from '../../../behaviour.ts';
import type { Fault, FaultId } from '../../../faults/fault.ts';
import { compute } from '../../../faults/of-compute.ts';
import { type EndpointRules, type Shown, withRules } from '../../../kernel/endpoint.ts';
import type { Field } from '../../../kernel/fields.ts';
import type { Json } from '../../../kernel/http.ts';
import type { AttachmentBehaviour, AttachmentQuirks } from '../../behaviour.ts';
import type { ComputeCall } from '../../call.ts';

export type Change = (rules: EndpointRules) => Partial<EndpointRules>;

export const operations = {
  list: 'compute/list-volume-attachments',
  show: 'compute/show-volume-attachment',
  attach: 'compute/attach-volume',
  update: 'compute/update-volume-attachment',
  swap: 'compute/swap-volume',
  detach: 'compute/detach-volume',
} as const;

export type Action = keyof typeof operations;

/** Changes the rules of these endpoints. */
export function inRules(actions: readonly Action[], change: Change): (behaviour: Behaviour) => Behaviour {
  return (behaviour) => {
    const changed = actions.reduce<Pick<typeof behaviour.compute, 'endpoints'>>(
      (now, action) => withRules(now, operations[action], change),
      behaviour.compute,
    );
    return { ...behaviour, compute: { ...behaviour.compute, endpoints: changed.endpoints } };
  };
}

export function defect(id: FaultId, actions: readonly Action[], summary: string, change: Change): Fault {
  return { id, summary, kind: 'behaviour', change: inRules(actions, change) };
}

/** Replaces the value of a field. */
export function showing<Item>(name: string, value: (item: Item) => Json | undefined): Change {
  const changed = (field: Field<Shown<never, never>>): Field<Shown<never, never>> =>
    field.name === name ? { ...field, value: ({ item }: Shown<ComputeCall, Item>) => value(item) } : field;
  return ({ response }) => (response ? { response: { ...response, fields: response.fields.map(changed) } } : {});
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
