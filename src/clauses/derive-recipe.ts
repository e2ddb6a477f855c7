/** The recipe and the declared changes that follow from declarations of operations. */
import type { Exchange } from '../client/exchange.ts';
import type { Place, DeclaredChange, Reference } from '../resources/declared-change.ts';
import {
  type AcceptedCall,
  type DeclaredOperation,
  type OperationDeclaration,
  type RejectedCall,
  type View,
} from './define-operation.ts';
import type { Recipe, Recipes, RecipeView, RequestTemplate } from './recipe.ts';

export function recipesOf(operations: readonly DeclaredOperation[]): Recipes {
  return Object.fromEntries(operations.map((operation) => [operation.id, recipeOf(operation)]));
}

export function recipeOf(operation: DeclaredOperation): Recipe {
  const {
    caller,
    preparers,
    reads,
    capabilities = [],
    withheld,
    unshown,
    outsideOnly,
    accepted,
    rejected,
    observe,
    views = {},
  } = operation;
  const tied = tiedMembers(operation);
  const created = Object.values(operation.resources).flatMap(({ at, part }) =>
    part === 'new' || part === 'unchecked' ? parametersIn(at) : [],
  );
  const recipe: Recipe = {
    as: caller,
    ...(preparers && { preparers }),
    ...(reads && { reads }),
    ...(created.length > 0 && { creates: created }),
    capabilities,
    ...(withheld && { withheld }),
    ...(unshown && { unshown }),
    ...(outsideOnly && { outsideOnly }),
    ...(Object.keys(tied).length > 0 && { tied }),
    ...(operation.serverStates && { state: operation.serverStates.from ?? 'active' }),
    accepted: async (ctx) => {
      const prepared = await accepted(ctx);
      const { resources } = prepared;
      const observed = observe && ((response: Exchange) => observe(ctx, resources, response));
      return { ...templateOf(operation, prepared), ...(observed && { observe: observed }) };
    },
    refused: async (ctx) => {
      const target = await rejected(ctx);
      return {
        ...templateOf(operation, target),
        ...(target.shown && { intact: target.shown }),
        dirty: target.makeDirty,
        ...(Object.keys(tied).length > 0 && { bodyFor: bodyForPath(operation, target, tied) }),
      };
    },
  };
  const seen = Object.entries(views).map(([words, view]) => viewOf(operation, recipe, words, view));
  return seen.length === 0 ? recipe : { ...recipe, views: seen };
}

function viewOf(operation: DeclaredOperation, recipe: Recipe, words: string, view: View): RecipeView {
  const { members, as = recipe.as, preparers, capabilities = [], accepted } = view;
  return {
    members,
    recipe: {
      ...recipe,
      ...{ view: words, as, capabilities: [...recipe.capabilities, ...capabilities] },
      ...(preparers && { preparers }),
      accepted: accepted
        ? async (ctx) => templateOf(operation, await accepted(ctx))
        : async (ctx) => {
            // Clauses on what the request leads to are decided by that of the declaration.
            const { path, body, values, asked, query } = await recipe.accepted(ctx);
            return { path, values, query, ...(body && { body }), ...(asked !== undefined && { asked }) };
          },
    },
  };
}

function templateOf(
  operation: DeclaredOperation,
  { resources, body, members = {}, query, asked }: AcceptedCall & Partial<RejectedCall>,
): RequestTemplate {
  return {
    ...operation.request(resources, body),
    ...{ values: members, query: { ...operation.query, ...query } },
    ...(asked !== undefined && { asked }),
  };
}

function parametersIn(places: readonly Place[]): readonly string[] {
  return places.flatMap((place) => (place.startsWith('path ') ? [place.slice('path '.length)] : []));
}

/** Other values in the path stand in the body as well, where the body repeats them. */
function bodyForPath(
  { request }: DeclaredOperation,
  { resources }: RejectedCall,
  tied: Readonly<Record<string, string>>,
): NonNullable<RequestTemplate['bodyFor']> {
  return (path) => {
    const members = Object.entries(tied).map(([pointer, name]) => [pointer, path[name] ?? ''] as const);
    return request(resources, Object.fromEntries(members)).body ?? {};
  };
}

/** One declared change for each call and action; operations that share it share its references. */
export function changesOf(operations: readonly DeclaredOperation[]): readonly DeclaredChange[] {
  const byCall = new Map<string, DeclaredChange>();
  for (const { id, call, action, reads, resources, refers = {}, values = [], creates } of operations) {
    if (reads) continue;
    const key = `${call} ${action ?? ''}`;
    const known = byCall.get(key);
    const uses = Object.values(resources);
    const used = uses.flatMap(({ to, at, part }) =>
      part === undefined ? at.map((place): readonly [Place, Reference] => [place, { to }]) : [],
    );
    const parts = uses.flatMap(({ at, part }) => (part === undefined ? [] : at));
    byCall.set(key, {
      call,
      ...(action !== undefined && { action }),
      operations: [...(known?.operations ?? []), id],
      refers: { ...known?.refers, ...Object.fromEntries(used), ...refers },
      values: [...new Set([...(known?.values ?? []), ...parts, ...values])],
      ...(creates && { creates: { ...creates, name: `body ${creates.name}` } }),
    });
  }
  return [...byCall.values()];
}

/** Members of the body that repeat a path parameter, by their pointers. */
export function tiedMembers({ resources }: OperationDeclaration): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(resources).flatMap(({ at }) => {
      const parameter = at.find((place) => place.startsWith('path '))?.slice('path '.length);
      const pointers = at.filter((place) => place.startsWith('body ')).map((place) => place.slice('body '.length));
      return parameter === undefined ? [] : pointers.map((pointer) => [pointer, parameter] as const);
    }),
  );
}
