/** What a case may start from; whatever it borrows goes back when it ends. */
import type { Pool } from '../../src/conformance/pool.ts';
import type { Variant } from '../../src/conformance/shelf.ts';
import type { Stage } from '../../src/conformance/stage.ts';
import type { Volume } from '../block-storage/volume.ts';
import { attach, type Attached } from './attachment.ts';
import type { StateName } from './server-states.ts';
import type { Server } from './server.ts';
import { stockOf, type Booted, type Kept, type Untouched } from './stock.ts';
import { markMigrating, type Migrating } from './swap.ts';

export interface Given {
  /** An ACTIVE server, shared with cases that attach and detach. */
  readonly server: () => Promise<Server>;
  /** An ACTIVE server that nobody else has. */
  readonly ownServer: () => Promise<Server>;
  /** Two ACTIVE servers, shared with cases that attach and detach. */
  readonly pair: () => Promise<readonly [Server, Server]>;
  /** A server in a state, with a volume that was attached before; `spoil` when it is not left as it was. */
  readonly inState: (state: StateName) => Promise<Spoilable<Kept>>;
  readonly locked: () => Promise<Spoilable<Kept>>;
  /** A server and the volume that it was booted from. */
  readonly volumeBooted: () => Promise<Spoilable<Booted>>;
  /** A volume of the case's own that is available. */
  readonly volume: () => Promise<Volume>;
  /** A volume that the case may bring to its end. */
  readonly volumeToLose: () => Promise<Volume>;
  /** A multiattach volume of the case's own that is available. */
  readonly multiattachVolume: () => Promise<Volume>;
  /** An attachment of the case's own. `keeps`: the case does not undo it. */
  readonly attachment: (keeps?: 'keeps') => Promise<Attached>;
  /** A tagged attachment, with another beside it, that nothing changes. */
  readonly quiet: () => Promise<readonly [Attached, Attached]>;
  /** An attachment and a free volume for requests that are to be refused. */
  readonly untouched: () => Promise<Spoilable<Untouched>>;
  /** An attachment whose volume migrates, and a volume for its place; both are spent afterwards. */
  readonly migrating: (state?: StateName) => Promise<Migrating>;
  /** The same with a multiattach volume that a second server has too. */
  readonly migratingMulti: () => Promise<Migrating>;
  readonly freeDevice: () => Promise<string>;
}

export type Spoilable<T> = T & { readonly spoil: () => void };

export function given(stage: Stage): Given {
  const live = (): Given => givenHere(stage);
  const { prop } = stage;
  /** Spoiling is for the run; whoever judges again has nothing to spoil. */
  const spoilable = async <T extends object>(borrow: () => Promise<Spoilable<T>>): Promise<Spoilable<T>> => {
    let spoil = (): void => undefined;
    const thing = await prop(async () => {
      const { spoil: own, ...rest } = await borrow();
      spoil = own;
      return rest;
    });
    return { ...(thing as unknown as T), spoil: () => spoil() };
  };
  return {
    server: () => prop(() => live().server()),
    ownServer: () => prop(() => live().ownServer()),
    pair: () => prop(() => live().pair()),
    inState: (state) => spoilable(() => live().inState(state)),
    locked: () => spoilable(() => live().locked()),
    volumeBooted: () => spoilable(() => live().volumeBooted()),
    volume: () => prop(() => live().volume()),
    volumeToLose: () => prop(() => live().volumeToLose()),
    multiattachVolume: () => prop(() => live().multiattachVolume()),
    attachment: (keeps) => prop(() => live().attachment(keeps)),
    quiet: () => prop(() => live().quiet()),
    untouched: () => spoilable(() => live().untouched()),
    migrating: (state) => prop(() => live().migrating(state)),
    migratingMulti: () => prop(() => live().migratingMulti()),
    freeDevice: () => prop(() => live().freeDevice()),
  };
}

/** Made or borrowed in this run. */
function givenHere(stage: Stage): Given {
  const { shelf, volumes, multiattach, variants, freeDevice } = stockOf(stage.world);
  const borrow = async <T extends object>(variant: Variant<T>): Promise<Spoilable<T>> => {
    const loan = await shelf.borrow(variant);
    let state: 'intact' | 'spoiled' = 'intact';
    stage.after(() => loan.giveBack(state));
    return { ...loan.thing, spoil: () => void (state = 'spoiled') };
  };
  const take = async (pool: typeof volumes): Promise<Volume> => {
    const volume = await pool.take();
    stage.after(() => pool.give(volume, 'used'));
    return volume;
  };
  return {
    server: async () => (await shelfLoan(stage, variants.busy)).server,
    ownServer: async () => {
      const loan = await shelf.borrow(variants.own);
      stage.after(() => loan.giveBack('spoiled'));
      return loan.thing;
    },
    pair: () => shelfLoan(stage, variants.pair),
    inState: (state) => borrow(variants.inState(state)),
    locked: () => borrow(variants.locked),
    volumeBooted: () => borrow(variants.volumeBooted),
    volume: () => take(volumes),
    volumeToLose: async () => {
      const volume = await volumes.take();
      stage.after(() => volumes.give(volume, 'spent'));
      return volume;
    },
    multiattachVolume: () => take(multiattach),
    attachment: async (keeps) => {
      const { attachments } = await shelfLoan(stage, variants.busy);
      const attached = await attachments.take();
      stage.after(() => attachments.give(attached, keeps === 'keeps' ? 'clean' : 'used'));
      return attached;
    },
    quiet: () => shelfLoan(stage, variants.quiet),
    untouched: () => borrow(variants.untouched),
    migrating: async (state) => {
      const server = await serverFor(stage, state);
      const [volume, replacement] = await takeToLose(stage, volumes, volumes);
      return markMigrating(stage.world, await attach(stage.world, server, volume, migrationTag), replacement);
    },
    migratingMulti: async () => {
      const [first, second] = await shelfLoan(stage, variants.pair);
      const [volume, replacement] = await takeToLose(stage, multiattach, volumes);
      const attached = await attach(stage.world, first, volume, undefined, '2.60');
      await attach(stage.world, second, volume, undefined, '2.60');
      return markMigrating(stage.world, attached, replacement);
    },
    freeDevice: () => Promise.resolve(freeDevice()),
  };
}

const migrationTag = 'osc-swap';

/** A server that a swap may leave in disorder. */
async function serverFor(stage: Stage, state: StateName | undefined): Promise<Server> {
  const { variants } = stockOf(stage.world);
  return state === undefined
    ? shelfLoan(stage, variants.disorder)
    : (await shelfLoan(stage, variants.inState(state))).server;
}

/** Volumes that nobody gets afterwards. */
async function takeToLose(stage: Stage, ...pools: readonly [Pool<Volume>, Pool<Volume>]): Promise<[Volume, Volume]> {
  const [first, second] = pools;
  const taken: [Volume, Volume] = [await first.take(), await second.take()];
  stage.after(() => {
    first.give(taken[0], 'spent');
    second.give(taken[1], 'spent');
  });
  return taken;
}

async function shelfLoan<T>(stage: Stage, variant: Variant<T>): Promise<T> {
  const loan = await stockOf(stage.world).shelf.borrow(variant);
  stage.after(() => loan.giveBack('intact'));
  return loan.thing;
}
