/** What a case may start from; whatever it borrows goes back when it ends. */
import type { Variant } from '../../src/conformance/shelf.ts';
import type { Stage } from '../../src/conformance/stage.ts';
import type { Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';
import type { StateName } from './server-states.ts';
import type { Server } from './server.ts';
import { stockOf, type Kept, type Untouched } from './stock.ts';
import { makeMigrating, type Migrating } from './swap.ts';

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
  /** A volume of the case's own that is available. */
  readonly volume: () => Promise<Volume>;
  /** A multiattach volume of the case's own that is available. */
  readonly multiattachVolume: () => Promise<Volume>;
  /** An attachment of the case's own. `keeps`: the case does not undo it. */
  readonly attachment: (keeps?: 'keeps') => Promise<Attached>;
  /** A tagged attachment, with another beside it, that nothing changes. */
  readonly quiet: () => Promise<readonly [Attached, Attached]>;
  /** An attachment and a free volume for requests that are to be refused. */
  readonly untouched: () => Promise<Spoilable<Untouched>>;
  /** An attachment whose volume migrates, and a volume for its place; both are spent afterwards. */
  readonly migrating: () => Promise<Migrating>;
  readonly freeDevice: () => string;
}

export type Spoilable<T> = T & { readonly spoil: () => void };

export function given(stage: Stage): Given {
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
    volume: () => take(volumes),
    multiattachVolume: () => take(multiattach),
    attachment: async (keeps) => {
      const { attachments } = await shelfLoan(stage, variants.busy);
      const attached = await attachments.take();
      stage.after(() => attachments.give(attached, keeps === 'keeps' ? 'clean' : 'used'));
      return attached;
    },
    quiet: () => shelfLoan(stage, variants.quiet),
    untouched: () => borrow(variants.untouched),
    migrating: async () => {
      const server = await shelfLoan(stage, variants.disorder);
      const [volume, replacement] = await Promise.all([volumes.take(), volumes.take()]);
      stage.after(() => [volume, replacement].forEach((one) => volumes.give(one, 'spent')));
      return makeMigrating(stage.world, server, volume, replacement);
    },
    freeDevice,
  };
}

async function shelfLoan<T>(stage: Stage, variant: Variant<T>): Promise<T> {
  const loan = await stockOf(stage.world).shelf.borrow(variant);
  stage.after(() => loan.giveBack('intact'));
  return loan.thing;
}
