/**
 * Open consoles, by their token.
 */

import { storePer } from '../../kernel/store.ts';
import type { ComputeCall } from '../call.ts';
import type { ComputeState, Server } from '../state.ts';

export interface RemoteConsole {
  /** The token. */
  readonly id: string;
  readonly serverId: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly type: string;
  readonly url: string;
}

export const consoles = storePer<ComputeState, RemoteConsole>();

/** A console that is not open yet. */
export function newConsole({ cloud }: ComputeCall, server: Server, protocol: string, type: string): RemoteConsole {
  const id = cloud.newId();
  return {
    id,
    serverId: server.id,
    host: server.host ?? '',
    port: 5900 + (server.number % 1000),
    protocol,
    type,
    url:
      type === 'serial'
        ? `ws://127.0.0.1:6083/?token=${id}`
        : `http://127.0.0.1:6080/vnc_auto.html?path=%3Ftoken%3D${id}`,
  };
}

/** Its token is known from now on. */
export function openConsole({ call }: { readonly call: ComputeCall }, opened: RemoteConsole): void {
  consoles(call.cloud.compute).add(opened);
}
