/**
 * Faults in how volumes are attached.
 */

import { range } from '../../../src/microversion.ts';
import type { Fault } from './fault.ts';
import { attachments, quirk } from './of-attachments.ts';
import { compute } from './of-compute.ts';

const repairsNova = 'It fixes a defect of Nova that the exemplary cloud does not have.';

/** Fixes of defects of Nova: they change nothing in a cloud without these defects. */
const remedies: readonly Fault[] = [
  compute('list-survives-odd-numbers', 'An invalid page number is ignored.', () => ({ oddPageNumbers: 'missing' })),
  quirk('attach-understands-flag-text', 'A flag sent as text has the value of the text.', { flagTextMeansTrue: false }),
  quirk('list-pages-volumes-only', 'Pages count volumes only, not other disks.', { pagesCountOtherDisks: false }),
  quirk('offloaded-detach-keeps-volume', 'Detaching from an offloaded server never deletes the volume.', {
    offloadedDetachDeletes: false,
  }),
  quirk('refused-swap-changes-nothing', 'A refused swap does not change the flag.', { flagSavedBeforeSwap: false }),
  compute('show-rejects-unknown-query', 'A show refuses unknown query parameters from 2.102 on.', ({ gates }) => ({
    gates: { ...gates, 'strict-show-query': range('2.102-') },
  })),
];

export const attachmentFaults: readonly Fault[] = [
  attachments('attach-drops-tag', 'The response to an attach has no tag.', (rules) => ({
    replyFields: rules.replyFields.map((field) => (field.name === 'tag' ? { ...field, value: () => null } : field)),
  })),
  attachments('attach-ignores-lock', 'Any user can attach volumes to a locked server.', (rules) => ({
    order: { ...rules.order, attach: rules.order.attach.filter((name) => name !== 'lock') },
  })),
  attachments('detach-root', 'The root disk can be detached.', (rules) => ({
    order: { ...rules.order, detach: rules.order.detach.filter((name) => name !== 'root') },
  })),
  attachments('list-keeps-id', 'A list has the id at 2.89 and later.', (rules) => ({
    itemFields: rules.itemFields.map((field) => (field.name === 'id' ? { ...field, range: range('2.1-') } : field)),
  })),
  attachments('host-fails-to-connect', 'No host manages to connect a volume.', () => ({ connects: false })),
  quirk('conductor-too-old', 'The conductor is older than the API, and the client gets a 500.', {
    schedulerTooOld: 500,
  }),
  ...remedies.map((fault): Fault => ({ ...fault, equivalent: repairsNova })),
  {
    id: 'compute:shelved-attach-at-once',
    summary: 'Volumes can be attached to shelved servers before 2.20.',
    kind: 'behaviour',
    change: (behaviour) => ({
      ...behaviour,
      compute: { ...behaviour.compute, gates: { ...behaviour.compute.gates, 'shelved-attach': range('2.1-') } },
    }),
  },
];
