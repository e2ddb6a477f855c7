/**
 * Defines a resource type from where its resources are created, listed and removed, for services that do that alike:
 * `POST`, `GET` and `DELETE` below one path. Its resources are in the ledger before they are created, count against the
 * capacity of the run, are part of the inventory, and are removed with everything else.
 */
import type { CheckContext } from '../clauses/check-context.ts';
import { isAbsent } from '../clauses/checked.ts';
import type { Identity } from '../clauses/identity.ts';
import { poll } from '../execution/poll.ts';
import type { CleanupContext } from '../execution/run-context.ts';
import { sendRequest } from '../execution/send-request.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Changes, DeclaredChange, Place, ResourceIds } from './declared-change.ts';
import { idsByName, listAll, type ListPath } from './listing.ts';
import { one } from './resource-counts.ts';
import { createResource, removeResource, type ResourceCapacity, type ResourceKind } from './resource-type.ts';

/** Where resources of a type are, and what removes them. */
export interface ListedType extends ListPath, Pick<ResourceKind, 'type' | 'ids' | 'removalOrder' | 'command'> {
  readonly capacity?: ResourceCapacity;
}

/** A resource type whose resources are listed at one path and removed by a `DELETE` below it. */
export function listedType({ type, ids, removalOrder, command, capacity, ...listing }: ListedType): ResourceKind {
  return {
    ...{ type, removalOrder, command },
    ...(ids && { ids }),
    ...(capacity && { capacity }),
    ...(listing.named !== undefined && { named: listing.named }),
    remove: (run, id, as, timeoutMs) => removeListed(run, listing, id, as, timeoutMs),
    find: (run, name, as) => idsByName(run, filledFor(run, listing, as), name, as),
    list: (run, as) => listAll(run, filledFor(run, listing, as), as),
  };
}

/** Repeats the request until the service says that there is no such resource. */
async function removeListed(
  run: CleanupContext,
  listing: ListPath,
  id: string,
  as: Identity,
  timeoutMs: number,
): Promise<boolean> {
  const { service, path } = filledFor(run, listing, as);
  const { isMet } = await poll(
    () => sendRequest(run, { service, method: 'DELETE', path: `${path}/${id}`, as, purpose: 'clean-up' }),
    isAbsent,
    timeoutMs,
  );
  return isMet;
}

/** The same with the ids of the user and the project of an identity in its path. */
function filledFor<T extends { readonly path: string }>({ sessions }: CleanupContext, listing: T, as: Identity): T {
  const { userId, projectId } = sessions.get(as) ?? {};
  const filled = listing.path.replace('{user_id}', userId ?? '').replace('{project_id}', projectId ?? '');
  return { ...listing, path: filled };
}

export interface ResourceTypeDefinition extends ResourceIds {
  /** The service type: `compute`. */
  readonly service: string;
  /** The path of the collection: `/os-keypairs`. `{user_id}` and `{project_id}` are those of the caller. */
  readonly path: string;
  /** The key of one resource in requests and responses, which have its id and name: `keypair`. */
  readonly key: string;
  /** The key of the list of all resources: `keypairs`. */
  readonly listKey: string;
  /** How the next page of the list is requested (default: by marker). */
  readonly pages?: ListPath['pages'];
  /** Members of the request beside the name. */
  readonly attributes?: JsonObject;
  readonly microversion?: string;
  /** Types with a smaller number are removed first (default: 0, before all types of this package). */
  readonly removalOrder?: number;
  readonly capacity?: ResourceCapacity;
  /** The command of the openstack client that removes it, before its id: `keypair delete`. */
  readonly command: string;
}

export interface DefinedResourceType extends ResourceKind {
  readonly service: string;
  /** The declarations of its creation and removal, for the ownership guard. */
  readonly changes: Changes;
  /** Creates one for a case; it is removed when the case completes. @throws Unreached */
  readonly create: (ctx: CheckContext) => Promise<CreatedResource>;
}

export interface CreatedResource {
  readonly id: string;
  readonly name: string;
}

export function defineResourceType(definition: ResourceTypeDefinition): DefinedResourceType {
  const { type, ids, service, path, listKey, pages = 'marker', removalOrder = 0, capacity, command } = definition;
  const kind = listedType({
    ...{ type, service, path, key: listKey, pages, removalOrder, command },
    ...(ids && { ids }),
    ...(capacity && { capacity }),
  });
  return {
    ...kind,
    service,
    changes: { [service]: changesOf(definition) },
    create: (ctx) => ctx.fixture(() => createForCase(ctx, kind, definition)),
  };
}

async function createForCase(
  ctx: CheckContext,
  kind: ResourceKind,
  definition: ResourceTypeDefinition,
): Promise<CreatedResource> {
  const { service, path, key, attributes = {}, microversion } = filledFor(ctx.run, definition, 'member');
  if (kind.capacity) ctx.after(await ctx.reservation.charge(one(kind.type)));
  const { id, name } = await createResource(ctx.run, {
    ...{ kind, key, label: '' },
    request: (wanted) => ({
      ...{ service, method: 'POST', path },
      ...(microversion === undefined ? {} : { microversion }),
      body: { [key]: { ...attributes, name: wanted } },
    }),
  });
  ctx.after(() => ctx.run.background(removeResource(ctx.run, kind, id)));
  return { id, name };
}

function changesOf({ type, ids, path, key, attributes = {} }: ResourceTypeDefinition): readonly DeclaredChange[] {
  const to: ResourceIds = { type, ...(ids && { ids }) };
  const collection = checkedPath(path);
  const inPath = ['user_id', 'project_id'].filter((name) => path.includes(`{${name}}`));
  const ofCaller = inPath.map((name): Place => `path ${name}`);
  return [
    {
      call: `POST ${collection}`,
      creates: { type, name: `body /${key}/name`, id: `/${key}/id` },
      refers: {},
      values: [...ofCaller, `body /${key}/name`, ...placesIn(attributes, `/${key}`)],
    },
    { call: `DELETE ${collection}/{id}`, refers: { 'path id': { to } }, values: ofCaller },
  ];
}

function checkedPath(path: string): `/${string}` {
  if (/^(?:\/(?:[^/{}?#]+|\{(?:user_id|project_id)\}))+$/.test(path)) return path as `/${string}`;
  throw new RangeError(`the path ${path} is not that of a collection, such as /things`);
}

/** Every scalar in the attributes of a request. */
function placesIn(value: Json, pointer: string): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => placesIn(item, `${pointer}/*`));
  if (!isJsonObject(value)) return [`body ${pointer as `/${string}`}`];
  return Object.entries(value).flatMap(([name, member]) =>
    placesIn(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
