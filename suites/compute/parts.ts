/** Builds a fixture from servers and volumes; when the build fails, deletes the parts that were created. */
import type { Pool } from '../../src/resources/pool.ts';
import { removeResource } from '../../src/resources/resource-type.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { createBootableVolume, type Volume } from '../block-storage/volume.ts';
import { bootServer, server as serverKind, type Server } from './server.ts';

export interface Parts {
  readonly boot: (label: string, root?: Volume) => Promise<Server>;
  /** An available volume from the pool. */
  readonly take: () => Promise<Volume>;
  /** A new bootable volume. */
  readonly make: () => Promise<Volume>;
}

export async function partsOf<T>(
  run: RunContext,
  volumes: Pool<Volume>,
  build: (parts: Parts) => Promise<T>,
): Promise<T> {
  const servers: Promise<Server>[] = [];
  const disks: Promise<Volume>[] = [];
  const keep = <P>(all: Promise<P>[], part: Promise<P>): Promise<P> => {
    all.push(part);
    return part;
  };
  const undo = async (): Promise<void> => {
    const booted = await Promise.allSettled(servers);
    const made = await Promise.allSettled(disks);
    await Promise.all(fulfilled(booted).map(({ id }) => removeResource(run, serverKind, id)));
    for (const volume of fulfilled(made)) volumes.give(volume, 'spent');
  };
  try {
    return await build({
      boot: (label, root) => keep(servers, bootServer(run, label, root ? { root } : {})),
      take: () => keep(disks, volumes.take()),
      make: () => keep(disks, createBootableVolume(run)),
    });
  } catch (error) {
    run.background(undo());
    throw error;
  }
}

function fulfilled<T>(all: readonly PromiseSettledResult<T>[]): readonly T[] {
  return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
