/**
 * The shapes of requests to create and update a server.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type BodyRules, enveloped } from '../../kernel/endpoint.ts';
import type { Property, Shape } from '../../kernel/shape.ts';

const text = (maxLength: number): Shape => ({ types: ['string'], maxLength });
const flag: Shape = { types: ['boolean', 'string'] };
const count: Shape = { types: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 1, minLength: 1 };

/** Without blanks at its ends. */
export const serverName: Shape = { types: ['string'], minLength: 1, maxLength: 255, pattern: '^\\S(.*\\S)?$' };
export const password: Shape = { types: ['string'] };
export const diskConfig: Shape = { types: ['string'], enum: ['AUTO', 'MANUAL'] };
export const accessIPv4: Shape = { types: ['string'], format: 'ipv4' };
export const accessIPv6: Shape = { types: ['string'], format: 'ipv6' };
export const metadata: Shape = {
  types: ['object'],
  others: { names: '^[a-zA-Z0-9-_:. ]{1,255}$', shape: { types: ['string'], maxLength: 255 } },
};
export const description: Property = at('2.19-', { types: ['string', 'null'], maxLength: 255 });
export const userData: Shape = { types: ['string', 'null'], maxLength: 65_535, format: 'base64' };
export const certificates: Property = at('2.63-', {
  types: ['array', 'null'],
  minItems: 1,
  maxItems: 50,
  unique: true,
  items: { types: ['string'], minLength: 1 },
});
/** A label; from 2.94 on a domain name. */
export const hostname: Property = at('2.90-', {
  types: ['string'],
  minLength: 2,
  maxLength: 255,
  pattern: '^[a-zA-Z0-9]+[a-zA-Z0-9-.]*[a-zA-Z0-9]+$',
});
export const tag: Shape = { types: ['string'], minLength: 1, maxLength: 60, pattern: '^[^,/]*$' };
export const personality: Property = at('2.1-2.56', {
  types: ['array'],
  items: {
    types: ['object'],
    properties: { path: { types: ['string'] }, contents: { types: ['string'], format: 'base64' } },
    closed: true,
  },
});

const device: Shape = {
  types: ['object'],
  properties: {
    boot_index: { types: ['integer', 'string', 'null'] },
    uuid: { types: ['string'], minLength: 1, maxLength: 255 },
    source_type: { types: ['string'], enum: ['volume', 'image', 'snapshot', 'blank'] },
    destination_type: { types: ['string'], enum: ['local', 'volume'] },
    volume_size: { types: ['integer', 'string'] },
    delete_on_termination: flag,
    device_name: text(255),
    device_type: text(255),
    disk_bus: text(255),
    guest_format: text(255),
    no_device: {},
    tag: { ...at('2.42-', tag), formerly: range('2.32-2.32') },
    volume_type: at('2.67-', { types: ['string', 'null'], maxLength: 255 }),
  },
  required: ['source_type'],
  closed: true,
};

/** A list of networks; from 2.37 on also `none` or `auto`. */
const networks: Shape = {
  types: ['array'],
  typesAt: [{ range: range('2.37-'), types: ['string'] }],
  pattern: '^(auto|none)$',
  items: {
    types: ['object'],
    properties: {
      uuid: { types: ['string'], format: 'uuid' },
      port: { types: ['string', 'null'], format: 'uuid' },
      fixed_ip: { types: ['string'], format: 'ip' },
      tag: { ...at('2.42-', tag), formerly: range('2.32-2.36') },
    },
    closed: true,
  },
};

const hints: Shape = {
  types: ['object'],
  properties: {
    group: { types: ['string'], format: 'uuid' },
    different_host: { types: ['string', 'array'] },
    same_host: { types: ['string', 'array'] },
    query: { types: ['string', 'object'] },
    target_cell: { types: ['string'] },
    different_cell: { types: ['string', 'array'] },
    build_near_host_ip: { types: ['string'], format: 'ip' },
    cidr: { types: ['string'], pattern: '^/[0-9a-f.:]+$' },
  },
};

const server: Shape = {
  types: ['object'],
  properties: {
    name: serverName,
    imageRef: { types: ['string'] },
    flavorRef: { types: ['string', 'integer'], minLength: 1 },
    adminPass: text(255),
    metadata,
    networks,
    'OS-DCF:diskConfig': diskConfig,
    accessIPv4,
    accessIPv6,
    availability_zone: text(255),
    block_device_mapping: { types: ['array'] },
    block_device_mapping_v2: { types: ['array'], items: device },
    config_drive: flag,
    key_name: { types: ['string', 'null'], maxLength: 255 },
    max_count: count,
    min_count: count,
    return_reservation_id: flag,
    security_groups: {
      types: ['array'],
      items: { types: ['object'], properties: { name: text(255) }, closed: true },
    },
    user_data: { ...userData, types: ['string'] },
    personality,
    description,
    tags: at('2.52-', { types: ['array'], maxItems: 50, items: tag }),
    trusted_image_certificates: certificates,
    host: at('2.74-', text(255)),
    hypervisor_hostname: at('2.74-', text(255)),
    hostname,
  },
  required: ['name', 'flavorRef'],
  requiredAt: [{ range: range('2.37-'), names: ['networks'] }],
  closed: true,
};

export const createBody: BodyRules = {
  envelope: 'server',
  shape: {
    types: ['object'],
    properties: { server, 'os:scheduler_hints': hints, 'OS-SCH-HNT:scheduler_hints': hints },
    required: ['server'],
    closed: true,
  },
};

export const updateBody: BodyRules = enveloped(
  'server',
  {
    name: serverName,
    'OS-DCF:diskConfig': diskConfig,
    accessIPv4,
    accessIPv6,
    description,
    hostname,
    pinned_availability_zone: at('2.104-', { types: ['string', 'null'], maxLength: 255 }),
  },
  [],
);
