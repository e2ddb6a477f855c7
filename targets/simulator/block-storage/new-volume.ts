/**
 * A new volume's record.
 */

import type { Cloud } from '../cloud.ts';
import type { Volume, VolumeType } from './state.ts';

export interface VolumeWish {
  readonly name: string | null;
  readonly description?: string | null;
  readonly size: number;
  readonly projectId: string;
  readonly userId: string;
  readonly type?: VolumeType;
  readonly imageId: string | undefined;
  readonly zone?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Puts the volume, still in creation, among the others. */
export function newVolume(cloud: Cloud, wish: VolumeWish): Volume {
  const type = wish.type ?? defaultType(cloud);
  const volume: Volume = {
    id: cloud.newId(),
    name: wish.name,
    description: wish.description ?? null,
    size: wish.size,
    status: 'creating',
    attachStatus: 'detached',
    projectId: wish.projectId,
    userId: wish.userId,
    type,
    multiattach: type.extraSpecs.multiattach === '<is> True',
    bootable: wish.imageId !== undefined,
    metadata: wish.metadata ?? {},
    migrationStatus: null,
    imageId: wish.imageId,
    zone: wish.zone ?? cloud.settings.offer.zones.volumes[0] ?? '',
    createdAt: cloud.now(),
    updatedAt: null,
  };
  cloud.blockStorage.volumes.set(volume.id, volume);
  return volume;
}

export const defaultTypeName = '__DEFAULT__';

function defaultType(cloud: Cloud): VolumeType {
  const type = [...cloud.blockStorage.types.values()].find(({ name }) => name === defaultTypeName);
  if (!type) throw new Error('the cloud has no default volume type');
  return type;
}
