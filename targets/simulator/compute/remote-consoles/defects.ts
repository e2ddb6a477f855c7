/**
 * Faults of the consoles of servers that no operator makes.
 */

import { range } from '../../../../src/microversion.ts';
import type { Fault } from '../../faults/fault.ts';
import { endpointFault } from '../../faults/of-endpoints.ts';
import type { Property } from '../../kernel/shape.ts';

export const remoteConsoleDefects: readonly Fault[] = [
  endpointFault(
    'compute:mks-consoles-come-early',
    ['compute/create-console-in-servers-remote-consoles'],
    'Consoles of the protocol mks can be created before 2.8.',
    ({ body }) => {
      const { remote_console: content } = body?.shape.properties ?? {};
      if (!body || !content) return {};
      const properties = Object.entries(content.properties ?? {}).map(([name, one]) => [name, early(one)] as const);
      const changed = { ...content, properties: Object.fromEntries(properties) };
      return { body: { ...body, shape: { ...body.shape, properties: { remote_console: changed } } } };
    },
  ),
];

function early(property: Property): Property {
  return { ...property, enumAt: (property.enumAt ?? []).map(({ values }) => ({ values, range: range('2.6-') })) };
}
