/**
 * Deviations in what is found: things of another project, things that are gone, and things that never were.
 */

import type { AttachmentAct, Finds } from '../compute/volume-attachments/finding.ts';
import type { Fault } from './fault.ts';
import { wordsOf } from './acts.ts';
import { attachments } from './of-attachments.ts';
import { before, without } from './orders.ts';

export const visibilityFaults: readonly Fault[] = [
  ...(['list', 'show', 'attach', 'update', 'swap'] as const).map((act) =>
    finding(act, 'reaches-foreign-servers', 'takes every server for one of its own project', { servers: ['foreign'] }),
  ),
  finding('detach', 'reaches-foreign-servers', "runs with the service's own rights, whosever server and volume are", {
    servers: ['foreign'],
    volumes: ['foreign'],
  }),
  finding('attach', 'reaches-foreign-volumes', 'takes volumes of every project', { volumes: ['foreign'] }),
  attachments('show-reaches-foreign-volumes', 'A show of a volume of another project is forbidden.', ({ order }) => ({
    order: { ...order, show: before(order.show, 'attached', 'volume-owner') },
  })),
  attachments('update-reaches-foreign-volumes', 'An update of a volume of another project is forbidden.', (rules) => ({
    order: { ...rules.order, update: before(rules.order.update, 'mapped', 'volume-owner') },
  })),
  attachments('detach-reaches-foreign-volumes', 'A detach of a volume of another project is forbidden.', (rules) => ({
    order: { ...rules.order, detach: before(rules.order.detach, 'volume', 'volume-owner') },
  })),
  ...(['list', 'show', 'attach', 'update', 'detach'] as const).map((act) =>
    finding(act, 'remembers-deleted-servers', 'finds a server that was deleted, with the volumes that it had', {
      servers: ['deleted'],
      mappings: ['of-deleted-server'],
    }),
  ),
  ...(['show', 'attach', 'update', 'detach'] as const).map((act) =>
    finding(act, 'remembers-deleted-volumes', 'finds a volume that was deleted, where it was attached', {
      volumes: ['deleted'],
      mappings: ['of-deleted-volume'],
    }),
  ),
  ...(['show', 'update', 'detach'] as const).map((act) =>
    finding(act, 'remembers-detached-volumes', 'finds an attachment whose volume was detached', {
      mappings: ['detached'],
    }),
  ),
  finding('attach', 'finds-any-volume', 'takes the id of a volume that does not exist', { volumes: ['unheard-of'] }),
  finding('show', 'finds-unattached', 'tells of an attachment of any volume that is there', { mappings: ['none'] }),
  ...(['show', 'update'] as const).map((act) =>
    finding(act, 'looks-past-server', 'finds the volume on whichever server has it', {
      mappings: ['of-another-server'],
    }),
  ),
  finding('detach', 'ignores-server', 'takes the volume from whichever server has it', {
    mappings: ['of-another-server'],
  }),
  attachments('update-finds-unattached', 'An update of a volume that is not attached is accepted.', ({ order }) => ({
    order: { ...order, update: without(order.update, 'mapped') },
  })),
  attachments('detach-accepts-unattached', 'A detach of a volume that is not attached is accepted.', ({ order }) => ({
    order: { ...order, detach: without(order.detach, 'attached') },
  })),
];

function finding(act: AttachmentAct, name: string, summary: string, more: Partial<Finds>): Fault {
  return attachments(`${act}-${name}`, `${wordsOf[act]} ${summary}.`, ({ finds }) => ({
    finds: { ...finds, [act]: { ...finds[act], ...more } },
  }));
}
