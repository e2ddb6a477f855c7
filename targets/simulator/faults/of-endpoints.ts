/** Faults that change the rules of declared endpoints, of any service. */

import { type Behaviour, changeService } from '../behaviour.ts';
import type { ComputeCall } from '../compute/call.ts';
import { type EndpointRules, type Shown, withRules } from '../kernel/endpoint.ts';
import type { Field } from '../kernel/fields.ts';
import type { Json } from '../kernel/http.ts';
import type { Fault, FaultId } from './fault.ts';

export type RulesChange = (rules: EndpointRules) => Partial<EndpointRules>;

/** Changes the rules of these operations. */
export function inRules(operations: readonly string[], change: RulesChange): (behaviour: Behaviour) => Behaviour {
  return (behaviour) =>
    operations.reduce(
      (now, operation) => changeService(now, operation, (rules) => withRules(rules, operation, change)),
      behaviour,
    );
}

export function endpointFault(id: FaultId, operations: readonly string[], summary: string, change: RulesChange): Fault {
  return { id, summary, kind: 'behaviour', change: inRules(operations, change) };
}

/** Replaces the value of a field. */
export function showing<Item>(name: string, value: (item: Item) => Json | undefined): RulesChange {
  const changed = (field: Field<Shown<never, never>>): Field<Shown<never, never>> =>
    field.name === name ? { ...field, value: ({ item }: Shown<ComputeCall, Item>) => value(item) } : field;
  return ({ response }) => (response ? { response: { ...response, fields: response.fields.map(changed) } } : {});
}

/** Changes the links to other pages, beside the items of a list. */
export function besideLinks(
  change: (links: Json) => Json | undefined,
): (rules: EndpointRules) => Partial<EndpointRules> {
  type Beside = Field<Shown<never, readonly never[]>>;
  return ({ response }) =>
    response
      ? {
          response: {
            ...response,
            beside: (response.beside ?? []).map((field: Beside): Beside => ({
              ...field,
              value: (shown) => {
                const links = field.value(shown);
                return links === undefined ? undefined : change(links);
              },
            })),
          },
        }
      : {};
}
