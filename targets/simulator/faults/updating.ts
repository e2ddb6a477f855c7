/**
 * Faults in what an update changes and accepts.
 */

import type { UpdateCheck } from '../compute/volume-attachments/update-checks.ts';
import type { Storing } from '../compute/volume-attachments/storing.ts';
import { withNullTag, withOwnIds } from '../compute/volume-attachments/taking-back.ts';
import { attachmentBehaviour } from '../compute/volume-attachments/rules.ts';
import type { Fault } from './fault.ts';
import { attachments, quirk } from './of-attachments.ts';

const released = attachmentBehaviour.shapes.update;

export const updatingFaults: readonly Fault[] = [
  stores('update-ignores-flag', 'An update is accepted and stores nothing.', (_, now) => now),
  stores('update-inverts-flag', 'An update stores the opposite of the flag.', (given, now) =>
    given === undefined ? now : !given,
  ),
  stores('update-resets-flag', 'An update without the flag sets it to false.', (given) => given ?? false),
  accepts('update-accepts-other-device', 'An update is accepted with any device.', 'same-device'),
  accepts('update-accepts-other-tag', 'An update is accepted with any tag.', 'same-tag'),
  accepts('update-accepts-other-serverId', 'An update is accepted with any serverId.', 'same-server'),
  accepts('update-accepts-other-id', 'An update is accepted with any id.', 'same-id'),
  attachments('update-accepts-attachment-id', 'An update also accepts the attachment_id as id.', (rules) => ({
    updateIds: (subject) => [...rules.updateIds(subject), subject.mapping?.attachmentId ?? null],
  })),
  attachments('update-refuses-repetition', 'An update that would change nothing is refused.', ({ order }) => ({
    order: { ...order, update: [...order.update, 'other-flag'] },
  })),
  attachments(
    'update-refuses-null-tag',
    'An update refuses the null tag with which the attachment is shown.',
    ({ shapes }) => ({
      shapes: { ...shapes, update: withOwnIds(released) },
    }),
  ),
  attachments(
    'update-refuses-what-is-shown',
    'An update refuses the identifiers with which the attachment is shown.',
    ({ shapes }) => ({
      shapes: { ...shapes, update: withNullTag(released) },
    }),
  ),
  quirk('refused-swap-stores-the-flag', 'The flag of a swap is stored before the swap is refused.', {
    flagSavedBeforeSwap: true,
  }),
];

function stores(name: string, summary: string, updatedFlag: Storing['updatedFlag']): Fault {
  return attachments(name, summary, ({ storing }) => ({ storing: { ...storing, updatedFlag } }));
}

function accepts(name: string, summary: string, check: UpdateCheck): Fault {
  return attachments(name, summary, ({ order }) => ({
    order: { ...order, update: order.update.filter((one) => one !== check) },
  }));
}
