/**
 * Faults in which resources are found: those of other projects, deleted ones, and ones that never existed.
 */

import type { AttachmentAction, Finds } from '../compute/volume-attachments/finding.ts';
import type { Fault } from './fault.ts';
import { wordsOf } from './acts.ts';
import { attachments } from './of-attachments.ts';
import { before, without } from './orders.ts';

export const visibilityFaults: readonly Fault[] = [
  ...(['list', 'show', 'attach', 'update', 'swap'] as const).map((action) =>
    finding(action, 'reaches-foreign-servers', 'finds servers of every project', { servers: ['foreign'] }),
  ),
  finding('detach', 'reaches-foreign-servers', 'finds servers and volumes of every project', {
    servers: ['foreign'],
    volumes: ['foreign'],
  }),
  finding('attach', 'reaches-foreign-volumes', 'finds volumes of every project', { volumes: ['foreign'] }),
  attachments('show-reaches-foreign-volumes', 'A show of a volume of another project is forbidden.', ({ order }) => ({
    order: { ...order, show: before(order.show, 'attached', 'volume-owner') },
  })),
  attachments('update-reaches-foreign-volumes', 'An update of a volume of another project is forbidden.', (rules) => ({
    order: { ...rules.order, update: before(rules.order.update, 'mapped', 'volume-owner') },
  })),
  attachments('detach-reaches-foreign-volumes', 'A detach of a volume of another project is forbidden.', (rules) => ({
    order: { ...rules.order, detach: before(rules.order.detach, 'volume', 'volume-owner') },
  })),
  ...(['list', 'show', 'attach', 'update', 'detach'] as const).map((action) =>
    finding(action, 'remembers-deleted-servers', 'finds a deleted server with its former volumes', {
      servers: ['deleted'],
      mappings: ['of-deleted-server'],
    }),
  ),
  ...(['show', 'attach', 'update', 'detach'] as const).map((action) =>
    finding(action, 'remembers-deleted-volumes', 'finds a deleted volume on its former server', {
      volumes: ['deleted'],
      mappings: ['of-deleted-volume'],
    }),
  ),
  ...(['show', 'update', 'detach'] as const).map((action) =>
    finding(action, 'remembers-detached-volumes', 'finds an attachment whose volume was detached', {
      mappings: ['detached'],
    }),
  ),
  finding('attach', 'finds-any-volume', 'accepts the id of a volume that does not exist', { volumes: ['nonexistent'] }),
  finding('show', 'finds-unattached', 'shows an attachment of any existing volume', { mappings: ['none'] }),
  ...(['show', 'update'] as const).map((action) =>
    finding(action, 'looks-past-server', 'finds the volume on any server that has it', {
      mappings: ['of-another-server'],
    }),
  ),
  finding('detach', 'ignores-server', 'detaches the volume from any server that has it', {
    mappings: ['of-another-server'],
  }),
  attachments('update-finds-unattached', 'An update of a volume that is not attached is accepted.', ({ order }) => ({
    order: { ...order, update: without(order.update, 'mapped') },
  })),
  attachments('detach-accepts-unattached', 'A detach of a volume that is not attached is accepted.', ({ order }) => ({
    order: { ...order, detach: without(order.detach, 'attached') },
  })),
];

function finding(action: AttachmentAction, name: string, summary: string, more: Partial<Finds>): Fault {
  return attachments(`${action}-${name}`, `${wordsOf[action]} ${summary}.`, ({ finds }) => ({
    finds: { ...finds, [action]: { ...finds[action], ...more } },
  }));
}
