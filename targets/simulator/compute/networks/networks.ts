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
  /** Empty for one that was made for a server. */
  readonly name: string;
  readonly projectId: string;
  readonly networkId: string;
  /** Null while no server has it. */
  serverId: string | null;
  /** Whether it outlives its server: somebody else has made it. */
  stays: boolean;
  readonly mac: string;
  readonly addresses: string[];
  tag: string | null;
}

/** Beside those that every project has. */
export interface SecurityGroup {
  readonly id: string;
  /** Others may have the same. */
  name: string;
  readonly projectId: string;
}

export const networks = storePer<ComputeState, Network>();
export const ports = storePer<ComputeState, Port>();
export const securityGroups = storePer<ComputeState, SecurityGroup>();

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
  return addOne({ cloud }, network, wanted, {
    ...{ name: '', projectId: server.projectId, serverId: server.id, stays: false },
  });
}

/** A port that no server has. */
export function addFreePort(
  { cloud }: Pick<ComputeCall, 'cloud'>,
  network: Network,
  owner: Pick<Port, 'name' | 'projectId'>,
): Port {
  return addOne({ cloud }, network, {}, { ...owner, serverId: null, stays: true });
}

function addOne(
  { cloud }: Pick<ComputeCall, 'cloud'>,
  network: Network,
  wanted: Wanted,
  owner: Pick<Port, 'name' | 'projectId' | 'serverId' | 'stays'>,
): Port {
  const all = ports(cloud.compute);
  const number = [...all].length + all.removed.length + 10;
  const port: Port = {
    id: cloud.newId(),
    networkId: network.id,
    ...owner,
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
  for (const port of portsOf({ cloud }, server)) release({ cloud }, port);
}

/** Removes a port from its server, and altogether if it was made for that. */
export function release({ cloud }: Pick<ComputeCall, 'cloud'>, port: Port): void {
  if (!port.stays) return void ports(cloud.compute).remove(port);
  port.serverId = null;
  port.tag = null;
}

/** The name of a security group of the caller's project, by its name or id; undefined where it has none. */
export function groupOf(call: ComputeCall, text: string): string | undefined {
  const own = ownGroups(call);
  return own.find(({ id, name }) => id === text || name === text)?.name ?? groupNames.find((name) => name === text);
}

/** Whether several security groups of the caller's project have a name. */
export function isAmbiguous(call: ComputeCall, text: string): boolean {
  return ownGroups(call).filter(({ name }) => name === text).length > 1;
}

function ownGroups({ cloud, caller }: ComputeCall): readonly SecurityGroup[] {
  return [...securityGroups(cloud.compute)].filter(({ projectId }) => projectId === caller.projectId);
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
