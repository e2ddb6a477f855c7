/**
 * Routes a request to its service, through the tampering of the enabled faults.
 */

import { blockStorageRouter, blockStorageService } from './block-storage/service.ts';
import { computeRouter, computeService } from './compute/service.ts';
import type { Handler, Tamper } from './handler.ts';
import { jsonIn, type ServiceType, type SimRequest, type SimResponse } from './kernel/http.ts';
import { identityRouter, identityService } from './identity/service.ts';
import { imageRouter, imageService } from './image/service.ts';
import { networkRouter, networkService } from './network/service.ts';
import type { Cloud } from './cloud.ts';
import type { Match } from './kernel/router.ts';

export interface ServiceEntry {
  readonly type: ServiceType;
  /** The prefix of all its paths. */
  readonly prefix: string;
  readonly handler: Handler;
  readonly find: (method: string, path: string) => Match<unknown> | undefined;
}

export const services: readonly ServiceEntry[] = [
  { type: 'identity', prefix: '/identity', handler: identityService, find: identityRouter },
  { type: 'compute', prefix: '/compute', handler: computeService, find: computeRouter },
  { type: 'block-storage', prefix: '/volume', handler: blockStorageService, find: blockStorageRouter },
  { type: 'image', prefix: '/image', handler: imageService, find: imageRouter },
  { type: 'network', prefix: '/network', handler: networkService, find: networkRouter },
];

/** A request as received, before its service and operation are known. */
export type RawRequest = Omit<SimRequest, 'service' | 'operation' | 'params'>;

export async function dispatch(raw: RawRequest, cloud: Cloud, tampers: readonly Tamper[]): Promise<SimResponse> {
  const region = cloud.settings.offer.regions.slice(1).find((name) => raw.path.startsWith(`/${name}/`));
  if (region !== undefined) {
    const here = { ...raw, path: raw.path.slice(region.length + 1), origin: `${raw.origin}/${region}` };
    return dispatch(here, cloud.in(region), tampers);
  }
  const entry = services.find(({ prefix }) => raw.path === prefix || raw.path.startsWith(`${prefix}/`));
  if (!entry) return { status: 404, headers: { 'Content-Type': 'text/plain; charset=UTF-8' }, body: 'Not Found\n' };
  const path = raw.path.slice(entry.prefix.length);
  const request = named({ ...raw, path, service: entry.type }, entry);
  const handler = tampers.reduce<Handler>((next, tamper) => tamper(next), entry.handler);
  return handler(request, cloud);
}

/** Looks the operation up on first access only: the services route by themselves. */
function named(request: Omit<SimRequest, 'operation' | 'params'>, { find }: ServiceEntry): SimRequest {
  let found: { readonly match: Match<unknown> | undefined } | undefined;
  const match = (): Match<unknown> | undefined => (found ??= { match: find(request.method, request.path) }).match;
  return {
    ...request,
    get operation() {
      const { route, params = {} } = match() ?? {};
      const operation = route?.operation;
      return typeof operation === 'function' ? operation(jsonIn(request), params) : operation;
    },
    get params() {
      return match()?.params ?? {};
    },
  };
}
