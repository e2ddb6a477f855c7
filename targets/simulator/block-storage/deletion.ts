/**
 * Deletion of volumes.
 */

import type { Cloud } from '../cloud.ts';
import { setStatus } from './attaching.ts';
import type { Volume } from './state.ts';

export function deleteVolumeSoon(cloud: Cloud, volume: Volume): void {
  setStatus(cloud, volume, 'deleting');
  cloud.schedule.after(cloud.behaviour.blockStorage.delays.delete, () => {
    cloud.blockStorage.volumes.delete(volume.id);
    cloud.blockStorage.deletedVolumes.set(volume.id, volume);
    for (const attachment of cloud.blockStorage.attachments.values()) {
      if (attachment.volumeId === volume.id) cloud.blockStorage.attachments.delete(attachment.id);
    }
  });
}
