/** What every operator returns, and how it changes the rules of one endpoint. */

import type { ServiceRules } from '../behaviour.ts';
import { type EndpointRules, withRules } from '../kernel/endpoint.ts';

/** An endpoint to mutate. */
export interface Mutated {
  readonly operation: string;
  /** The operation without its service. */
  readonly name: string;
  readonly rules: EndpointRules;
  readonly policies: ServiceRules['policies'];
}

export interface Mutation {
  /** Without the operation: `<operator>:<part>`. */
  readonly id: string;
  /** One sentence that describes the wrong behaviour. */
  readonly summary: string;
  readonly change: (rules: ServiceRules) => Partial<ServiceRules>;
}

/** A mutation of the rules of the endpoint. */
export function mutation(
  { operation }: Mutated,
  id: string,
  summary: string,
  change: (rules: EndpointRules) => Partial<EndpointRules>,
): Mutation {
  return { id, summary, change: (rules) => withRules(rules, operation, change) };
}
