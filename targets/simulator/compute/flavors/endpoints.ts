/**
 * Flavors: list, list in detail, show.
 *
 * Read from flavors.inc, and from the history of the API at 2.55, 2.61, 2.75 and 2.102.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type Endpoint, isOpen, type Listing, type Lookup, query, type Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { badRequest, notFound } from '../../kernel/refusal.ts';
import { matches, type Property } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { limitOf, nextPage } from '../paging.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { links } from '../servers/view.ts';
import type { Flavor } from '../state.ts';

type FlavorField = Field<Shown<ComputeCall, Flavor>>;

const summary: readonly FlavorField[] = [
  { name: 'id', value: ({ item: flavor }) => flavor.id },
  { name: 'name', value: ({ item: flavor }) => flavor.name },
  { name: 'links', value: ({ call, item: flavor }) => links(call, `flavors/${flavor.id}`) },
  { name: 'description', range: range('2.55-'), value: () => null },
];

const fields: readonly FlavorField[] = [
  { name: 'id', value: ({ item: flavor }) => flavor.id },
  { name: 'name', value: ({ item: flavor }) => flavor.name },
  { name: 'ram', value: ({ item: flavor }) => flavor.ram },
  { name: 'disk', value: ({ item: flavor }) => flavor.disk },
  { name: 'swap', range: range('2.1-2.74'), value: () => '' },
  { name: 'swap', range: range('2.75-'), value: () => 0 },
  { name: 'OS-FLV-EXT-DATA:ephemeral', value: () => 0 },
  { name: 'OS-FLV-DISABLED:disabled', range: range('2.1-2.101'), value: () => false },
  { name: 'vcpus', value: ({ item: flavor }) => flavor.vcpus },
  { name: 'os-flavor-access:is_public', value: () => true },
  { name: 'rxtx_factor', range: range('2.1-2.101'), value: () => 1 },
  { name: 'links', value: ({ call, item: flavor }) => links(call, `flavors/${flavor.id}`) },
  { name: 'description', range: range('2.55-'), value: () => null },
  { name: 'extra_specs', range: range('2.61-'), value: () => ({}) },
];

const number: Property = { types: ['string'], pattern: '^[0-9]*$', minLength: 1 };
const text: Property = { types: ['string'] };
const rows = ({ cloud }: ComputeCall): Iterable<Flavor> => cloud.compute.flavors.values();

const sortKeys: Readonly<Record<string, (flavor: Flavor) => string | number>> = {
  created_at: () => 0,
  deleted: () => 0,
  deleted_at: () => 0,
  description: () => '',
  disabled: () => 0,
  ephemeral_gb: () => 0,
  flavorid: ({ id }) => id,
  id: ({ id }) => Number(id),
  is_public: () => 0,
  memory_mb: ({ ram }) => ram,
  name: ({ name }) => name,
  root_gb: ({ disk }) => disk,
  rxtx_factor: () => 1,
  swap: () => 0,
  updated_at: () => 0,
  vcpu_weight: () => 0,
  vcpus: ({ vcpus }) => vcpus,
};

const listing: Listing<ComputeCall, Flavor> = {
  noun: 'flavors',
  rows,
  page: ({ call, rules, query: asked }, all) => {
    const { sort_key: key = 'flavorid', sort_dir: direction = 'asc', limit, marker, minDisk, minRam } = asked;
    const name = isOpen(rules, 'names', call.at) ? asked.name : undefined;
    const of = sortKeys[key] ?? (() => 0);
    const sign = direction === 'desc' ? -1 : 1;
    const chosen = all
      .filter(({ disk, ram }) => disk >= Number(minDisk ?? 0) && ram >= Number(minRam ?? 0))
      .filter((flavor) => name === undefined || isNamed(flavor, name))
      .sort((one, other) => sign * compared(of(one), of(other)));
    const start = marker === undefined ? 0 : chosen.findIndex(({ id }) => id === marker) + 1;
    return chosen.slice(start, start + limitOf(call, limit));
  },
};

const listQuery = query(
  {
    limit: number,
    marker: text,
    minDisk: number,
    minRam: number,
    is_public: text,
    sort_key: { types: ['string'], enum: Object.keys(sortKeys) },
    sort_dir: { types: ['string'], enum: ['asc', 'desc'] },
    name: at('2.102-', text),
  },
  '2.75-',
);

function list(operation: `compute/${string}`, path: string, shown: readonly FlavorField[]): Endpoint {
  return computeEndpoint(operation, {
    method: 'GET',
    path,
    query: listQuery,
    gates: { names: range('2.102-') },
    policy: { rule: 'flavors' },
    checks: ['query', 'role', 'marker'],
    refusals: {
      marker: ({ call, query: { marker } }) =>
        marker === undefined || call.cloud.compute.flavors.has(marker)
          ? undefined
          : badRequest(`Marker ${marker} could not be found.`),
    },
    listing,
    success: [{ status: 200, content: 'item' }],
    response: {
      envelope: 'flavors',
      fields: shown,
      beside: [nextPage('flavors_links', ({ id }: Flavor) => id)],
    },
  });
}

const flavor: Lookup<ComputeCall, Flavor> = {
  noun: 'a flavor',
  id: ({ params }) => params.flavor_id ?? '',
  matches: ({ id }, asked) => id === asked,
  rows,
};

const showFlavor = computeEndpoint('compute/show-flavor-details', {
  method: 'GET',
  path: '/flavors/:flavor_id',
  query: query({}, '2.102-'),
  policy: { rule: 'flavors' },
  lookups: { flavor },
  checks: ['query', 'role', 'flavor'],
  refusals: {
    flavor: ({ call, found }) =>
      found.flavor ? undefined : notFound(`Flavor ${call.params.flavor_id ?? ''} could not be found.`),
  },
  result: ({ found }) => found.flavor,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'flavor', fields },
});

export const flavorEndpoints: readonly Endpoint[] = [
  list('compute/list-flavors', '/flavors', summary),
  list('compute/list-flavors-with-details', '/flavors/detail', fields),
  showFlavor,
];

function isNamed({ name }: Flavor, pattern: string): boolean {
  try {
    return matches(pattern, name);
  } catch {
    return false;
  }
}

function compared(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
