/**
 * A new volume's record.
 */

import type { Cloud } from '../cloud.ts';
import type { Volume, VolumeType } from './state.ts';

export interface NewVolume {
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

/** A volume in status `creating`, which is not yet kept. */
export function newVolume(cloud: Cloud, properties: NewVolume): Volume {
  const type = properties.type ?? defaultType(cloud);
  return {
    id: cloud.newId(),
    name: properties.name,
    description: properties.description ?? null,
    size: properties.size,
    status: 'creating',
    attachStatus: 'detached',
    projectId: properties.projectId,
    userId: properties.userId,
    type,
    multiattach: type.extraSpecs.multiattach === '<is> True',
    bootable: properties.imageId !== undefined,
    metadata: properties.metadata ?? {},
    migrationStatus: null,
    imageId: properties.imageId,
    zone: properties.zone ?? cloud.settings.offer.zones.volumes[0] ?? '',
    createdAt: cloud.now(),
    updatedAt: null,
  };
}

export const defaultTypeName = '__DEFAULT__';

function defaultType(cloud: Cloud): VolumeType {
  const type = [...cloud.blockStorage.types.values()].find(({ name }) => name === defaultTypeName);
  if (!type) throw new Error('The cloud has no default volume type.');
  return type;
}
