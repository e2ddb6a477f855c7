/**
 * Addresses of the outer network, each allocated to a project and associated with at most one server.
 */

import { storePer } from '../../kernel/store.ts';
import type { ComputeCall } from '../call.ts';
import { portsOf } from '../networks/networks.ts';
import type { ComputeState, Server } from '../state.ts';

export interface FloatingIp {
  readonly id: string;
  readonly address: string;
  readonly projectId: string;
  readonly description: string;
  serverId: string | null;
  /** The address of the server that it stands for. */
  fixed: string | null;
}

export const pool = 'public';

export const floatingIps = storePer<ComputeState, FloatingIp>();

export function allocate({ cloud, caller }: Pick<ComputeCall, 'cloud' | 'caller'>, description = ''): FloatingIp {
  const all = floatingIps(cloud.compute);
  const number = [...all].length + all.removed.length + 1;
  const allocated: FloatingIp = {
    id: cloud.newId(),
    address: `172.24.${4 + (number >> 8)}.${number & 255}`,
    projectId: caller.projectId ?? '',
    description,
    serverId: null,
    fixed: null,
  };
  all.add(allocated);
  return allocated;
}

/** The floating address with this text, if the caller sees it. */
export function ownAddress({ cloud, caller }: ComputeCall, text: unknown): FloatingIp | undefined {
  return [...floatingIps(cloud.compute)].find(
    ({ address, projectId }) => address === text && (projectId === caller.projectId || caller.roles.has('admin')),
  );
}

export function firstFixed(call: ComputeCall, server: Server): string | undefined {
  return portsOf(call, server)[0]?.addresses[0];
}

export function isFixedOf(call: ComputeCall, server: Server, text: unknown): boolean {
  return portsOf(call, server).some(({ addresses }) => addresses.some((one) => one === text));
}

/** Those of a server that stand for one of the fixed addresses. */
export function floatingAddresses(
  { cloud }: Pick<ComputeCall, 'cloud'>,
  { id }: Server,
  addresses: readonly string[],
): readonly string[] {
  return [...floatingIps(cloud.compute)].flatMap(({ address, serverId, fixed }) =>
    serverId === id && fixed !== null && addresses.includes(fixed) ? [address] : [],
  );
}

/** Ends the association with a server that is removed. */
export function dissociateAll({ cloud }: Pick<ComputeCall, 'cloud'>, { id }: Server): void {
  for (const one of floatingIps(cloud.compute)) {
    if (one.serverId !== id) continue;
    one.serverId = null;
    one.fixed = null;
  }
}
