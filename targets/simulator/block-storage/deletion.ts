/**
 * Deletion of volumes.
 */

import type { Cloud } from '../cloud.ts';
import { setStatus } from './attaching.ts';
import type { Volume } from './state.ts';

export const deletingVolume = 'block-storage/delete-volume';

/** As long after the request as the endpoint takes. */
export function deleteVolumeSoon(cloud: Cloud, volume: Volume): void {
  const { delays = {} } = cloud.behaviour.blockStorage.endpoints[deletingVolume] ?? {};
  setStatus(cloud, volume, 'deleting');
  cloud.schedule.after(delays.delete ?? 0, () => {
    cloud.blockStorage.volumes.delete(volume.id);
    cloud.blockStorage.deletedVolumes.set(volume.id, volume);
    for (const attachment of cloud.blockStorage.attachments.values()) {
      if (attachment.volumeId === volume.id) cloud.blockStorage.attachments.delete(attachment.id);
    }
  });
}
