/** Builds a set from parts; the parts of one that came to nothing go again. */
import type { Pool } from '../../src/conformance/pool.ts';
import { removeResource } from '../../src/conformance/resource.ts';
import type { World } from '../../src/conformance/world.ts';
import { createBootableVolume, type Volume } from '../block-storage/volume.ts';
import { bootServer, server as serverKind, type Server } from './server.ts';

export interface Parts {
  readonly boot: (label: string, root?: Volume) => Promise<Server>;
  /** A free volume out of the pool. */
  readonly take: () => Promise<Volume>;
  /** A bootable volume. */
  readonly make: () => Promise<Volume>;
}

export async function partsOf<T>(world: World, volumes: Pool<Volume>, build: (parts: Parts) => Promise<T>): Promise<T> {
  const servers: Promise<Server>[] = [];
  const disks: Promise<Volume>[] = [];
  const keep = <P>(all: Promise<P>[], part: Promise<P>): Promise<P> => {
    all.push(part);
    return part;
  };
  const undo = async (): Promise<void> => {
    const booted = await Promise.allSettled(servers);
    const made = await Promise.allSettled(disks);
    await Promise.all(fulfilled(booted).map(({ id }) => removeResource(world, serverKind, id)));
    for (const volume of fulfilled(made)) volumes.give(volume, 'spent');
  };
  try {
    return await build({
      boot: (label, root) => keep(servers, bootServer(world, label, root)),
      take: () => keep(disks, volumes.take()),
      make: () => keep(disks, createBootableVolume(world)),
    });
  } catch (error) {
    world.background(undo());
    throw error;
  }
}

function fulfilled<T>(all: readonly PromiseSettledResult<T>[]): readonly T[] {
  return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
