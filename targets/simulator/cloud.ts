/**
 * The state of the simulated cloud and the rules that it follows at the moment. Knows nothing of HTTP.
 *
 * Everything that changes is in here, one instance per simulator, so that several can live side by side.
 */

import { randomUUID } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import { type BlockStorageState, emptyBlockStorage } from './block-storage/state.ts';
import { type ComputeState, emptyCompute } from './compute/state.ts';
import { emptyIdentity, type IdentityState } from './identity/state.ts';
import { emptyImages, type ImageState } from './image/state.ts';
import type { Settings } from './options.ts';
import { Schedule } from './schedule.ts';

export class Cloud {
  readonly settings: Settings;
  readonly identity: IdentityState = emptyIdentity();
  readonly compute: ComputeState = emptyCompute();
  readonly blockStorage: BlockStorageState = emptyBlockStorage();
  readonly image: ImageState = emptyImages();
  readonly schedule: Schedule;
  /** The rules in force: those of the release, changed by the faults that are switched on. */
  behaviour: Behaviour;

  constructor(settings: Settings, behaviour: Behaviour) {
    this.settings = settings;
    this.behaviour = behaviour;
    this.schedule = new Schedule(settings.pace);
  }

  /** The same cloud, with all that is in it, under other rules. */
  under(behaviour: Behaviour): Cloud {
    return Object.create(this, { behaviour: { value: behaviour } }) as Cloud;
  }

  now(): Date {
    return new Date();
  }

  newId(): string {
    return randomUUID();
  }

  requestId(): string {
    return `req-${randomUUID()}`;
  }
}
