/**
 * The input of a handler of the volume service.
 */

import { includes, type Microversion, type MicroversionRange } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import type { Json, SimRequest, SimResponse } from '../kernel/http.ts';
import type { Caller } from '../identity/caller.ts';
import { forbidden, notFound, type Refusal } from '../kernel/refusal.ts';
import type { Volume } from './state.ts';

export interface VolumeCall {
  readonly request: SimRequest;
  readonly requestId: string;
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly at: Microversion;
  readonly body: Json | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface VolumeHandle {
  readonly range?: MicroversionRange;
  readonly answer: (call: VolumeCall) => SimResponse;
}

export function isOffered({ range }: VolumeHandle, at: Microversion): boolean {
  return !range || includes(range, at);
}

export function visibleVolume({ cloud, caller }: VolumeCall, id: string): Volume {
  const volume = cloud.blockStorage.volumes.get(id.toLowerCase());
  if (volume && cloud.behaviour.blockStorage.sees(caller, volume)) return volume;
  throw notFound(`Volume ${id} could not be found.`);
}

/** @throws Refusal unless the caller is a member of the project or an administrator. */
export function requireMember({ caller }: VolumeCall, rule: string): void {
  if (!caller.roles.has('member') && !caller.roles.has('admin')) throw notAllowed(rule);
}

/** @throws Refusal unless the caller may read the volumes of its project or is an administrator. */
export function requireReader({ caller, cloud }: VolumeCall, rule: string): void {
  const { readers } = cloud.behaviour.blockStorage;
  if (!readers.some((role) => caller.roles.has(role)) && !caller.roles.has('admin')) throw notAllowed(rule);
}

export function requireAdmin({ caller }: VolumeCall, rule: string): void {
  if (!caller.roles.has('admin')) throw notAllowed(rule);
}

function notAllowed(rule: string): Refusal {
  return forbidden(`Policy doesn't allow ${rule} to be performed.`);
}
