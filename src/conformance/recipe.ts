/**
 * How an operation is called for real: what has to be there, and what to send.
 *
 * One recipe serves all derived clauses of an operation; recipes stand in `suites/`.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Identity } from './identity.ts';
import type { Stage } from './stage.ts';

export interface Recipe {
  /** The suite that it is of, where that is none of ours: what it makes is shared with no other. */
  readonly suite?: string;
  /** Who calls, when a request is to be accepted or to get past the checks of who may ask. */
  readonly as: Identity;
  /** Both scenes can also be found where nothing may be made or changed. */
  readonly reads?: true;
  /** The capability without which a target does not have the operation at all; missing where every target has it. */
  readonly exists?: string;
  /** Names in the path that the request itself brings into being, such as the tag of a PUT: no 404 is due for them. */
  readonly creates?: readonly string[];
  /** What the target must have for a request to be accepted. */
  readonly capabilities: readonly string[];
  /**
   * Members that repeat a name of the path, by their paths: with two different values the request would be another
   * operation's.
   */
  readonly tied?: Readonly<Record<string, string>>;
  /** A scene in which the request is accepted; used by one call only. */
  readonly accepted: (stage: Stage) => Promise<Scene>;
  /** A scene for requests that are to be refused; nothing in it changes as long as they are. */
  readonly refused: (stage: Stage) => Promise<Scene>;
}

export interface Scene {
  /** Values of the path's names. */
  readonly path: Readonly<Record<string, string>>;
  /** The least body that is accepted at the stage's microversion. */
  readonly body?: JsonObject;
  /** A value for each optional member that is accepted here, by its path: `/volumeAttachment/tag`. */
  readonly values: Readonly<Record<string, Json>>;
  /** The body that goes with other values in the path, where the two hang together. */
  readonly bodyFor?: (path: Scene['path']) => JsonObject;
  /** The query of the least request, for a reply that shows something: `all_tenants=1`. */
  readonly asked?: string;
  /** Values for query parameters, already encoded. */
  readonly query: Readonly<Record<string, string>>;
  /** Waits until the target is done with the accepted request. */
  readonly settle?: (reply: Exchange) => Promise<void>;
  /** Shows, with 200, that what a refused request speaks of is still there. */
  readonly intact?: () => Promise<Exchange>;
  /** Told that a request which was to be refused may have changed something. */
  readonly spoiled?: () => void;
}

export type Recipes = Readonly<Record<string, Recipe>>;
