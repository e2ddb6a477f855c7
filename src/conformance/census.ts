/**
 * What a run's projects have, counted before it creates anything and after it has cleaned up, and what differs. What is
 * not the run's own may come and go meanwhile, by the doing of others: it is told, and judged by nobody.
 */
import type { Identity } from './identity.ts';
import type { Listed, Listing } from './listing.ts';
import type { ResourceKind } from './resource.ts';
import type { Ground } from './world.ts';

/** One list of one project. */
export interface Roll {
  readonly identity: Identity;
  readonly type: string;
  readonly listing: Listing;
}

/** A roll without its names. */
export type RollCount =
  | { readonly identity: string; readonly type: string; readonly count: number }
  | { readonly identity: string; readonly type: string; readonly failed: string };

export type ThingState = Pick<Listed, 'name' | 'status' | 'attachments'>;

/** Without `before` it appeared, without `after` it vanished. */
export interface CensusChange {
  readonly type: string;
  readonly id: string;
  readonly before?: ThingState;
  readonly after?: ThingState;
}

export interface CensusOutcome {
  readonly lists: readonly RollCount[];
  readonly changes: readonly CensusChange[];
  /** Changes that are not among them, because they are too many. */
  readonly more: number;
}

/** Those whose projects a run creates things in; everybody else sees the same or nothing. */
const owners: readonly Identity[] = ['member', 'other'];

export async function takeRolls(world: Ground, kinds: readonly ResourceKind[]): Promise<readonly Roll[]> {
  const given = owners.filter((identity) => world.sessions.has(identity));
  const wanted = given.flatMap((identity) =>
    kinds.flatMap(({ type, list }) => (list ? [{ identity, type, list }] : [])),
  );
  return Promise.all(
    wanted.map(async ({ identity, type, list }) => ({ identity, type, listing: await list(world, identity) })),
  );
}

export function countRolls(rolls: readonly Roll[]): readonly RollCount[] {
  return rolls.map(({ identity, type, listing }) =>
    listing.is === 'listed'
      ? { identity, type, count: listing.things.length }
      : { identity, type, failed: listing.reason },
  );
}

/** Does the thing carry the name of the run? */
export function isNamedAfter(runName: string, name: string): boolean {
  return runName !== '' && name.startsWith(`${runName}-`);
}

/** More of them help nobody. */
const mostChanges = 200;

/** What others have, before and after; lists that failed once tell nothing. */
export function compareRolls(
  before: readonly Roll[],
  after: readonly Roll[],
  { ledger, runName }: Pick<Ground, 'ledger' | 'runName'>,
): CensusOutcome {
  const isOurs = ([id, { name }]: readonly [string, Listed]): boolean =>
    ledger.knows(id) || isNamedAfter(runName, name);
  const changes = new Map<string, CensusChange>();
  for (const { identity, type, listing } of before) {
    const now = after.find((roll) => roll.identity === identity && roll.type === type)?.listing;
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
  return { lists: countRolls(after), changes: all.slice(0, mostChanges), more: Math.max(0, all.length - mostChanges) };
}

function changeOf(type: string, id: string, was?: Listed, is?: Listed): CensusChange | undefined {
  const [before, after] = [was, is].map((thing) => thing && stateOf(thing));
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return { type, id, ...(before && { before }), ...(after && { after }) };
}

function stateOf({ name, status, attachments }: Listed): ThingState {
  return { name, status, attachments };
}
