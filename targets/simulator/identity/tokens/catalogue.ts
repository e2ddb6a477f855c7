/**
 * The service catalogue of a token.
 */

import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../kernel/http.ts';
import type { Offer } from '../../traits.ts';
import type { Scope } from '../state.ts';

const interfaces = ['public', 'internal', 'admin'] as const;

interface Service {
  readonly type: string;
  readonly name: string;
  /** `{project}` is the id of the token's project; tokens without a project do not have such a service. */
  readonly path: string;
}

export const catalogued: readonly Service[] = [
  { type: 'identity', name: 'keystone', path: '/identity/v3' },
  { type: 'compute', name: 'nova', path: '/compute/v2.1' },
  { type: 'volumev3', name: 'cinderv3', path: '/volume/v3/{project}' },
  { type: 'block-storage', name: 'cinder', path: '/volume/v3/{project}' },
  { type: 'image', name: 'glance', path: '/image' },
  { type: 'network', name: 'neutron', path: '/network' },
];

export function catalogue(origin: string, scope: Scope, offer: Offer): readonly Json[] {
  return catalogued.map((service) => entry(origin, scope, service, offer));
}

function entry(origin: string, scope: Scope, service: Service, offer: Offer): JsonObject {
  const { type, name } = service;
  const path = type === 'compute' && offer.projectInCompute ? `${service.path}/{project}` : service.path;
  const perProject = path.includes('{project}');
  const project = scope.kind === 'project' ? scope.projectId : undefined;
  // The API promises no order, so it differs between services.
  const regions = type === 'compute' ? offer.regions : [...offer.regions].reverse();
  const regional = regions.flatMap((region) => {
    const prefix = region === offer.regions[0] || type === 'identity' ? '' : `/${region}`;
    const url = origin + prefix + path.replace('{project}', project ?? '');
    return interfaces.map((one) => endpoint(type, one, url, region));
  });
  const endpoints = perProject && project === undefined ? [] : regional;
  return { endpoints, id: stableId(type), type, name };
}

function endpoint(type: string, one: string, url: string, region: string): JsonObject {
  return { id: stableId(type, one, region), interface: one, region_id: region, url, region };
}

function stableId(...parts: readonly string[]): string {
  return createHash('md5').update(parts.join('/')).digest('hex');
}
