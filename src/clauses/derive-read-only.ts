/**
 * Recipes of read operations, derived from the contract alone: they call as the member, with ids from the lists of the
 * same service.
 */
import { isVersionDocument } from '../contract/version-document-path.ts';
import type { Contract, Operation, Shape } from '../contract/model.ts';
import type { CheckContext } from './check-context.ts';
import type { Recipe, Recipes, RequestTemplate } from './recipe.ts';
import { takeFromList, type ListedValue } from './take-from-list.ts';

/** For every read operation whose path parameters are all in a list of the contract. */
export function derivedReadOnlyRecipes({ operations }: Contract): Recipes {
  const lists = operations.filter(isRead).flatMap((operation) => {
    const member = listedMember(operation);
    return member === undefined ? [] : [[operation.path, member] as const];
  });
  const members = new Map(lists);
  return Object.fromEntries(
    operations.filter(isRead).flatMap(({ id, path }) => {
      const parameters = parametersIn(path, members);
      return parameters ? [[id, recipeFrom(parameters)] as const] : [];
    }),
  );
}

function isRead({ method, path }: Operation): boolean {
  return method === 'GET' && !isVersionDocument(path);
}

interface PathParameter {
  readonly name: string;
  readonly from: ListedValue;
}

/** Undefined when one of them is in no list. */
function parametersIn(path: string, members: ReadonlyMap<string, string>): readonly PathParameter[] | undefined {
  const found: PathParameter[] = [];
  for (const match of path.matchAll(/\/\{([^}]+)\}/g)) {
    const list = path.slice(0, match.index);
    const member = members.get(list);
    if (member === undefined) return undefined;
    found.push({ name: match[1] ?? '', from: { list, at: `/${member}/0/id` } });
  }
  return found;
}

/** The member of the response that is an array of objects with ids. */
function listedMember({ revisions }: Operation): string | undefined {
  const [{ body }] = revisions[0].responses;
  if (body.kind !== 'json' || body.shape.type !== 'object') return undefined;
  return body.shape.members.find(({ shape }) => shape.type === 'array' && hasId(shape.items))?.name;
}

function hasId(shape: Shape): boolean {
  return shape.type === 'object' && shape.members.some(({ name }) => name === 'id');
}

function recipeFrom(parameters: readonly PathParameter[]): Recipe {
  const template = async (ctx: CheckContext): Promise<RequestTemplate> => {
    const path = await ctx.fixture(async () => {
      let values: Readonly<Record<string, string>> = {};
      for (const { name, from } of parameters)
        values = { ...values, [name]: await takeFromList(ctx, from, values, 'member') };
      return values;
    });
    return { path, values: {}, query: {} };
  };
  return { as: 'member', reads: true, capabilities: [], accepted: template, refused: template };
}
