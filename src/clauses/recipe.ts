/**
 * How to call an operation: what has to exist, and what to send.
 *
 * One recipe serves all derived clauses of an operation; recipes are in `suites/`.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Identity } from './identity.ts';
import type { CheckContext } from './check-context.ts';

export interface Recipe {
  /** The extension suite that it belongs to; its accepted requests are not shared with other suites. */
  readonly suite?: string;
  /** The caller of requests that are to be accepted, or to pass authentication and policy. */
  readonly as: Identity;
  /** Identities that prepare its requests, in addition to the member and the caller. */
  readonly preparers?: readonly Identity[];
  /** Both request templates are available without creating or changing anything. */
  readonly reads?: true;
  /** The capability without which a target does not have the operation at all; missing where every target has it. */
  readonly exists?: string;
  /** Path parameters of what the request itself creates, such as the tag of a PUT: they need no 404. */
  readonly creates?: readonly string[];
  /** What the target must have for a request to be accepted. */
  readonly capabilities: readonly string[];
  /**
   * Members of the body that repeat a path parameter, by their pointers: with two different values the request would be
   * a call of another operation.
   */
  readonly tied?: Readonly<Record<string, string>>;
  /** Optional members that its accepted requests cannot have, by pointer, each with the reason. */
  readonly withheld?: Readonly<Record<string, string>>;
  /** Members of the request of which values within the limits are refused for other reasons, by pointer. */
  readonly outsideOnly?: readonly string[];
  /** Members that its responses cannot have, by pointer, each with the reason; for all that is below them too. */
  readonly unshown?: Readonly<Record<string, string>>;
  /** Recipes by which clauses on certain members of the response are decided. */
  readonly views?: readonly RecipeView[];
  /** The words for the view that this recipe is. */
  readonly view?: string;
  /** The state of the resource that accepted requests name, where the suite declares states. */
  readonly state?: string;
  /** Prepares a request that is accepted; used by one call only. */
  readonly accepted: (ctx: CheckContext) => Promise<RequestTemplate>;
  /** Prepares requests that are to be refused; reused as long as they are. */
  readonly refused: (ctx: CheckContext) => Promise<RequestTemplate>;
}

/** The recipe of a view, and the pointers of its members, each for all that is below it. */
export interface RecipeView {
  readonly members: readonly string[];
  readonly recipe: Recipe;
}

/** The recipe by which clauses on a member of the response are decided. */
export function recipeFor(recipe: Recipe, pointer: string): Recipe {
  const view = recipe.views?.find(({ members }) =>
    members.some((member) => pointer === member || pointer.startsWith(`${member}/`)),
  );
  return view?.recipe ?? recipe;
}

export interface RequestTemplate {
  /** Values of the path parameters. */
  readonly path: Readonly<Record<string, string>>;
  /** The smallest body that is accepted at the microversion of the case. */
  readonly body?: JsonObject;
  /** A value for each optional member that is accepted here, by its path: `/volumeAttachment/tag`. */
  readonly values: Readonly<Record<string, Json>>;
  /** The body for other values in the path, where the body depends on the path. */
  readonly bodyFor?: (path: RequestTemplate['path']) => JsonObject;
  /** The query that the smallest request needs so that its response lists something: `all_tenants=1`. */
  readonly asked?: string;
  /** Values for query parameters, already encoded. */
  readonly query: Readonly<Record<string, string>>;
  /** Waits until the target has completed the accepted request. */
  readonly completed?: (response: Exchange) => Promise<void>;
  /** Observes what the accepted request has led to, for every clause that only looks at it. */
  readonly observe?: (response: Exchange) => Promise<unknown>;
  /** Shows, with 200, that the resource that a refused request names still exists. */
  readonly intact?: () => Promise<Exchange>;
  /** Called when a request that was to be refused may have changed something. */
  readonly dirty?: () => void;
}

export type Recipes = Readonly<Record<string, Recipe>>;
