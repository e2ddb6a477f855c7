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

type Regional = Pick<Cloud, 'compute' | 'blockStorage' | 'image'>;

function emptyRegion(): Regional {
  return { compute: emptyCompute(), blockStorage: emptyBlockStorage(), image: emptyImages() };
}

export class Cloud {
  readonly settings: Settings;
  readonly identity: IdentityState = emptyIdentity();
  readonly compute: ComputeState = emptyCompute();
  readonly blockStorage: BlockStorageState = emptyBlockStorage();
  readonly image: ImageState = emptyImages();
  readonly schedule: Schedule;
  /** What is elsewhere than in the first region. */
  private readonly elsewhere: ReadonlyMap<string, Regional>;
  /** The rules in force: those of the release, changed by the faults that are switched on. */
  behaviour: Behaviour;

  constructor(settings: Settings, behaviour: Behaviour) {
    this.settings = settings;
    this.behaviour = behaviour;
    this.schedule = new Schedule(settings.pace);
    const others = settings.offer.regions.slice(1);
    this.elsewhere = new Map(others.map((region) => [region, emptyRegion()]));
  }

  /** The same cloud, with all that is in it, under other rules. */
  under(behaviour: Behaviour): Cloud {
    return Object.create(this, { behaviour: { value: behaviour } }) as Cloud;
  }

  /** The same people under the same rules, in another region; the first one for a name that is none. */
  in(region: string): Cloud {
    const own = this.elsewhere.get(region);
    if (!own) return this;
    return Object.create(this, {
      compute: { value: own.compute },
      blockStorage: { value: own.blockStorage },
      image: { value: own.image },
    }) as Cloud;
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
