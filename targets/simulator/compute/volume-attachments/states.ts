/**
 * The states of a server in which attachments can be changed.
 */

import { permitting } from '../on-server.ts';
import type { Server } from '../state.ts';

export function isShelved({ vmState }: Server): boolean {
  return vmState === 'shelved' || vmState === 'shelved_offloaded';
}

/** Attaching and detaching. */
export const changing = permitting(
  'active',
  'paused',
  'stopped',
  'resized',
  'soft-delete',
  'shelved',
  'shelved_offloaded',
);

export const swapping = permitting('active', 'paused', 'resized');
