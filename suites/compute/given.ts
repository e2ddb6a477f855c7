/** What a case may start from; whatever it borrows goes back when it ends. */
import type { Stage } from '../../src/conformance/stage.ts';
import type { Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';
import type { Server } from './server.ts';
import { makeMigrating, type Migrating } from './swap.ts';
import { stockOf, type Untouched } from './stock.ts';

export interface Given {
  /** An ACTIVE server, shared with cases that attach and detach. */
  readonly server: () => Promise<Server>;
  /** A volume of the case's own that is available. */
  readonly volume: () => Promise<Volume>;
  /** An attachment of the case's own. `keeps`: the case does not undo it. */
  readonly attachment: (keeps?: 'keeps') => Promise<Attached>;
  /** A tagged attachment, with another beside it, that nothing changes. */
  readonly quiet: () => Promise<Attached>;
  /** An attachment and a free volume for requests that are to be refused. */
  readonly untouched: () => Promise<Untouched>;
  /** An attachment whose volume migrates, and a volume for its place; both are spent afterwards. */
  readonly migrating: () => Promise<Migrating>;
  readonly freeDevice: () => string;
}

export function given(stage: Stage): Given {
  const stock = stockOf(stage.world);
  return {
    server: stock.server,
    volume: async () => {
      const volume = await stock.volumes.take();
      stage.after(() => stock.volumes.give(volume, 'used'));
      return volume;
    },
    attachment: async (keeps) => {
      const attached = await stock.attachments.take();
      stage.after(() => stock.attachments.give(attached, keeps === 'keeps' ? 'clean' : 'used'));
      return attached;
    },
    quiet: async () => (await stock.quiet())[0],
    untouched: stock.untouched,
    migrating: async () => {
      const [server, volume, replacement] = await Promise.all([
        stock.swapServer(),
        stock.volumes.take(),
        stock.volumes.take(),
      ]);
      stage.after(() => [volume, replacement].forEach((one) => stock.volumes.give(one, 'spent')));
      return makeMigrating(stage.world, server, volume, replacement);
    },
    freeDevice: stock.freeDevice,
  };
}
