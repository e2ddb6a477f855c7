/** What every operator returns, and how it changes the rules of one endpoint. */

import { type EndpointRules, withRules } from '../kernel/endpoint.ts';

/** The rules of a service that operators change. */
export interface ServiceRules {
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
  /** Grants by rule. */
  readonly policies: Readonly<Record<string, readonly string[]>>;
}

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
  readonly change: <Rules extends ServiceRules>(rules: Rules) => Partial<Rules>;
}

/** A mutation of the rules of the endpoint. */
export function mutation(
  { operation }: Mutated,
  id: string,
  summary: string,
  change: (rules: EndpointRules) => Partial<EndpointRules>,
): Mutation {
  return {
    id,
    summary,
    change: <Rules extends ServiceRules>(rules: Rules): Partial<Rules> =>
      withRules(rules, operation, change) as unknown as Partial<Rules>,
  };
}
