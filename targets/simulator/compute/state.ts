/**
 * Servers and what hangs on them, as the compute service keeps them.
 */

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
  | 'restoring';

export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly ram: number;
  readonly disk: number;
  readonly vcpus: number;
}

/** A block device mapping: one disk of a server. Those with a volume are what the API calls attachments. */
export interface Mapping {
  readonly uuid: string;
  readonly serverId: string;
  /** Null for a disk that is no volume, such as the root disk of a server made from an image. */
  volumeId: string | null;
  /** The volume service's record; it exists only a moment after the mapping. */
  attachmentId: string | null;
  device: string | null;
  readonly tag: string | null;
  deleteOnTermination: boolean;
  /** The flag as it was when the disk was made, whatever updates have made of it. */
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

/** One entry of a server's log of actions. */
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
  /** Counts the servers of this cloud; shown in the hypervisor's name for the server. */
  readonly number: number;
  name: string;
  description: string | null;
  readonly hostname: string;
  readonly projectId: string;
  readonly userId: string;
  flavor: Flavor;
  /** The flavor before an unconfirmed resize. */
  formerFlavor: Flavor | undefined;
  /** The state to go back to after an unconfirmed resize, a rescue or a restore. */
  formerVmState: VmState | undefined;
  readonly imageId: string | null;
  readonly zone: string;
  metadata: Readonly<Record<string, string>>;
  tags: readonly string[];
  readonly createdAt: Date;
  updatedAt: Date;
  launchedAt: Date | null;
  /** Why it is in error. */
  fault: string | undefined;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: number;
  lockedBy: 'owner' | 'admin' | null;
  lockedReason: string | null;
  /** Null before it is placed and while it is offloaded. */
  host: string | null;
  readonly mappings: Mapping[];
  readonly actions: Action[];
}

export interface ComputeState {
  readonly flavors: Map<string, Flavor>;
  readonly servers: Map<string, Server>;
  /** Deleted servers, whose log of actions can still be read. */
  readonly deletedServers: Map<string, Server>;
  /** Those of volumes that were detached or whose server was deleted, in that order. */
  readonly formerMappings: Mapping[];
  serversMade: number;
  /** Of new servers, those that failed included. */
  boots: number;
}

export function emptyCompute(): ComputeState {
  return {
    flavors: new Map(),
    servers: new Map(),
    deletedServers: new Map(),
    formerMappings: [],
    serversMade: 0,
    boots: 0,
  };
}
