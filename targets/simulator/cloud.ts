/**
 * The state of the simulated cloud and the rules in force. Knows nothing of HTTP.
 *
 * Holds everything that changes: one instance per simulator, so that several can run in one process.
 */

import { randomUUID } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import { type BlockStorageState, emptyBlockStorage } from './block-storage/state.ts';
import { type ComputeState, emptyCompute } from './compute/state.ts';
import { emptyIdentity, type IdentityState } from './identity/state.ts';
import { emptyImages, type ImageState } from './image/state.ts';
import type { Settings } from './options.ts';
import { Schedule } from './kernel/schedule.ts';

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
  /** The resources of all regions but the first. */
  private readonly otherRegions: ReadonlyMap<string, Regional>;
  /** The rules in force: those of the release, changed by the seeded faults that are enabled. */
  behaviour: Behaviour;

  constructor(settings: Settings, behaviour: Behaviour) {
    this.settings = settings;
    this.behaviour = behaviour;
    this.schedule = new Schedule(settings.pace);
    const others = settings.offer.regions.slice(1);
    this.otherRegions = new Map(others.map((region) => [region, emptyRegion()]));
  }

  /** A view of the same cloud and its state under other rules. */
  under(behaviour: Behaviour): Cloud {
    return Object.create(this, { behaviour: { value: behaviour } }) as Cloud;
  }

  /** A view of another region with the same identities and rules; the first region if `region` is unknown. */
  in(region: string): Cloud {
    const regional = this.otherRegions.get(region);
    if (!regional) return this;
    return Object.create(this, {
      compute: { value: regional.compute },
      blockStorage: { value: regional.blockStorage },
      image: { value: regional.image },
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
