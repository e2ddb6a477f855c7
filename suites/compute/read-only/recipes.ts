/**
 * Recipes of read operations that have no suite. They call as the administrator, who may read almost everything, with
 * identifiers from a list.
 *
 * The server is one with volumes: a fixture of the run, or in a read-only run an existing server of the member.
 */
import type { Contract, Operation } from '../../../src/contract/model.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import { NotBound, Unreached } from '../../../src/execution/errors.ts';
import type { Recipe, Recipes, RequestTemplate } from '../../../src/clauses/recipe.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { takeFromList } from '../../../src/clauses/take-from-list.ts';
import { isVersionDocument } from '../../../src/contract/version-document-path.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import {
  allProjectsQueries,
  changesByGet,
  fixedValues,
  idLists,
  needsOtherService,
  projectOnlyPath,
  specialLists,
} from './path-parameters.ts';

/** Recipes for every read operation whose path parameters all have a known source. */
export function readOnlyRecipes({ operations }: Contract): Recipes {
  const readable = operations.filter(isReadable);
  return Object.fromEntries(readable.map(({ id, path }) => [id, recipeFor(path)]));
}

function isReadable({ method, path }: Operation): boolean {
  if (method !== 'GET' || changesByGet.has(path) || needsOtherService.has(path) || isVersionDocument(path))
    return false;
  return parametersIn(path).every(({ prefix }) => hasSource(prefix));
}

function hasSource(prefix: string): boolean {
  return prefix === '/servers/{server_id}' || prefix in idLists || prefix in fixedValues;
}

interface PathParameter {
  readonly name: string;
  /** The path up to and including the parameter. */
  readonly prefix: string;
}

function parametersIn(path: string): readonly PathParameter[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => ({
    name: match[1] ?? '',
    prefix: path.slice(0, match.index + match[0].length),
  }));
}

function recipeFor(path: string): Recipe {
  const template = async (ctx: CheckContext): Promise<RequestTemplate> => {
    const asked = allProjectsQueries[path];
    const own = asked !== undefined || path.startsWith('/servers/{server_id}') ? await ownServer(ctx) : {};
    const values = await ctx.fixture(() => valuesFor(ctx, path, own));
    await requireAvailable(ctx, values);
    return { path: values, values: {}, query: {}, ...(asked === undefined ? {} : { asked }) };
  };
  return {
    as: readerOf(path),
    reads: true,
    exists: 'whole-api',
    capabilities: [],
    accepted: template,
    refused: template,
  };
}

/** The identity that reads a path: the member where some releases let only the project read, else the administrator. */
function readerOf(path: string): Identity {
  return path.startsWith(projectOnlyPath) ? 'member' : 'admin';
}

/** 410 Gone and 501 Not Implemented. */
const missingStatuses: ReadonlySet<number> = new Set([410, 501]);

/** @throws NotBound when the target does not have an operation that the reference allows it not to have */
async function requireAvailable(ctx: CheckContext, path: RequestTemplate['path']): Promise<void> {
  const { operation, revision } = ctx;
  const missing = revision.errors.map(({ status }) => status).filter((status) => missingStatuses.has(status));
  if (missing.length === 0) return;
  const response = await ctx.call(operation.id, { path, as: readerOf(operation.path), purpose: 'preparation' });
  const status = response.response?.status;
  if (status === undefined || !missing.includes(status)) return;
  throw new NotBound(
    `The target does not have ${operation.id}: it responds with ${status}, which the reference allows.`,
  );
}

async function ownServer(ctx: CheckContext): Promise<RequestTemplate['path']> {
  const [{ server }] = await fixtures(ctx).readOnly();
  return { server_id: server.id };
}

async function valuesFor(
  ctx: CheckContext,
  path: string,
  known: RequestTemplate['path'],
): Promise<RequestTemplate['path']> {
  let values = known;
  for (const { name, prefix } of parametersIn(path)) {
    if (name in values) continue;
    const listed = specialLists[`${path} ${name}`] ?? idLists[prefix];
    const value = listed ? await takeFromList(ctx, listed, values, readerOf(listed.list)) : fixedValue(ctx, prefix);
    values = { ...values, [name]: value };
  }
  return values;
}

/** @throws Unreached */
function fixedValue(ctx: CheckContext, prefix: string): string {
  const source = fixedValues[prefix as keyof typeof fixedValues];
  if (source === 'default') return 'default';
  if (source === 'long ago') return '2020-01-01 00:00:00';
  const project = ctx.run.sessions.get('member')?.projectId;
  if (project === undefined)
    throw new Unreached(
      'project of the member',
      'The session of the member has no project. Use a project-scoped member.',
    );
  return project;
}
