/**
 * How operations that only read are called where no suite knows more of them: as the administrator, who may read
 * almost everything, with identifiers that a list tells.
 *
 * A server is one with volumes: the run's own where the run may make one, else one of the member's.
 */
import type { Contract, Operation } from '../../../src/contract/model.ts';
import type { Identity } from '../../../src/conformance/identity.ts';
import { NotBound, Unreached } from '../../../src/conformance/errors.ts';
import { answered, bodyOf, responseOf } from '../../../src/conformance/matchers.ts';
import type { Recipe, Recipes, Scene } from '../../../src/conformance/recipe.ts';
import { fillPath, type Stage } from '../../../src/conformance/stage.ts';
import { atPointer, isJsonObject, jsonText, type Json } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { given } from '../given.ts';
import {
  changesByGet,
  everybodys,
  onlySome,
  readByItsProject,
  restsOnAnother,
  toldOtherwise,
  whereIdsAre,
  type Listed,
} from './where-ids-are.ts';

/** For every operation that reads, and of which all names in its path can be told. */
export function readingRecipes({ operations }: Contract): Recipes {
  const readable = operations.filter(isReadable);
  return Object.fromEntries(readable.map(({ id, path }) => [id, recipeFor(path)]));
}

function isReadable({ method, path }: Operation): boolean {
  // The documents of versions stand beside the versions, not below one.
  if (method !== 'GET' || changesByGet.has(path) || restsOnAnother.has(path) || path === '/' || path.startsWith('/{'))
    return false;
  return placesIn(path).every(({ prefix }) => tells(prefix));
}

function tells(prefix: string): boolean {
  return prefix === '/servers/{server_id}' || prefix in whereIdsAre || prefix in toldOtherwise;
}

interface NamedPlace {
  readonly name: string;
  /** The path up to the name, the name included. */
  readonly prefix: string;
}

function placesIn(path: string): readonly NamedPlace[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => ({
    name: match[1] ?? '',
    prefix: path.slice(0, match.index + match[0].length),
  }));
}

function recipeFor(path: string): Recipe {
  const scene = async (stage: Stage): Promise<Scene> => {
    const asked = everybodys[path];
    const own = asked !== undefined || path.startsWith('/servers/{server_id}') ? await ownServer(stage) : {};
    const values = await stage.prop(() => valuesFor(stage, path, own));
    await confirmThere(stage, values);
    return { path: values, values: {}, query: {}, ...(asked === undefined ? {} : { asked }) };
  };
  return { as: readerOf(path), reads: true, exists: 'whole-api', capabilities: [], accepted: scene, refused: scene };
}

/** Who reads it: an administrator everything, but for what only the project itself may read in every release. */
function readerOf(path: string): Identity {
  return path.startsWith(readByItsProject) ? 'member' : 'admin';
}

/** Gone, and not implemented. */
const mayBeMissing: ReadonlySet<number> = new Set([410, 501]);

/** What the reference itself says may be gone for good, and is, binds nobody. @throws NotBound */
async function confirmThere(stage: Stage, path: Scene['path']): Promise<void> {
  const { operation, revision } = stage;
  const missing = revision.errors.map(({ status }) => status).filter((status) => mayBeMissing.has(status));
  if (missing.length === 0) return;
  const reply = await stage.call(operation.id, { path, as: readerOf(operation.path), purpose: 'preparation' });
  const status = reply.response?.status;
  if (status === undefined || !missing.includes(status)) return;
  throw new NotBound(
    `The target does not have ${operation.id}: it answers with ${status}, as the reference says it may.`,
  );
}

async function ownServer(stage: Stage): Promise<Scene['path']> {
  const [{ server }] = await given(stage).quiet();
  return { server_id: server.id };
}

async function valuesFor(stage: Stage, path: string, known: Scene['path']): Promise<Scene['path']> {
  let values = known;
  for (const { name, prefix } of placesIn(path)) {
    if (name in values) continue;
    const listed = onlySome[`${path} ${name}`] ?? whereIdsAre[prefix];
    const value = listed ? await fromList(stage, listed, values) : told(stage, prefix);
    values = { ...values, [name]: value };
  }
  return values;
}

/** @throws Unreached */
function told(stage: Stage, prefix: string): string {
  const how = toldOtherwise[prefix as keyof typeof toldOtherwise];
  if (how === 'default') return 'default';
  if (how === 'long ago') return '2020-01-01 00:00:00';
  const project = stage.world.sessions.get('member')?.projectId;
  if (project === undefined) throw new Unreached('project of the member', 'The member has no project.');
  return project;
}

async function fromList(stage: Stage, listed: Listed, values: Scene['path']): Promise<string> {
  const { list, query, at, firstKey } = listed;
  const reply = await stage.send({
    service: stage.world.contract.service,
    method: 'GET',
    path: fillPath(list, values),
    ...(query === undefined ? {} : { query }),
    microversion: formatMicroversion(stage.microversion),
    as: readerOf(list),
    purpose: 'preparation',
  });
  const { status } = responseOf(reply);
  const shown = answered(reply, 200);
  if (!shown) throw new Unreached(`GET ${list}`, `GET ${list} was answered with ${status}.`, reply);
  const found = textOf(atPointer(bodyOf(shown), at), firstKey);
  if (found === undefined) throw new Unreached(`something in GET ${list}`, `GET ${list} lists nothing.`, reply);
  return found;
}

function textOf(value: Json | undefined, firstKey: true | undefined): string | undefined {
  if (firstKey) return isJsonObject(value) ? Object.keys(value)[0] : undefined;
  return typeof value === 'number' ? String(value) : jsonText(value);
}
