/**
 * The fixture pools of a run: the servers, volumes and attachments that cases share.
 *
 * A case leases a volume exclusively, and the volume is reset before the next case gets it. Read requests use a server
 * of their own that no case changes.
 */
import { one } from '../../src/resources/resource-counts.ts';
import { createPool, type Pool } from '../../src/resources/pool.ts';
import { createFixturePool, type FixturePool } from '../../src/resources/fixture-pool.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { createVolume, type Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';
import type { FixtureDefinitions } from './fixture-kinds.ts';
import { discardVolume, freeVolume } from './free-volume.ts';
import { defineFixtures } from './define-fixtures.ts';

export interface FixturePools {
  readonly fixturePool: FixturePool;
  readonly volumes: Pool<Volume>;
  /** Volumes of the multiattach type. */
  readonly multiattach: Pool<Volume>;
  readonly variants: FixtureDefinitions;
  /** A device name that no disk of any server has. */
  readonly freeDevice: () => string;
}

const knownPools = new WeakMap<object, FixturePools>();

export function fixturePoolsOf(run: RunContext): FixturePools {
  const key = run.fixtures ?? run.ledger;
  const pools = knownPools.get(key) ?? createFixturePools(run);
  knownPools.set(key, pools);
  return pools;
}

function createFixturePools(run: RunContext): FixturePools {
  const { capacity } = run;
  let devices = 0;
  const volumePool = (type?: string): Pool<Volume> =>
    createPool<Volume>({
      hasSpace: () => capacity.isFree(one('volume')),
      make: () => createVolume(run, type === undefined ? '' : 'multi', type),
      renew: (used) => freeVolume(run, used),
      discard: (spent) => run.background(discardVolume(run, spent)),
    });
  const volumes = volumePool();
  const multiattach = volumePool(run.target.fixtures.multiattach_type);
  const fixturePool = createFixturePool(capacity, run.background, run.rebuilt);
  const attachmentPools = new Set<Pool<Attached>>();
  for (const pool of [volumes, multiattach]) {
    capacity.offer((kind) => {
      const idle = kind === 'volume' ? pool.withdraw() : undefined;
      return idle && { resources: one('volume'), done: discardVolume(run, idle) };
    });
  }
  capacity.offer((kind) => {
    const idle = kind === 'volume' ? firstOf(attachmentPools, (pool) => pool.withdraw()) : undefined;
    return idle && { resources: one('volume'), done: discardVolume(run, idle.volume) };
  });
  capacity.offer(fixturePool.clear);
  return {
    fixturePool,
    volumes,
    multiattach,
    variants: defineFixtures(run, volumes, attachmentPools),
    freeDevice: () => `/dev/vd${deviceSuffix(devices++)}`,
  };
}

function firstOf<A, B>(all: Iterable<A>, of: (one: A) => B | undefined): B | undefined {
  for (const each of all) {
    const found = of(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `zz`, `zy` and so on: services assign names from the start of the alphabet, so these stay free. */
function deviceSuffix(index: number): string {
  const alphabet = 26;
  const letter = (position: number): string => String.fromCharCode('z'.charCodeAt(0) - position);
  return letter(Math.floor(index / alphabet) % alphabet) + letter(index % alphabet);
}
