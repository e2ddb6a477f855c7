/**
 * The rules of the cloud as data: what each service accepts, the order of its checks, and what it shows.
 *
 * A release is one such object; a seeded fault is a change to it.
 */

import type { BlockStorageBehaviour } from './block-storage/behaviour.ts';
import type { ComputeBehaviour } from './compute/behaviour.ts';
import type { IdentityBehaviour } from './identity/behaviour.ts';
import type { ImageBehaviour } from './image/behaviour.ts';
import type { EndpointRules } from './kernel/endpoint.ts';
import type { ServiceType } from './kernel/http.ts';
import type { NetworkBehaviour } from './network/behaviour.ts';

export interface Behaviour {
  readonly identity: IdentityBehaviour;
  readonly compute: ComputeBehaviour;
  readonly blockStorage: BlockStorageBehaviour;
  readonly image: ImageBehaviour;
  readonly network: NetworkBehaviour;
}

/** The rules that every service has. */
export interface ServiceRules {
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
  /** Grants by rule. */
  readonly policies: Readonly<Record<string, readonly string[]>>;
}

const parts: Readonly<Record<ServiceType, keyof Behaviour>> = {
  identity: 'identity',
  compute: 'compute',
  'block-storage': 'blockStorage',
  image: 'image',
  network: 'network',
};

/** Changes the rules of the service that has an operation, such as `compute/attach-volume`. */
export function changeService(
  behaviour: Behaviour,
  operation: string,
  change: (rules: ServiceRules) => Partial<ServiceRules>,
): Behaviour {
  const part = parts[operation.split('/')[0] as ServiceType];
  const rules: ServiceRules = behaviour[part];
  return { ...behaviour, [part]: { ...rules, ...change(rules) } };
}
