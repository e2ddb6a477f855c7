/**
 * Volumes and their attachments, as the volume service stores them.
 */

export interface VolumeType {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

export interface Volume {
  readonly id: string;
  name: string | null;
  description: string | null;
  size: number;
  status: string;
  /** Separate from the status: an administrator can set either. */
  attachStatus: 'attached' | 'detached';
  readonly projectId: string;
  readonly userId: string;
  type: VolumeType;
  readonly multiattach: boolean;
  bootable: boolean;
  metadata: Readonly<Record<string, string>>;
  migrationStatus: string | null;
  readonly imageId: string | undefined;
  readonly zone: string;
  readonly createdAt: Date;
  updatedAt: Date | null;
}

export interface Attachment {
  readonly id: string;
  readonly volumeId: string;
  /** The server; null for a record without one. */
  readonly instance: string | null;
  status: 'reserved' | 'attaching' | 'attached';
  attachedAt: Date | null;
  device: string | null;
  readonly mode: 'rw' | 'ro';
}

export interface BlockStorageState {
  readonly types: Map<string, VolumeType>;
  readonly volumes: Map<string, Volume>;
  readonly deletedVolumes: Map<string, Volume>;
  readonly attachments: Map<string, Attachment>;
}

export function emptyBlockStorage(): BlockStorageState {
  return { types: new Map(), volumes: new Map(), deletedVolumes: new Map(), attachments: new Map() };
}
