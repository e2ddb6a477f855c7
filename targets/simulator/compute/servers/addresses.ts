/**
 * The addresses of a server by the label of their network.
 */

import type { JsonObject } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import { floatingAddresses } from '../floating-ips/floating-ips.ts';
import { networkOf, type Port, portsOf } from '../networks/networks.ts';
import type { Server } from '../state.ts';

/** As in the details of a server, with what kind of address each is. */
export function addressesOf(call: ComputeCall, server: Server): Readonly<Record<string, readonly JsonObject[]>> {
  return addressesBy(call, server, (address, { mac }, kind) => ({
    version: 4,
    addr: address,
    'OS-EXT-IPS:type': kind,
    'OS-EXT-IPS-MAC:mac_addr': mac,
  }));
}

export function addressesBy(
  call: ComputeCall,
  server: Server,
  entry: (address: string, port: Port, kind: 'fixed' | 'floating') => JsonObject,
): Readonly<Record<string, readonly JsonObject[]>> {
  const labelled = portsOf(call, server).map((port) => ({ label: networkOf(call, port.networkId)?.name ?? '', port }));
  return Object.fromEntries(
    [...new Set(labelled.map(({ label }) => label))].map((label) => [
      label,
      labelled
        .filter((one) => one.label === label)
        .flatMap(({ port }) => [
          ...port.addresses.map((address) => entry(address, port, 'fixed')),
          ...floatingAddresses(call, server, port.addresses).map((address) => entry(address, port, 'floating')),
        ]),
    ]),
  );
}
