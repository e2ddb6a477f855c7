/** What a case may start from; whatever it borrows goes back when it ends. */
import type { Pool } from '../../src/conformance/pool.ts';
import { one } from '../../src/conformance/amount.ts';
import type { Loan, Variant } from '../../src/conformance/shelf.ts';
import type { Stage } from '../../src/conformance/stage.ts';
import { formatMicroversion } from '../../src/microversion.ts';
import type { Volume } from '../block-storage/volume.ts';
import { attach, type Attached } from './attachment.ts';
import { discardInDisorder } from './free-volume.ts';
import type { StateName } from './server-states.ts';
import { foundAttached } from './found-attached.ts';
import type { Server } from './server.ts';
import { stockOf } from './stock.ts';
import { type Kept } from './fixture-kinds.ts';
import { type Booted } from './fixture-kinds.ts';
import { type Untouched } from './fixture-kinds.ts';
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
  /** The same without a volume for its place. */
  readonly migratingAlone: () => Promise<Attached>;
  /** The same with a multiattach volume that a second server has too. */
  readonly migratingMulti: () => Promise<Migrating>;
  /** A server that was deleted, and the volume that it had to its end. */
  readonly gone: () => Promise<Attached>;
  /** A volume whose status is error, one for each microversion. */
  readonly volumeInError: () => Promise<Spoilable<Volume>>;
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
    quiet: () => prop(() => (stage.world.readOnly ? foundAttached(stage) : live().quiet())),
    untouched: () => spoilable(() => live().untouched()),
    migrating: (state) => prop(() => live().migrating(state)),
    migratingAlone: () => prop(() => live().migratingAlone()),
    migratingMulti: () => prop(() => live().migratingMulti()),
    gone: () => prop(() => live().gone()),
    volumeInError: () => spoilable(() => live().volumeInError()),
    freeDevice: () => prop(() => live().freeDevice()),
  };
}

/** Made or borrowed in this run. */
function givenHere(stage: Stage): Given {
  const { volumes, multiattach, variants, freeDevice } = stockOf(stage.world);
  const thing = async <T>(variant: Variant<T>): Promise<T> => (await borrow(stage, variant)).thing;
  return {
    server: async () => (await thing(variants.busy)).server,
    ownServer: async () => (await borrow(stage, variants.own, 'spoiled')).thing,
    pair: () => thing(variants.pair),
    inState: (state) => borrowSpoilable(stage, variants.inState(state)),
    locked: () => borrowSpoilable(stage, variants.locked),
    volumeBooted: () => borrowSpoilable(stage, variants.volumeBooted),
    volume: () => take(stage, volumes, 'used'),
    volumeToLose: () => take(stage, volumes, 'spent'),
    multiattachVolume: () => take(stage, multiattach, 'used'),
    attachment: async (keeps) => {
      const { attachments } = await thing(variants.busy);
      return take(stage, attachments, keeps === 'keeps' ? 'clean' : 'used');
    },
    quiet: () => thing(variants.quiet),
    untouched: () => borrowSpoilable(stage, variants.untouched),
    migrating: async (state) => {
      const { loan, server } = await serverForSwap(stage, state);
      const [volume, replacement] = await leaveBehind(stage, loan, [volumes, volumes]);
      const attached = await attach(stage.world, server, volume, migrationTag);
      await markMigrating(stage.world, attached);
      return { ...attached, replacement };
    },
    migratingAlone: async () => {
      const { loan, server } = await serverForSwap(stage, undefined);
      const [volume] = await leaveBehind(stage, loan, [volumes]);
      const attached = await attach(stage.world, server, volume, migrationTag);
      await markMigrating(stage.world, attached);
      return attached;
    },
    migratingMulti: async () => {
      const loan = await borrow(stage, variants.pair);
      const [first, second] = loan.thing;
      const [volume, replacement] = await leaveBehind(stage, loan, [multiattach, volumes]);
      const attached = await attach(stage.world, first, volume, undefined, '2.60');
      await attach(stage.world, second, volume, undefined, '2.60');
      await markMigrating(stage.world, attached);
      return { ...attached, replacement };
    },
    gone: () => thing(variants.gone),
    volumeInError: () => borrowSpoilable(stage, variants.inError(formatMicroversion(stage.microversion))),
    freeDevice: () => Promise.resolve(freeDevice()),
  };
}

const migrationTag = 'osc-swap';

async function borrow<T>(stage: Stage, variant: Variant<T>, back: 'intact' | 'spoiled' = 'intact'): Promise<Loan<T>> {
  const loan = await stockOf(stage.world).shelf.borrow(variant, stage.ticket);
  stage.after(() => loan.giveBack(back));
  return loan;
}

async function borrowSpoilable<T extends object>(stage: Stage, variant: Variant<T>): Promise<Spoilable<T>> {
  const loan = await stockOf(stage.world).shelf.borrow(variant, stage.ticket);
  let state: 'intact' | 'spoiled' = 'intact';
  stage.after(() => loan.giveBack(state));
  return { ...loan.thing, spoil: () => void (state = 'spoiled') };
}

/** Something of a pool: a volume, or an attachment with its volume. */
async function take<T>(stage: Stage, pool: Pool<T>, back: 'clean' | 'used' | 'spent'): Promise<T> {
  const release = await stage.ticket.charge(one('volumes'));
  const taken = await pool.take().catch((error: unknown) => {
    release();
    throw error;
  });
  stage.after(() => {
    pool.give(taken, back);
    release();
  });
  return taken;
}

interface ForSwap {
  readonly loan: Loan<unknown>;
  readonly server: Server;
}

/** A server that a swap may leave in disorder. */
async function serverForSwap(stage: Stage, state: StateName | undefined): Promise<ForSwap> {
  const { variants } = stockOf(stage.world);
  if (state === undefined) {
    const loan = await borrow(stage, variants.disorder);
    return { loan, server: loan.thing };
  }
  const loan = await borrow(stage, variants.inState(state));
  return { loan, server: loan.thing.server };
}

type Volumes<P extends readonly Pool<Volume>[]> = { -readonly [I in keyof P]: Volume };

/** Volumes that nobody gets afterwards: only when the server goes can they be cleared away. */
async function leaveBehind<const P extends readonly Pool<Volume>[]>(
  stage: Stage,
  loan: Loan<unknown>,
  pools: P,
): Promise<Volumes<P>> {
  const taken: Volume[] = [];
  for (const pool of pools) {
    const release = await stage.ticket.charge(one('volumes'));
    const volume = await pool.take().catch((error: unknown) => {
      release();
      throw error;
    });
    taken.push(volume);
    loan.burden(one('volumes'), () => discardInDisorder(stage.world, volume), release);
  }
  return taken as Volumes<P>;
}
