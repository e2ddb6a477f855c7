/**
 * Faults in what attaching a volume does, stores and responds.
 */

import type { Json } from '../kernel/http.ts';
import type { AttachReply } from '../compute/volume-attachments/attach-reply.ts';
import type { Storing } from '../compute/volume-attachments/storing.ts';
import type { Fault } from './fault.ts';
import { attachments, quirk } from './of-attachments.ts';

/** Steps; longer than a client needs to check a response. */
const late = 100;

export const attachingFaults: readonly Fault[] = [
  stores('attach-deletes-by-default', 'A volume is deleted with its server unless the attach sets the flag to false.', {
    flag: (given) => given ?? true,
  }),
  stores('attach-ignores-flag-true', 'A volume attached with the flag true is kept when its server is deleted.', {
    flag: () => false,
  }),
  stores('attach-ignores-flag-false', 'The flag counts as true whenever it is sent, whatever its value.', {
    flag: (given) => given !== undefined,
  }),
  stores('attach-forgets-tag', 'The tag of an attach is validated but not stored.', { tag: () => null }),
  quirk('attach-stores-every-word-as-true', 'A flag sent as text is stored as true, whatever the text.', {
    flagTextMeansTrue: true,
  }),
  replies('attach-invents-tag', 'The response to an attach without a tag has an empty tag.', 'tag', ({ tag }) => {
    return tag ?? '';
  }),
  replies(
    'attach-reply-id-is-the-mapping',
    'The id in the response to an attach is that of the block device mapping.',
    'id',
    ({ mappingId }) => mappingId,
  ),
  replies(
    'attach-reply-names-another-volume',
    'The response to an attach has the UUID of the mapping as volumeId.',
    'volumeId',
    ({ mappingId }) => mappingId,
  ),
  replies(
    'attach-reply-names-another-device',
    'The response to an attach names the disk as another hypervisor would.',
    'device',
    ({ device }) => device?.replace(/^\/dev\/[a-z]d/, '/dev/xvd') ?? null,
  ),
  attachments('attach-gives-device-twice', 'A disk gets a device name that another disk has.', ({ order }) => ({
    order: { ...order, reserve: order.reserve.filter((name) => name !== 'device-free') },
  })),
  attachments('attach-reserves-late', 'An attach is accepted before the volume is reserved.', ({ delays }) => ({
    reservesBeforeReply: false,
    delays: { ...delays, reserve: late },
  })),
  attachments(
    'attach-never-ends',
    'The host connects a volume and never reports it to the volume service.',
    ({ delays }) => ({
      delays: { ...delays, complete: Infinity },
    }),
  ),
  attachments('attach-keeps-failed-mapping', 'The disk of a failed attach stays mapped to the server.', () => ({
    dropsRefused: false,
  })),
];

function stores(name: string, summary: string, change: Partial<Storing>): Fault {
  return attachments(name, summary, ({ storing }) => ({ storing: { ...storing, ...change } }));
}

function replies(
  name: string,
  summary: string,
  member: 'id' | 'volumeId' | 'device' | 'tag',
  value: (reply: AttachReply) => Json,
): Fault {
  return attachments(name, summary, ({ replyFields }) => ({
    replyFields: replyFields.map((field) => (field.name === member ? { ...field, value } : field)),
  }));
}
