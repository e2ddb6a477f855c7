/**
 * The compute services of the hosts: list them, and mark one as down.
 *
 * Read from os-services.inc, and from the history of the API at 2.11 and 2.53.
 */

import { range } from '../../../../src/microversion.ts';
import {
  type BodyRules,
  type Endpoint,
  type Lookup,
  query,
  type Shown,
  type Subject,
  unreadQuery,
} from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { isObject, type Json, type JsonObject, textMember } from '../../kernel/http.ts';
import { badRequest, notFound } from '../../kernel/refusal.ts';
import type { Property } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { micros } from '../servers/view.ts';
import { parseFlag } from '../volume-attachments/flag.ts';
import { type ComputeService, services } from './services.ts';

type ServiceField = Field<Shown<ComputeCall, ComputeService>>;

const flag: Property = { types: ['boolean', 'string'], enum: [true, false, 'true', 'false', 'True', 'False'] };

const fields: readonly ServiceField[] = [
  { name: 'id', range: range('2.1-2.52'), value: ({ item: { number } }) => number },
  { name: 'id', range: range('2.53-'), value: ({ item: { id } }) => id },
  { name: 'binary', value: () => 'nova-compute' },
  { name: 'host', value: ({ item: { host } }) => host },
  { name: 'zone', value: ({ call }) => call.cloud.settings.offer.zones.compute[0] ?? '' },
  { name: 'status', value: ({ item: { disabledReason } }) => (disabledReason === undefined ? 'enabled' : 'disabled') },
  { name: 'state', value: ({ item: { isForcedDown } }) => (isForcedDown ? 'down' : 'up') },
  { name: 'updated_at', value: ({ call }) => micros(call.cloud.now()) },
  { name: 'disabled_reason', value: ({ item: { disabledReason } }) => disabledReason ?? null },
  { name: 'forced_down', range: range('2.11-'), value: ({ item: { isForcedDown } }) => isForcedDown },
];

const rows = ({ cloud }: ComputeCall): Iterable<ComputeService> => services(cloud.compute);

const listServices = computeEndpoint('compute/list-compute-services', {
  method: 'GET',
  path: '/os-services',
  query: query({ host: { types: ['string'] }, binary: { types: ['string'] } }, '2.75-'),
  policy: { rule: 'os-services:list' },
  checks: ['query', 'role'],
  listing: {
    noun: 'services',
    rows,
    includes: ({ query: { host, binary } }, service) =>
      (host === undefined || service.host === host) && (binary === undefined || binary === 'nova-compute'),
    page: (_, all) => all,
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'services', fields },
});

/** The members stand in the body itself. */
function flat(properties: Readonly<Record<string, Property>>, required: readonly string[]): BodyRules {
  return { shape: { types: ['object'], properties, required, closed: true } };
}

const ofHost: Lookup<ComputeCall, ComputeService> = {
  noun: 'a service',
  id: (_, wanted) => textMember(wanted, 'host') ?? '',
  matches: ({ host }, text) => host === text,
  rows,
};

const forceDown = computeEndpoint('compute/update-forced-down', {
  method: 'PUT',
  path: '/os-services/force-down',
  range: range('2.11-2.52'),
  query: unreadQuery,
  body: flat(
    {
      host: { types: ['string'], minLength: 1, maxLength: 255 },
      binary: { types: ['string'], minLength: 1, maxLength: 255 },
      forced_down: flag,
    },
    ['host', 'binary', 'forced_down'],
  ),
  policy: { rule: 'os-services:update' },
  lookups: { service: ofHost },
  checks: ['query', 'body', 'role', 'service'],
  refusals: {
    service: unknownService,
  },
  result: ({ found }) => found.service,
  effect: ({ wanted }, service) => {
    service.isForcedDown = parseFlag(wanted.forced_down ?? false);
  },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'service',
    fields: fields.filter(({ name }) => ['host', 'binary', 'forced_down'].includes(name)),
  },
});

const ofBinary: Property = { types: ['string'], minLength: 1, maxLength: 255 };

/** Servers are scheduled to the host, or are not. */
function scheduling(
  operation: `compute/${string}`,
  call: string,
  more: Readonly<Record<string, Property>>,
  reason: (wanted: JsonObject) => ComputeService['disabledReason'],
): Endpoint {
  const shown = ['host', 'binary', 'status', ...Object.keys(more)];
  return computeEndpoint(operation, {
    method: 'PUT',
    path: `/os-services/${call}`,
    range: range('2.1-2.52'),
    query: unreadQuery,
    body: flat({ host: ofBinary, binary: ofBinary, ...more }, ['host', 'binary', ...Object.keys(more)]),
    policy: { rule: 'os-services:update' },
    lookups: { service: ofHost },
    checks: ['query', 'body', 'role', 'service'],
    refusals: { service: unknownService },
    result: ({ found }) => found.service,
    effect: ({ wanted }, service) => {
      service.disabledReason = reason(wanted);
    },
    success: [{ status: 200, content: 'item' }],
    response: { envelope: 'service', fields: fields.filter(({ name }) => shown.includes(name)) },
  });
}

const enable = scheduling('compute/enable-scheduling-for-a-compute-service', 'enable', {}, () => undefined);
const disable = scheduling('compute/disable-scheduling-for-a-compute-service', 'disable', {}, () => null);
const disableWithReason = scheduling(
  'compute/disable-scheduling-for-a-compute-service-and-log',
  'disable-log-reason',
  { disabled_reason: ofBinary },
  (wanted) => textMember(wanted, 'disabled_reason') ?? null,
);

const byId: Lookup<ComputeCall, ComputeService> = {
  noun: 'a service',
  id: ({ params }) => params.service_id ?? '',
  matches: ({ id }, text) => id === text.toLowerCase(),
  rows,
};

const updateService = computeEndpoint('compute/update-compute-service', {
  method: 'PUT',
  path: '/os-services/:service_id',
  range: range('2.53-'),
  query: unreadQuery,
  body: flat(
    {
      status: { types: ['string'], enum: ['enabled', 'disabled'] },
      disabled_reason: { types: ['string'], minLength: 1, maxLength: 255 },
      forced_down: flag,
    },
    [],
  ),
  policy: { rule: 'os-services:update' },
  lookups: { service: byId },
  checks: ['query', 'body', 'role', 'service', 'reason', 'some'],
  refusals: {
    service: ({ call, found }) =>
      found.service ? undefined : notFound(`Service ${call.params.service_id ?? ''} could not be found.`),
    reason: ({ wanted }) =>
      wanted.disabled_reason !== undefined && wanted.status !== 'disabled'
        ? badRequest("Specifying 'disabled_reason' when status is 'enabled' is invalid.")
        : undefined,
    some: ({ wanted }) =>
      isEmpty(wanted)
        ? badRequest("No updates were requested. Fields 'status' or 'forced_down' should be specified.")
        : undefined,
  },
  result: ({ found }) => found.service,
  effect: ({ wanted }, service) => {
    if (wanted.forced_down !== undefined) service.isForcedDown = parseFlag(wanted.forced_down);
    if (wanted.status === 'disabled') service.disabledReason = textMember(wanted, 'disabled_reason') ?? null;
    if (wanted.status === 'enabled') service.disabledReason = undefined;
  },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'service', fields },
});

export const serviceEndpoints: readonly Endpoint[] = [
  listServices,
  enable,
  disable,
  disableWithReason,
  forceDown,
  updateService,
];

function unknownService({ wanted, found }: Subject<ComputeCall, { readonly service: ComputeService | undefined }>) {
  return found.service && wanted.binary === 'nova-compute'
    ? undefined
    : notFound(
        `Could not find binary ${textMember(wanted, 'binary') ?? ''} on host ${textMember(wanted, 'host') ?? ''}.`,
      );
}

function isEmpty(wanted: Json): boolean {
  return isObject(wanted) && Object.keys(wanted).length === 0;
}
