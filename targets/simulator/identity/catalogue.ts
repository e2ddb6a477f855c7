/**
 * Where each service is found, as a token tells it.
 */

import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../http.ts';
import type { Scope } from './state.ts';

const region = 'RegionOne';
const interfaces = ['public', 'internal', 'admin'] as const;

interface Service {
  readonly type: string;
  readonly name: string;
  /** `{project}` stands for the id of the token's project; such a service is unknown to other tokens. */
  readonly path: string;
}

export const catalogued: readonly Service[] = [
  { type: 'identity', name: 'keystone', path: '/identity/v3' },
  { type: 'compute', name: 'nova', path: '/compute/v2.1' },
  { type: 'volumev3', name: 'cinderv3', path: '/volume/v3/{project}' },
  { type: 'block-storage', name: 'cinder', path: '/volume/v3/{project}' },
  { type: 'image', name: 'glance', path: '/image' },
];

export function catalogue(origin: string, scope: Scope): readonly Json[] {
  return catalogued.map((service) => entry(origin, scope, service));
}

function entry(origin: string, scope: Scope, { type, name, path }: Service): JsonObject {
  const perProject = path.includes('{project}');
  const project = scope.kind === 'project' ? scope.projectId : undefined;
  const url = origin + path.replace('{project}', project ?? '');
  const endpoints = perProject && project === undefined ? [] : interfaces.map((one) => endpoint(type, one, url));
  return { endpoints, id: stableId(type), type, name };
}

function endpoint(type: string, one: string, url: string): JsonObject {
  return { id: stableId(type, one), interface: one, region_id: region, url, region };
}

function stableId(...parts: readonly string[]): string {
  return createHash('md5').update(parts.join('/')).digest('hex');
}
