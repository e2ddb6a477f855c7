/**
 * The shape of a request to create a server.
 */

import { range } from '../../../../src/microversion.ts';
import type { Property, Shape } from '../../kernel/shape.ts';

const text = (maxLength: number): Shape => ({ types: ['string'], maxLength });
const flag: Shape = { types: ['boolean', 'string'] };
const count: Shape = { types: ['integer', 'string'] };
const since = (versions: string, shape: Shape): Property => ({ ...shape, range: range(versions) });

const device: Shape = {
  types: ['object'],
  properties: {
    boot_index: { types: ['integer', 'string', 'null'] },
    uuid: { types: ['string'], minLength: 1, maxLength: 255 },
    source_type: { types: ['string'], enum: ['volume', 'image', 'snapshot', 'blank'] },
    destination_type: { types: ['string'], enum: ['local', 'volume'] },
    volume_size: count,
    delete_on_termination: flag,
    device_name: text(255),
    device_type: text(255),
    disk_bus: text(255),
    guest_format: text(255),
    no_device: {},
    tag: since('2.42-', { types: ['string'], minLength: 1, maxLength: 60, pattern: '^[^,/]*$' }),
    volume_type: since('2.67-', { types: ['string', 'null'], maxLength: 255 }),
  },
  required: ['source_type'],
  closed: true,
};

const hints: Shape = { types: ['object'], properties: { group: { types: ['string'], format: 'uuid' } } };

/** A list of networks; from 2.37 on also `none` or `auto`. */
const listed: Shape = { types: ['array'], items: { types: ['object'] } };
const listedOrNamed: Shape = { types: ['array', 'string'], items: { types: ['object'] }, pattern: '^(auto|none)$' };

/** `named`: from 2.37 on, where networks are required. */
export function createShape(named: boolean): Shape {
  return named
    ? withNetworks(listedOrNamed, ['name', 'flavorRef', 'networks'])
    : withNetworks(listed, ['name', 'flavorRef']);
}

const withNetworks = (networks: Shape, required: readonly string[]): Shape => ({
  types: ['object'],
  properties: {
    server: {
      types: ['object'],
      properties: {
        name: { types: ['string'], minLength: 1, maxLength: 255 },
        imageRef: { types: ['string'] },
        flavorRef: { types: ['string', 'integer'], minLength: 1 },
        adminPass: text(255),
        metadata: { types: ['object'] },
        networks,
        'OS-DCF:diskConfig': { types: ['string'], enum: ['AUTO', 'MANUAL'] },
        accessIPv4: text(255),
        accessIPv6: text(255),
        availability_zone: text(255),
        block_device_mapping: { types: ['array'] },
        block_device_mapping_v2: { types: ['array'], items: device },
        config_drive: flag,
        key_name: { types: ['string', 'null'], maxLength: 255 },
        max_count: count,
        min_count: count,
        return_reservation_id: flag,
        security_groups: { types: ['array'] },
        user_data: { types: ['string', 'null'], maxLength: 65_535 },
        personality: since('2.1-2.56', { types: ['array'] }),
        description: since('2.19-', { types: ['string', 'null'], maxLength: 255 }),
        tags: since('2.52-', { types: ['array'], items: { types: ['string'] } }),
        trusted_image_certificates: since('2.63-', { types: ['array', 'null'] }),
        host: since('2.74-', text(255)),
        hypervisor_hostname: since('2.74-', text(255)),
        hostname: since('2.90-', text(255)),
      },
      required,
      closed: true,
    },
    'os:scheduler_hints': hints,
    'OS-SCH-HNT:scheduler_hints': hints,
  },
  required: ['server'],
  closed: true,
});
