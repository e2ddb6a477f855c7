/**
 * The six operations on a server's volume attachments. Update and swap share a call.
 */

import { isObject, type Json } from '../../kernel/http.ts';
import type { Route } from '../../kernel/router.ts';
import type { ComputeHandle } from '../call.ts';
import { attachVolume } from './attach.ts';
import { detachVolume } from './detach.ts';
import { listAttachments, showAttachment } from './read.ts';
import { updateAttachment } from './update.ts';

const collection = '/servers/:server_id/os-volume_attachments';
const item = `${collection}/:volume_id`;

export const volumeAttachmentRoutes: readonly Route<ComputeHandle>[] = [
  {
    operation: 'compute/list-volume-attachments',
    method: 'GET',
    path: collection,
    handle: { answer: listAttachments },
  },
  { operation: 'compute/attach-volume', method: 'POST', path: collection, handle: { answer: attachVolume } },
  { operation: 'compute/show-volume-attachment', method: 'GET', path: item, handle: { answer: showAttachment } },
  {
    operation: updateOrSwap,
    method: 'PUT',
    path: item,
    handle: { answer: updateAttachment },
  },
  { operation: 'compute/detach-volume', method: 'DELETE', path: item, handle: { answer: detachVolume } },
];

/** A body that names another volume than the path asks for a swap. */
function updateOrSwap(body: Json | undefined, { volume_id }: Readonly<Record<string, string>>): string {
  const attachment = isObject(body) ? body.volumeAttachment : undefined;
  const volume = isObject(attachment) ? attachment.volumeId : undefined;
  return typeof volume === 'string' && volume !== volume_id
    ? 'compute/swap-volume'
    : 'compute/update-volume-attachment';
}
