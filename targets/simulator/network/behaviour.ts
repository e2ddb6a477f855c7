/**
 * The rules of the network service that a release or a fault may change.
 */

import type { Policies } from '../identity/policy-grant.ts';
import type { EndpointRules } from '../kernel/endpoint.ts';

export interface NetworkBehaviour {
  readonly policies: Policies;
  /** The rules of the declared endpoints, by operation. */
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
}
