/**
 * The states of a server in which attachments can be changed and are shown.
 */

import type { States } from '../../kernel/endpoint.ts';
import type { ComputeCall } from '../call.ts';
import type { Server, VmState } from '../state.ts';

const settled: readonly VmState[] = ['active', 'paused', 'stopped', 'resized', 'soft-delete'];
const shelved: readonly VmState[] = ['shelved', 'shelved_offloaded'];
const others: readonly VmState[] = ['suspended', 'rescued', 'error'];

const stateOf: States<ComputeCall>['of'] = ({ cloud, params }) =>
  cloud.compute.servers.get((params.server_id ?? '').toLowerCase())?.vmState;

export function isShelved({ vmState }: Server): boolean {
  return shelved.includes(vmState);
}

/** Attaching and detaching. */
export const changing: States<ComputeCall> = { of: stateOf, permitted: [...settled, ...shelved], refused: others };

export const swapping: States<ComputeCall> = {
  of: stateOf,
  permitted: ['active', 'paused', 'resized'],
  refused: ['stopped', 'soft-delete', ...shelved, ...others],
};

/** Reading and updating, which no state prevents. */
export const any: States<ComputeCall> = { of: stateOf, permitted: [...settled, ...shelved, ...others], refused: [] };
