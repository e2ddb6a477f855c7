/**
 * The rules of the volume service that a release or a fault may change.
 */

import type { Microversion } from '../../../src/microversion.ts';
import type { Field } from '../kernel/fields.ts';
import type { Caller } from '../identity/caller.ts';
import type { Volume } from './state.ts';
import type { VolumeSubject } from './volume-view.ts';

export interface BlockStorageBehaviour {
  readonly minimum: Microversion;
  readonly maximum: Microversion;
  /** The roles that see the volumes of their own project. */
  readonly readers: readonly string[];
  /** The roles that see migrations. */
  readonly migrationReaders: readonly string[];
  readonly sees: (caller: Caller, volume: Volume) => boolean;
  readonly volumeFields: readonly Field<VolumeSubject>[];
  /** The statuses in which a volume can be reserved for a server. */
  readonly reservable: { readonly single: readonly string[]; readonly multiattach: readonly string[] };
  readonly detachable: readonly string[];
  readonly deletable: readonly string[];
  /** Steps. */
  readonly delays: { readonly create: number; readonly delete: number; readonly retype: number };
}
