/**
 * The inventory of the projects of a run before it creates anything and after its cleanup, and the differences. Other
 * users may create and remove resources meanwhile: such changes are reported, but not judged.
 */
import type { Identity } from '../clauses/identity.ts';
import type { InventoryChange, ResourceListCount, ThingState } from '../records/run-facts.ts';
import type { Listed, Listing } from './listing.ts';
import type { ResourceKind } from './resource-type.ts';
import type { CleanupContext } from '../execution/run-context.ts';

/** One list of one project. */
export interface ResourceList {
  readonly identity: Identity;
  readonly type: string;
  readonly listing: Listing;
}

export interface InventoryOutcome {
  readonly lists: readonly ResourceListCount[];
  readonly changes: readonly InventoryChange[];
  /** The number of further changes that are not listed. */
  readonly more: number;
}

/** Identities in whose projects a run creates resources; the others see the same projects or none. */
const owners: readonly Identity[] = ['member', 'other'];

export async function takeInventory(
  run: CleanupContext,
  kinds: readonly ResourceKind[],
): Promise<readonly ResourceList[]> {
  const given = owners.filter((identity) => run.sessions.has(identity));
  const wanted = given.flatMap((identity) =>
    kinds.flatMap(({ type, list }) => (list ? [{ identity, type, list }] : [])),
  );
  return Promise.all(
    wanted.map(async ({ identity, type, list }) => ({ identity, type, listing: await list(run, identity) })),
  );
}

export function countInventory(resourceLists: readonly ResourceList[]): readonly ResourceListCount[] {
  return resourceLists.map(({ identity, type, listing }) =>
    listing.is === 'listed'
      ? { identity, type, count: listing.things.length }
      : { identity, type, failed: listing.reason },
  );
}

/** Whether a resource carries the name of the run. */
export function isNamedAfter(runName: string, name: string): boolean {
  return runName !== '' && name.startsWith(`${runName}-`);
}

/** Limit of listed changes. */
const mostChanges = 200;

/** Compares the resources of others before and after; a list that failed at either time is skipped. */
export function compareInventories(
  before: readonly ResourceList[],
  after: readonly ResourceList[],
  { ledger, runName }: Pick<CleanupContext, 'ledger' | 'runName'>,
): InventoryOutcome {
  const isOurs = ([id, { name }]: readonly [string, Listed]): boolean =>
    ledger.knows(id) || isNamedAfter(runName, name);
  const changes = new Map<string, InventoryChange>();
  for (const { identity, type, listing } of before) {
    const now = after.find((resourceList) => resourceList.identity === identity && resourceList.type === type)?.listing;
    if (listing.is === 'failed' || now?.is !== 'listed') continue;
    const [was, is] = [listing, now].map(
      ({ things }) => new Map(things.map((thing) => [thing.id, thing] as const).filter((entry) => !isOurs(entry))),
    );
    for (const id of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      const change = changeOf(type, id, was?.get(id), is?.get(id));
      if (change) changes.set(`${type} ${id}`, change);
    }
  }
  const all = [...changes.values()];
  return {
    lists: countInventory(after),
    changes: all.slice(0, mostChanges),
    more: Math.max(0, all.length - mostChanges),
  };
}

function changeOf(type: string, id: string, was?: Listed, is?: Listed): InventoryChange | undefined {
  const [before, after] = [was, is].map((thing) => thing && stateOf(thing));
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return { type, id, ...(before && { before }), ...(after && { after }) };
}

function stateOf({ name, status, attachments }: Listed): ThingState {
  return { name, status, attachments };
}
