/**
 * Deviations in how volumes are attached.
 */

import { range } from '../../../src/microversion.ts';
import type { Fault } from './fault.ts';
import { attachments, quirk } from './of-attachments.ts';
import { compute } from './of-compute.ts';

const mendsNova = 'It mends a defect of Nova that a cloud without defects does not have.';

/** What would be better than Nova: deviations from it, and none from a cloud without defects. */
const mends: readonly Fault[] = [
  quirk('list-survives-odd-numbers', 'A page number that is none is taken for absent.', { oddNumbersCrash: false }),
  quirk('attach-understands-flag-text', 'The flag given as text means what it says.', { flagTextMeansTrue: false }),
  quirk('list-pages-volumes-only', 'Pages are cut after other disks are left out.', { pagesCountOtherDisks: false }),
  quirk('offloaded-detach-keeps-volume', 'Detaching from an offloaded server never deletes the volume.', {
    offloadedDetachDeletes: false,
  }),
  quirk('refused-swap-changes-nothing', 'A refused swap leaves the flag as it was.', { flagSavedBeforeSwap: false }),
  compute('show-rejects-unknown-query', 'Show refuses unknown query parameters from 2.102 on.', ({ gates }) => ({
    gates: { ...gates, 'strict-show-query': range('2.102-') },
  })),
];

export const attachmentFaults: readonly Fault[] = [
  attachments('attach-drops-tag', 'The answer to an attach gives no tag.', (rules) => ({
    replyFields: rules.replyFields.map((field) => (field.name === 'tag' ? { ...field, value: () => null } : field)),
  })),
  attachments('attach-ignores-lock', 'A locked server takes volumes from anybody.', (rules) => ({
    order: { ...rules.order, attach: rules.order.attach.filter((name) => name !== 'lock') },
  })),
  attachments('detach-root', 'The root disk can be detached.', (rules) => ({
    order: { ...rules.order, detach: rules.order.detach.filter((name) => name !== 'root') },
  })),
  attachments('list-keeps-id', 'A list still has the id at 2.89 and later.', (rules) => ({
    itemFields: rules.itemFields.map((field) => (field.name === 'id' ? { ...field, range: range('2.1-') } : field)),
  })),
  attachments('host-fails-to-connect', 'No host manages to connect a volume.', () => ({ connects: false })),
  quirk('conductor-too-old', 'The conductor is older than the API, and the client sees a 500.', {
    conductorTooOld: 500,
  }),
  ...mends.map((fault): Fault => ({ ...fault, equivalent: mendsNova })),
  {
    id: 'compute:shelved-attach-at-once',
    summary: 'Shelved servers take volumes before 2.20.',
    kind: 'behaviour',
    change: (behaviour) => ({
      ...behaviour,
      compute: { ...behaviour.compute, gates: { ...behaviour.compute.gates, 'shelved-attach': range('2.1-') } },
    }),
  },
];
