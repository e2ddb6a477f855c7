/** The kinds of fixtures that cases share. */
import type { Pool } from '../../src/conformance/pool.ts';
import type { Variant } from '../../src/conformance/shelf.ts';
import type { Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';
import type { StateName } from './server-states.ts';
import type { Server } from './server.ts';

export interface Variants {
  /** An ACTIVE server on which volumes come and go. */
  readonly busy: Variant<Busy>;
  /** Two attachments, the first with a tag, on a server where nothing changes. */
  readonly quiet: Variant<readonly [Attached, Attached]>;
  /** An attachment and a free volume for requests that are to be refused. */
  readonly untouched: Variant<Untouched>;
  /** An ACTIVE server for what leaves it in disorder. */
  readonly disorder: Variant<Server>;
  /** Two ACTIVE servers. */
  readonly pair: Variant<readonly [Server, Server]>;
  /** A server of one case alone. */
  readonly own: Variant<Server>;
  /** A server booted from a volume. */
  readonly volumeBooted: Variant<Booted>;
  /** A server in a state, with one volume that was attached before. */
  readonly inState: (state: StateName) => Variant<Kept>;
  /** An ACTIVE server that its project has locked, with one volume attached before. */
  readonly locked: Variant<Kept>;
  /** A server that was deleted, and the volume that it had to its end. */
  readonly gone: Variant<Attached>;
  /** A volume whose status an administrator has set to error; `mark`: one for each. */
  readonly inError: (mark: string) => Variant<Volume>;
}

export interface Busy {
  readonly server: Server;
  readonly attachments: Pool<Attached>;
}

export interface Untouched {
  readonly attached: Attached;
  readonly free: Volume;
}

export interface Booted {
  readonly server: Server;
  /** Its root disk. */
  readonly volume: Volume;
}

export interface Kept {
  readonly server: Server;
  readonly attached: Attached;
}
