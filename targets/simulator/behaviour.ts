/**
 * The rules of the cloud as data: what each service accepts, the order of its checks, and what it shows.
 *
 * A release is one such object; a seeded fault is a change to it.
 */

import type { BlockStorageBehaviour } from './block-storage/behaviour.ts';
import type { ComputeBehaviour } from './compute/behaviour.ts';
import type { IdentityBehaviour } from './identity/behaviour.ts';
import type { ImageBehaviour } from './image/behaviour.ts';

export interface Behaviour {
  readonly identity: IdentityBehaviour;
  readonly compute: ComputeBehaviour;
  readonly blockStorage: BlockStorageBehaviour;
  readonly image: ImageBehaviour;
}
