/**
 * The rules of the image service that a release or a fault may change.
 */

import type { Policies } from '../identity/policy-grant.ts';
import type { EndpointRules } from '../kernel/endpoint.ts';

export interface ImageBehaviour {
  readonly policies: Policies;
  /** The rules of the declared endpoints, by operation. */
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
}
