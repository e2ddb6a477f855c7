/**
 * The five operations on a server's volume attachments.
 */

import type { Route } from '../../router.ts';
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
    operation: 'compute/update-volume-attachment',
    method: 'PUT',
    path: item,
    handle: { answer: updateAttachment },
  },
  { operation: 'compute/detach-volume', method: 'DELETE', path: item, handle: { answer: detachVolume } },
];
