/**
 * Networks and the ports of servers, as far as the compute service shows them.
 */

import { storePer } from '../../kernel/store.ts';
import type { ComputeCall } from '../call.ts';
import type { ComputeState, Server } from '../state.ts';

export interface Network {
  readonly id: string;
  /** The label of its addresses. */
  readonly name: string;
  readonly subnetId: string;
  /** The beginning of its addresses of version 4. */
  readonly prefix: string;
}

export interface Port {
  readonly id: string;
  readonly networkId: string;
  readonly serverId: string;
  readonly mac: string;
  readonly addresses: string[];
  readonly tag: string | null;
}

export const networks = storePer<ComputeState, Network>();
export const ports = storePer<ComputeState, Port>();

/** The security groups that every project has. */
export const groupNames: readonly string[] = ['default', 'web'];

export function portsOf({ cloud }: Pick<ComputeCall, 'cloud'>, { id }: Server): readonly Port[] {
  return [...ports(cloud.compute)].filter(({ serverId }) => serverId === id);
}

export function networkOf({ cloud }: Pick<ComputeCall, 'cloud'>, id: string): Network | undefined {
  return [...networks(cloud.compute)].find((network) => network.id === id.toLowerCase());
}

/** The network of a request that names none. */
export function defaultNetwork({ cloud }: Pick<ComputeCall, 'cloud'>): Network | undefined {
  return [...networks(cloud.compute)][0];
}

interface Wanted {
  readonly address?: string;
  readonly tag?: string | null;
}

export function addPort({ cloud }: Pick<ComputeCall, 'cloud'>, server: Server, network: Network, wanted: Wanted): Port {
  const all = ports(cloud.compute);
  const number = [...all].length + all.removed.length + 10;
  const port: Port = {
    id: cloud.newId(),
    networkId: network.id,
    serverId: server.id,
    mac: `fa:16:3e:00:${hex(number >> 8)}:${hex(number & 255)}`,
    addresses: [wanted.address ?? freeAddress({ cloud }, network)],
    tag: wanted.tag ?? null,
  };
  all.add(port);
  return port;
}

export function isTaken({ cloud }: Pick<ComputeCall, 'cloud'>, { id }: Network, wanted: string): boolean {
  return [...ports(cloud.compute)].some(({ networkId, addresses }) => networkId === id && addresses.includes(wanted));
}

export function removePorts({ cloud }: Pick<ComputeCall, 'cloud'>, server: Server): void {
  for (const port of portsOf({ cloud }, server)) ports(cloud.compute).remove(port);
}

/** The first that no port has, beginning with .10. */
export function freeAddress({ cloud }: Pick<ComputeCall, 'cloud'>, network: Network): string {
  for (let number = 10; ; number += 1) {
    const address = `${network.prefix}.${number >> 8}.${number & 255}`;
    if (!isTaken({ cloud }, network, address)) return address;
  }
}

function hex(number: number): string {
  return (number & 255).toString(16).padStart(2, '0');
}
