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
  readonly address: string;
  readonly tag: string | null;
}

export const networks = storePer<ComputeState, Network>();
export const ports = storePer<ComputeState, Port>();

/** By the id of the server: the names of its security groups. */
const groupsByServer = new WeakMap<Server, readonly string[]>();

export function securityGroupsOf(server: Server): readonly string[] {
  return groupsByServer.get(server) ?? ['default'];
}

export function setSecurityGroups(server: Server, names: readonly string[]): void {
  groupsByServer.set(server, names);
}

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

type Wanted = Partial<Pick<Port, 'address' | 'tag'>>;

export function addPort({ cloud }: Pick<ComputeCall, 'cloud'>, server: Server, network: Network, wanted: Wanted): Port {
  const all = ports(cloud.compute);
  const number = [...all].length + all.removed.length + 10;
  const port: Port = {
    id: cloud.newId(),
    networkId: network.id,
    serverId: server.id,
    mac: `fa:16:3e:00:${hex(number >> 8)}:${hex(number & 255)}`,
    address: wanted.address ?? freeAddress(network, [...all]),
    tag: wanted.tag ?? null,
  };
  all.add(port);
  return port;
}

export function isTaken({ cloud }: Pick<ComputeCall, 'cloud'>, { id }: Network, wanted: string): boolean {
  return [...ports(cloud.compute)].some(({ networkId, address }) => networkId === id && address === wanted);
}

export function removePorts({ cloud }: Pick<ComputeCall, 'cloud'>, server: Server): void {
  for (const port of portsOf({ cloud }, server)) ports(cloud.compute).remove(port);
}

/** The first that no port has, beginning with .10. */
function freeAddress({ id, prefix }: Network, all: readonly Port[]): string {
  const used = new Set(all.filter(({ networkId }) => networkId === id).map(({ address }) => address));
  for (let number = 10; ; number += 1) {
    const address = `${prefix}.${number >> 8}.${number & 255}`;
    if (!used.has(address)) return address;
  }
}

function hex(number: number): string {
  return (number & 255).toString(16).padStart(2, '0');
}
