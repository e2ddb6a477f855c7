/**
 * Deviations in what attaching a volume does, keeps and replies.
 */

import type { Json } from '../http.ts';
import type { AttachReply } from '../compute/volume-attachments/attach-reply.ts';
import type { Storing } from '../compute/volume-attachments/storing.ts';
import type { Fault } from './fault.ts';
import { attachments, quirk } from './of-attachments.ts';

/** Longer than a client takes to look whether a reply was true. */
const late = 100;

export const attachingFaults: readonly Fault[] = [
  stores('attach-deletes-by-default', 'A volume goes with its server unless the attach says that it stays.', {
    flag: (given) => given ?? true,
  }),
  stores('attach-ignores-flag-true', 'A volume attached with the flag true is kept all the same.', {
    flag: () => false,
  }),
  stores('attach-ignores-flag-false', 'The flag counts as true when it is given, whatever its value.', {
    flag: (given) => given !== undefined,
  }),
  stores('attach-forgets-tag', 'The tag of an attach is checked and then not stored.', { tag: () => null }),
  quirk('attach-stores-every-word-as-true', 'The flag given as text is stored as true, whatever it says.', {
    flagTextMeansTrue: true,
  }),
  replies('attach-invents-tag', 'The answer to an attach without a tag gives an empty one.', 'tag', ({ tag }) => {
    return tag ?? '';
  }),
  replies(
    'attach-reply-id-is-the-mapping',
    'The id in the answer to an attach is that of the block device mapping.',
    'id',
    ({ mappingId }) => mappingId,
  ),
  replies(
    'attach-reply-names-another-volume',
    'The answer to an attach has the UUID of the mapping in the place of the volume.',
    'volumeId',
    ({ mappingId }) => mappingId,
  ),
  replies(
    'attach-reply-names-another-device',
    'The answer to an attach names the disk as another hypervisor would.',
    'device',
    ({ device }) => device?.replace(/^\/dev\/[a-z]d/, '/dev/xvd') ?? null,
  ),
  attachments('attach-gives-device-twice', 'A device name is given to a disk though another has it.', ({ order }) => ({
    order: { ...order, reserve: order.reserve.filter((name) => name !== 'device-free') },
  })),
  attachments('attach-reserves-late', 'An attach is answered before the volume is reserved.', ({ delays }) => ({
    reservesBeforeReply: false,
    delays: { ...delays, reserve: late },
  })),
  attachments('attach-never-ends', 'The host connects a volume and never tells the volume service.', ({ delays }) => ({
    delays: { ...delays, complete: Infinity },
  })),
  attachments('attach-keeps-failed-mapping', 'The disk of an attach that failed stays with the server.', () => ({
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
