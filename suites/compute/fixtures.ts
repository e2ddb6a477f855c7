/** The fixtures that a case can use; leased fixtures are returned when the case completes. */
import type { Pool } from '../../src/resources/pool.ts';
import { one } from '../../src/resources/resource-counts.ts';
import type { Lease, FixtureDefinition } from '../../src/resources/fixture-pool.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import { formatMicroversion } from '../../src/microversion.ts';
import type { Volume } from '../block-storage/volume.ts';
import { attach, type Attached } from './attachment.ts';
import { discardInconsistent } from './free-volume.ts';
import type { StateName } from './server-states.ts';
import { findAttachments } from './find-attachments.ts';
import type { Server } from './server.ts';
import { fixturePoolsOf } from './fixture-pools.ts';
import { lease, leaseReusable, reusable, type Reusable } from './lease.ts';
import type { Booted, RejectionTarget, ServerInState } from './fixture-kinds.ts';
import { markMigrating, type Migrating } from './swap.ts';

export interface Fixtures {
  /** An ACTIVE server, shared with cases that attach and detach. */
  readonly server: () => Promise<Server>;
  /** An ACTIVE server that no other case uses. */
  readonly exclusiveServer: () => Promise<Server>;
  /** Two ACTIVE servers, shared with cases that attach and detach. */
  readonly pair: () => Promise<readonly [Server, Server]>;
  /** A server in a state, with a volume that was attached before. */
  readonly inState: (state: StateName) => Promise<Reusable<ServerInState>>;
  readonly locked: () => Promise<Reusable<ServerInState>>;
  /** A server and the volume that it was booted from. */
  readonly volumeBooted: () => Promise<Reusable<Booted>>;
  /** An available volume that no other case uses. */
  readonly volume: () => Promise<Volume>;
  /** An available volume for requests that must be refused. */
  readonly volumeToKeep: () => Promise<Reusable<Volume>>;
  /** The same of the multiattach type. */
  readonly multiattachVolumeToKeep: () => Promise<Reusable<Volume>>;
  /** An available volume that the case may delete. */
  readonly disposableVolume: () => Promise<Volume>;
  /** An available multiattach volume that no other case uses. */
  readonly multiattachVolume: () => Promise<Volume>;
  /** An attachment that no other case uses. `keeps`: the case does not detach the volume. */
  readonly attachment: (keeps?: 'keeps') => Promise<Attached>;
  /** Two attachments of one server, the first with a tag, that no case changes. */
  readonly readOnly: () => Promise<readonly [Attached, Attached]>;
  /** An attachment and an available volume for requests that must be refused. */
  readonly rejectionTarget: () => Promise<Reusable<RejectionTarget>>;
  /** An attachment whose volume migrates, and a volume to replace it; both are discarded afterwards. */
  readonly migrating: (state?: StateName) => Promise<Migrating>;
  /** The same without a replacement. */
  readonly migratingAlone: () => Promise<Attached>;
  /** The same with a multiattach volume that is attached to a second server too. */
  readonly migratingMulti: () => Promise<Migrating>;
  /** A deleted server, and the volume that was attached to it until its deletion. */
  readonly deleted: () => Promise<Attached>;
  /** A volume whose status is error, one for each microversion. */
  readonly volumeInError: () => Promise<Reusable<Volume>>;
  /** A device name that no disk of any server has. */
  readonly freeDevice: () => Promise<string>;
}

export function fixtures(ctx: CheckContext): Fixtures {
  const live = (): Fixtures => liveFixtures(ctx);
  const { fixture } = ctx;
  return {
    server: () => fixture(() => live().server()),
    exclusiveServer: () => fixture(() => live().exclusiveServer()),
    pair: () => fixture(() => live().pair()),
    inState: (state) => reusable(ctx, () => live().inState(state)),
    locked: () => reusable(ctx, () => live().locked()),
    volumeBooted: () => reusable(ctx, () => live().volumeBooted()),
    volume: () => fixture(() => live().volume()),
    volumeToKeep: () => reusable(ctx, () => live().volumeToKeep()),
    multiattachVolumeToKeep: () => reusable(ctx, () => live().multiattachVolumeToKeep()),
    disposableVolume: () => fixture(() => live().disposableVolume()),
    multiattachVolume: () => fixture(() => live().multiattachVolume()),
    attachment: (keeps) => fixture(() => live().attachment(keeps)),
    readOnly: () => fixture(() => (ctx.run.readOnly ? findAttachments(ctx) : live().readOnly())),
    rejectionTarget: () => reusable(ctx, () => live().rejectionTarget()),
    migrating: (state) => fixture(() => live().migrating(state)),
    migratingAlone: () => fixture(() => live().migratingAlone()),
    migratingMulti: () => fixture(() => live().migratingMulti()),
    deleted: () => fixture(() => live().deleted()),
    volumeInError: () => reusable(ctx, () => live().volumeInError()),
    freeDevice: () => fixture(() => live().freeDevice()),
  };
}

/** The fixtures of a live run, created or leased from its pools. */
function liveFixtures(ctx: CheckContext): Fixtures {
  const { volumes, multiattach, variants, freeDevice } = fixturePoolsOf(ctx.run);
  const share = async <T>(definition: FixtureDefinition<T>): Promise<T> => (await lease(ctx, definition)).thing;
  return {
    server: async () => (await share(variants.shared)).server,
    exclusiveServer: async () => (await lease(ctx, variants.exclusive, 'dirty')).thing,
    pair: () => share(variants.pair),
    inState: (state) => leaseReusable(ctx, variants.inState(state)),
    locked: () => leaseReusable(ctx, variants.locked),
    volumeBooted: () => leaseReusable(ctx, variants.volumeBooted),
    volume: () => take(ctx, volumes, 'used'),
    volumeToKeep: () => takeReusable(ctx, volumes),
    multiattachVolumeToKeep: () => takeReusable(ctx, multiattach),
    disposableVolume: () => take(ctx, volumes, 'spent'),
    multiattachVolume: () => take(ctx, multiattach, 'used'),
    attachment: async (keeps) => {
      const { attachments } = await share(variants.shared);
      return take(ctx, attachments, keeps === 'keeps' ? 'clean' : 'used');
    },
    readOnly: () => share(variants.readOnly),
    rejectionTarget: () => leaseReusable(ctx, variants.rejectionTarget),
    migrating: async (state) => {
      const { leased, server } = await serverForSwap(ctx, state);
      const [volume, replacement] = await takeDeferred(ctx, leased, [volumes, volumes]);
      const attached = await attach(ctx.run, server, volume, migrationTag);
      await markMigrating(ctx.run, attached);
      return { ...attached, replacement };
    },
    migratingAlone: async () => {
      const { leased, server } = await serverForSwap(ctx, undefined);
      const [volume] = await takeDeferred(ctx, leased, [volumes]);
      const attached = await attach(ctx.run, server, volume, migrationTag);
      await markMigrating(ctx.run, attached);
      return attached;
    },
    migratingMulti: async () => {
      const leased = await lease(ctx, variants.pair);
      const [first, second] = leased.thing;
      const [volume, replacement] = await takeDeferred(ctx, leased, [multiattach, volumes]);
      const attached = await attach(ctx.run, first, volume, undefined, '2.60');
      await attach(ctx.run, second, volume, undefined, '2.60');
      await markMigrating(ctx.run, attached);
      return { ...attached, replacement };
    },
    deleted: () => share(variants.deleted),
    volumeInError: () => leaseReusable(ctx, variants.inError(formatMicroversion(ctx.microversion))),
    freeDevice: () => Promise.resolve(freeDevice()),
  };
}

const migrationTag = 'osc-swap';

/** The state in which something is returned to its pool. */
type Back = 'clean' | 'used' | 'spent';

/** Takes a volume, or an attachment with its volume, out of a pool until the case completes. */
async function take<T>(ctx: CheckContext, pool: Pool<T>, back: Back | (() => Back)): Promise<T> {
  const release = await ctx.reservation.charge(one('volume'));
  const taken = await pool.take().catch((error: unknown) => {
    release();
    throw error;
  });
  ctx.after(() => {
    pool.give(taken, typeof back === 'function' ? back() : back);
    release();
  });
  return taken;
}

/** Takes a volume that the next case gets as it is, unless a request that was to be refused may have changed it. */
async function takeReusable(ctx: CheckContext, pool: Pool<Volume>): Promise<Reusable<Volume>> {
  let back: Back = 'clean';
  const taken = await take(ctx, pool, () => back);
  return { ...taken, makeDirty: () => void (back = 'used') };
}

interface ForSwap {
  readonly leased: Lease<unknown>;
  readonly server: Server;
}

/** A server that a swap may leave inconsistent. */
async function serverForSwap(ctx: CheckContext, state: StateName | undefined): Promise<ForSwap> {
  const { variants } = fixturePoolsOf(ctx.run);
  if (state === undefined) {
    const leased = await lease(ctx, variants.swapServer);
    return { leased, server: leased.thing };
  }
  const leased = await lease(ctx, variants.inState(state));
  return { leased, server: leased.thing.server };
}

type Volumes<P extends readonly Pool<Volume>[]> = { -readonly [I in keyof P]: Volume };

/** Takes volumes that no other case gets: their deletion is deferred until the leased server is deleted. */
async function takeDeferred<const P extends readonly Pool<Volume>[]>(
  ctx: CheckContext,
  leased: Lease<unknown>,
  pools: P,
): Promise<Volumes<P>> {
  const taken: Volume[] = [];
  for (const pool of pools) {
    const release = await ctx.reservation.charge(one('volume'));
    const volume = await pool.take().catch((error: unknown) => {
      release();
      throw error;
    });
    taken.push(volume);
    leased.deferred(one('volume'), () => discardInconsistent(ctx.run, volume), release);
  }
  return taken as Volumes<P>;
}
