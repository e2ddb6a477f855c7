/**
 * Variations of catalogue, endpoint, clouds.yaml, environment, proxy and identity: what a run makes of each, and what the
 * openstack client does (python-openstackclient 6.0.0 with openstacksdk 0.101, on the same fake cloud; with application
 * credentials and odd forms 10.3.0).
 *
 * `O` is the cloud, `X` its proxy. A result names where requests to servers and volumes go, and `by proxy` where they do.
 */
import type { JsonObject } from '../../../src/json.ts';
import type { CatalogRow } from './fake-cloud.ts';

export interface Variation {
  readonly name: string;
  /** Laid over the entry `demo`; in `auth` likewise, and null takes a member away. */
  readonly entry?: JsonObject;
  readonly catalog?: readonly CatalogRow[];
  readonly keystone?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of both programs. */
  readonly options?: readonly string[];
  /** By path below the home folder; `O` in them is the cloud. */
  readonly files?: Readonly<Record<string, string>>;
  /** No entry is named: everything comes from the environment. */
  readonly unnamed?: true;
  /** `servers … volumes …`, or the beginning of a sentence; as on the usual cloud when missing. */
  readonly run?: string;
  /** The same as the run when missing. */
  readonly client?: string;
  /** Why the two differ, where they do. */
  readonly because?: string;
}

export const nova = (path = '/compute/v2.1', region = 'north', face = 'public'): CatalogRow => [
  'compute',
  face,
  region,
  path,
];
export const cinder = (path = '/volume/v3/P', region = 'north', face = 'public', type = 'volumev3'): CatalogRow => [
  type,
  face,
  region,
  path,
];

export const identity: CatalogRow = ['identity', 'public', 'north', '/identity/v3'];

export const usualCatalog: readonly CatalogRow[] = [
  identity,
  nova(),
  nova('/internal/compute/v2.1', 'north', 'internal'),
  cinder(),
  cinder('/internal/volume/v3/P', 'north', 'internal'),
  ['image', 'public', 'north', '/image'],
  ['image', 'internal', 'north', '/internal/image'],
];

export const usual = 'servers O/compute/v2.1 volumes O/volume/v3/p1';
export const internal = 'servers O/internal/compute/v2.1 volumes O/internal/volume/v3/p1';
export const southern = 'servers O/south/compute/v2.1 volumes O/south/volume/v3/p1';
export const twoRegions: readonly CatalogRow[] = [
  nova(),
  nova('/south/compute/v2.1', 'south'),
  cinder('/south/volume/v3/P', 'south'),
  cinder(),
];
