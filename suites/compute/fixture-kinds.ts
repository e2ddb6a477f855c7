/** The fixtures that cases share. */
import type { Pool } from '../../src/resources/pool.ts';
import type { FixtureDefinition } from '../../src/resources/fixture-pool.ts';
import type { Volume } from '../block-storage/volume.ts';
import type { Attached } from './attachment.ts';
import type { StateName } from './server-states.ts';
import type { Server } from './server.ts';

export interface FixtureDefinitions {
  /** An ACTIVE server to which cases attach volumes and from which they detach them. */
  readonly shared: FixtureDefinition<SharedServer>;
  /** Two attachments, the first with a tag, of a server that no case changes. */
  readonly readOnly: FixtureDefinition<readonly [Attached, Attached]>;
  /** An attachment and an available volume for requests that must be refused. */
  readonly rejectionTarget: FixtureDefinition<RejectionTarget>;
  /** An ACTIVE server for swaps, which leave it and its volumes inconsistent. */
  readonly swapServer: FixtureDefinition<Server>;
  /** Two ACTIVE servers. */
  readonly pair: FixtureDefinition<readonly [Server, Server]>;
  /** An ACTIVE server for one case at a time. */
  readonly exclusive: FixtureDefinition<Server>;
  /** A server booted from a volume. */
  readonly volumeBooted: FixtureDefinition<Booted>;
  /** A server in a state, with one volume that was attached before it entered the state. */
  readonly inState: (state: StateName) => FixtureDefinition<ServerInState>;
  /** An ACTIVE server that its project has locked, with one volume that was attached before. */
  readonly locked: FixtureDefinition<ServerInState>;
  /** A deleted server, and the volume that was attached to it until its deletion. */
  readonly deleted: FixtureDefinition<Attached>;
  /** A volume whose status an administrator has set to error; one volume for each `mark`. */
  readonly inError: (mark: string) => FixtureDefinition<Volume>;
}

export interface SharedServer {
  readonly server: Server;
  readonly attachments: Pool<Attached>;
}

export interface RejectionTarget {
  readonly attached: Attached;
  readonly free: Volume;
}

export interface Booted {
  readonly server: Server;
  /** Its root disk. */
  readonly volume: Volume;
}

export interface ServerInState {
  readonly server: Server;
  readonly attached: Attached;
}
