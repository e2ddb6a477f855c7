/**
 * The rules of the volume service that a release or a fault may change.
 */

import type { Microversion } from '../../../src/microversion.ts';
import type { Caller } from '../identity/caller.ts';
import type { Policies } from '../identity/policy-grant.ts';
import type { EndpointRules } from '../kernel/endpoint.ts';
import type { Volume } from './state.ts';

export interface BlockStorageBehaviour {
  readonly minimum: Microversion;
  readonly maximum: Microversion;
  readonly policies: Policies;
  /** Whether a caller can see a volume; otherwise the response is a 404, not a 403. */
  readonly sees: (caller: Caller, volume: Volume) => boolean;
  /** The statuses in which a volume can be reserved for a server. */
  readonly reservable: { readonly single: readonly string[]; readonly multiattach: readonly string[] };
  readonly detachable: readonly string[];
  /** The rules of the declared endpoints, by operation. */
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
}
