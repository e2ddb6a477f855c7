/**
 * Servers and their disks and actions, as the compute service stores them.
 */

import type { JsonObject } from '../kernel/http.ts';

export const vmStates = [
  'building',
  'active',
  'paused',
  'suspended',
  'stopped',
  'rescued',
  'resized',
  'soft-delete',
  'deleted',
  'error',
  'shelved',
  'shelved_offloaded',
] as const;

export type VmState = (typeof vmStates)[number];

export type TaskState =
  | 'scheduling'
  | 'spawning'
  | 'pausing'
  | 'unpausing'
  | 'suspending'
  | 'resuming'
  | 'powering-off'
  | 'powering-on'
  | 'rebooting'
  | 'rebooting_hard'
  | 'resize_prep'
  | 'resize_migrating'
  | 'resize_finish'
  | 'resize_reverting'
  | 'rescuing'
  | 'unrescuing'
  | 'rebuilding'
  | 'shelving'
  | 'shelving_image_uploading'
  | 'shelving_offloading'
  | 'unshelving'
  | 'image_snapshot'
  | 'image_pending_upload'
  | 'soft-deleting'
  | 'deleting'
  | 'restoring'
  | 'migrating'
  | 'image_backup'
  | 'image_uploading'
  | 'updating_password'
  | 'rebuild_spawning';

export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly ram: number;
  readonly disk: number;
  readonly vcpus: number;
}

/** A block device mapping: one disk of a server. The API calls those with a volume attachments. */
export interface Mapping {
  readonly uuid: string;
  readonly serverId: string;
  /** Null for a disk that is not a volume, such as the root disk of a server booted from an image. */
  volumeId: string | null;
  /** The record of the volume service; it is created shortly after the mapping. */
  attachmentId: string | null;
  device: string | null;
  readonly tag: string | null;
  deleteOnTermination: boolean;
  /** The flag when the disk was created, before any update. */
  readonly firstFlag: boolean;
  /** 0 for the root disk. */
  readonly bootIndex: number | null;
}

export interface ActionEvent {
  readonly event: string;
  readonly startTime: Date;
  finishTime: Date | null;
  result: 'Success' | 'Error' | null;
  readonly host: string | null;
}

/** One entry of a server's action log. */
export interface Action {
  readonly action: string;
  readonly requestId: string;
  readonly userId: string;
  readonly projectId: string;
  readonly startTime: Date;
  updatedAt: Date | null;
  message: string | null;
  readonly events: ActionEvent[];
}

export interface Server {
  readonly id: string;
  /** A sequence number; part of the hypervisor's name for the server. */
  readonly number: number;
  name: string;
  description: string | null;
  hostname: string;
  readonly projectId: string;
  readonly userId: string;
  flavor: Flavor;
  /** The flavor and the host before an unconfirmed resize. */
  formerFlavor: Flavor | undefined;
  formerHost: string | undefined;
  /** The state to restore after a resize or a rescue. */
  formerVmState: VmState | undefined;
  /** Null for a server that was booted from a volume. */
  imageId: string | null;
  zone: string;
  /** The zone that it stays in when it moves, if any. */
  pinnedZone: string | null;
  diskConfig: string;
  accessIPv4: string;
  accessIPv6: string;
  readonly hasConfigDrive: boolean;
  userData: string | null;
  trustedCertificates: readonly string[] | null;
  /** The same for all servers of one request. */
  readonly reservationId: string;
  readonly launchIndex: number;
  metadata: Readonly<Record<string, string>>;
  tags: readonly string[];
  /** Their names. */
  securityGroups: readonly string[];
  /** As the metadata service has it; empty without a key pair. */
  encryptedPassword: string;
  readonly createdAt: Date;
  updatedAt: Date;
  launchedAt: Date | null;
  terminatedAt: Date | null;
  /** The reason for the error state. */
  fault: string | undefined;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: number;
  lockedBy: 'owner' | 'admin' | null;
  lockedReason: string | null;
  /** Null before scheduling and while offloaded. */
  host: string | null;
  readonly mappings: Mapping[];
  readonly actions: Action[];
  /** As sent when it was created. */
  readonly schedulerHints: JsonObject;
}

export interface ComputeState {
  readonly flavors: Map<string, Flavor>;
  readonly servers: Map<string, Server>;
  /** Deleted servers, whose action log can still be read. */
  readonly deletedServers: Map<string, Server>;
  /** Mappings of detached volumes and of deleted servers, oldest first. */
  readonly formerMappings: Mapping[];
  serversCreated: number;
  /** Boots of new servers, including failed ones. */
  boots: number;
}

export function emptyCompute(): ComputeState {
  return {
    flavors: new Map(),
    servers: new Map(),
    deletedServers: new Map(),
    formerMappings: [],
    serversCreated: 0,
    boots: 0,
  };
}
