/**
 * Flavors.
 */

import { range } from '../../../src/microversion.ts';
import { type Field, represent } from '../kernel/fields.ts';
import { json, type JsonObject, type SimResponse } from '../kernel/http.ts';
import { notFound } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { ComputeCall, ComputeHandle } from './call.ts';
import { links } from './servers/view.ts';
import type { Flavor } from './state.ts';

interface FlavorSubject {
  readonly call: ComputeCall;
  readonly flavor: Flavor;
}

const fields: readonly Field<FlavorSubject>[] = [
  { name: 'id', value: ({ flavor }) => flavor.id },
  { name: 'name', value: ({ flavor }) => flavor.name },
  { name: 'ram', value: ({ flavor }) => flavor.ram },
  { name: 'disk', value: ({ flavor }) => flavor.disk },
  { name: 'swap', range: range('2.1-2.74'), value: () => '' },
  { name: 'swap', range: range('2.75-'), value: () => 0 },
  { name: 'OS-FLV-EXT-DATA:ephemeral', value: () => 0 },
  { name: 'OS-FLV-DISABLED:disabled', range: range('2.1-2.101'), value: () => false },
  { name: 'vcpus', value: ({ flavor }) => flavor.vcpus },
  { name: 'os-flavor-access:is_public', value: () => true },
  { name: 'rxtx_factor', range: range('2.1-2.101'), value: () => 1 },
  { name: 'links', value: ({ call, flavor }) => links(call, `flavors/${flavor.id}`) },
  { name: 'description', range: range('2.55-'), value: () => null },
  { name: 'extra_specs', range: range('2.61-'), value: () => ({}) },
];

export const flavorRoutes: readonly Route<ComputeHandle>[] = [
  { operation: 'compute/list-flavors', method: 'GET', path: '/flavors', handle: { answer: list } },
  {
    operation: 'compute/list-flavors-with-details',
    method: 'GET',
    path: '/flavors/detail',
    handle: { answer: detail },
  },
  { operation: 'compute/show-flavor-details', method: 'GET', path: '/flavors/:flavor_id', handle: { answer: show } },
];

function list(call: ComputeCall): SimResponse {
  return json(200, { flavors: all(call).map((flavor) => summary(call, flavor)) });
}

function detail(call: ComputeCall): SimResponse {
  return json(200, { flavors: all(call).map((flavor) => represent(fields, { call, flavor }, call.at)) });
}

function show(call: ComputeCall): SimResponse {
  const id = call.params.flavor_id ?? '';
  const flavor = call.cloud.compute.flavors.get(id);
  if (!flavor) throw notFound(`Flavor ${id} could not be found.`);
  return json(200, { flavor: represent(fields, { call, flavor }, call.at) });
}

function summary(call: ComputeCall, flavor: Flavor): JsonObject {
  const { id, name } = flavor;
  const brief = { id, name, links: links(call, `flavors/${id}`) };
  return call.at.minor >= 55 ? { ...brief, description: null } : brief;
}

function all({ cloud }: ComputeCall): readonly Flavor[] {
  return [...cloud.compute.flavors.values()];
}
