/** Kinds of things that a run creates in a target: how each is made under the ledger's eye, and removed. */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { neverConnected } from '../client/faults.ts';
import { jsonObject, jsonText } from '../json.ts';
import type { PlaceKind } from './amount.ts';
import { budgets } from './budgets.ts';
import type { ResourceIds } from './declared-change.ts';
import type { Identity } from './identity.ts';
import { Unreached } from './errors.ts';
import { answered, bodyOf } from './checked.ts';
import { checkOwnId } from './own-id.ts';
import { poll, untilLikely, type Begun } from './poll.ts';
import { sendRequest, type ServiceRequest } from './send.ts';
import type { Owned } from './ledger.ts';
import type { Listed, Listing } from './listing.ts';
import type { Ground } from './world.ts';

export interface ResourceKind extends ResourceIds {
  /** Removal goes from small to large: what holds on to others first. */
  readonly removalOrder: number;
  /** What it takes up in the member's project; missing for what is in none. */
  readonly takes?: PlaceKind;
  /** As whoever made it. Resolves to true when it is gone, to false when it is still there after the budget. */
  readonly remove: (world: Ground, id: string, as: Identity, budgetMs: number) => Promise<boolean>;
  /** How many of them go at once. Missing where each needs a look of its own. */
  readonly together?: Together;
  /** The ids of what has exactly this name, in the project of whoever asks. */
  readonly find: (world: Ground, name: string, as: Identity) => Promise<readonly string[]>;
  /** All that whoever asks has of it, whoever made it. Missing for kinds that are in no project. */
  readonly list?: (world: Ground, as: Identity) => Promise<Listing>;
  /** What an operator types to remove it, from its id as words of a shell. */
  readonly command: (words: string) => string;
}

export interface Together {
  /** By what a list shows of it, could its end be asked for now? */
  readonly canGo: (seen: Listed) => boolean;
  /** By what a list shows of it after that, is it on its way? */
  readonly isGoing: (seen: Listed) => boolean;
  /** The one request, as whoever made it. Was it taken? */
  readonly ask: (world: Ground, id: string, as: Identity) => Promise<boolean>;
}

/** What a creation sends, and under which key the reply describes the thing. */
export interface Creation {
  readonly kind: ResourceKind;
  /** Distinguishes things of one kind for a reader of the target's lists. */
  readonly label: string;
  /** After the run's name, instead of a number and the label, where there is one of each. */
  readonly name?: string;
  readonly request: (name: string) => Omit<ServiceRequest, 'purpose'>;
  readonly key: string;
  /** What is waited for before it can be used, as `poll` names it: the first look comes no sooner. */
  readonly until?: { readonly kind: string; readonly budgetMs: number };
}

export interface Created extends Owned {
  /** The wait for its use, which began with the reply to its creation. */
  readonly begun: Begun<Exchange>;
}

/**
 * Creates one thing, when there is room for it; the intent is in the ledger before the request leaves. Where no reply
 * tells what came of it, the thing is looked for by its name, and another one is made in its place when it does not come.
 *
 * @throws Unreached when the target refuses.
 */
export async function createResource(world: Ground, creation: Creation): Promise<Created> {
  for (let attempt = 1; ; attempt += 1) {
    const name = nextName(world, creation);
    try {
      return await createOnce(world, creation, name);
    } catch (error) {
      if (!(error instanceof ReplyLost) || attempt === mostCreations) throw error;
    }
  }
}

/** The first included. */
const mostCreations = 3;

/** Nobody knows what came of a creation, and nothing of its name has come. */
class ReplyLost extends Unreached {}

async function createOnce(world: Ground, creation: Creation, name: string): Promise<Created> {
  const wanted = creation.request(name);
  const { as = 'member' } = wanted;
  // Room is counted in the member's project; elsewhere the suites make no more than a volume or two.
  const { takes } = creation.kind;
  const place = as === 'member' && takes ? await world.room?.place(takes) : undefined;
  try {
    const created = await create(world, creation, name, wanted);
    if (place) world.room?.settle(created.id, place);
    return created;
  } catch (error) {
    // Of what was neither answered nor refused nobody knows whether it is there.
    place?.leave(world.ledger.unsettled().some((intent) => intent.name === name) ? 'lost' : 'gone');
    throw error;
  }
}

async function create(
  world: Ground,
  { kind, key, until }: Creation,
  name: string,
  wanted: Omit<ServiceRequest, 'purpose'>,
): Promise<Created> {
  const { type } = kind;
  await world.ledger.intend(type, name);
  const exchange = await sendRequest(world, { ...wanted, creates: true, purpose: 'preparation' });
  const created = answered(exchange, 200, 201, 202);
  const told = jsonText(jsonObject(jsonObject(created && bodyOf(created))[key]).id);
  const { as = 'member' } = wanted;
  const id = told ?? (isLost(exchange) && as !== 'nobody' ? await findLost(world, kind, name, as) : undefined);
  if (id === undefined) {
    if (isRefusal(exchange)) world.ledger.refused(name);
    const { root, message } = unreached(`creating a ${type}`, exchange);
    throw isLost(exchange) ? new ReplyLost(root, message, exchange) : new Unreached(root, message, exchange);
  }
  const startedAt = performance.now();
  if (until) await untilLikely(until.kind, until.budgetMs);
  const isListed = async (): Promise<boolean> => as !== 'nobody' && (await kind.find(world, name, as)).includes(id);
  const seen = await checkOwnId(world, { type, name, id, key, where: wanted, isListed });
  const owned = { type, name, id, ...(as === 'member' || as === 'nobody' ? {} : { identity: as }) };
  world.ledger.created(owned);
  return { ...owned, begun: { startedAt, seen } };
}

/** The one thing of this name, when it comes in the time in which it may; a target may still be at work on it. */
async function findLost(world: Ground, kind: ResourceKind, name: string, as: Identity): Promise<string | undefined> {
  const { last } = await poll(
    () => kind.find(world, name, as),
    (ids) => ids.length > 0,
    budgets.arrival,
  );
  return last.length === 1 ? last[0] : undefined;
}

/** It may have been carried out: no reply came, or a gateway asked to come back later in the place of the service. */
function isLost({ response, failure }: Exchange): boolean {
  if (failure) return !neverConnected(failure);
  return response?.status === 503 && headerValue(response.headers, 'retry-after') !== undefined;
}

/** The service declined, or nobody was reached. After any other answer, such as a gateway's 504, the thing may be there all the same. */
function isRefusal({ response, failure }: Exchange): boolean {
  if (failure) return neverConnected(failure);
  return response !== undefined && response.status >= 400 && response.status < 500 && response.status !== 408;
}

const counters = new WeakMap<Ground['ledger'], number>();

function nextName(world: Ground, { kind, label, name }: Creation): string {
  if (name !== undefined) return `${world.runName}-${name}`;
  const count = (counters.get(world.ledger) ?? 0) + 1;
  counters.set(world.ledger, count);
  return `${world.runName}-${kind.type}-${count}${label === '' ? '' : `-${label}`}`;
}

/** A preparation that did not come to its end, as the root of what cannot be decided. */
export function unreached(root: string, exchange: Exchange): Unreached {
  const { method, url } = exchange.request;
  const seen = exchange.response
    ? `${exchange.response.status}: ${exchange.response.body.slice(0, 300)}`
    : `no response (${exchange.failure?.code ?? 'unknown'})`;
  return new Unreached(root, `Preparation failed at ${root}: ${method} ${url} was answered with ${seen}`, exchange);
}

/** Removes one thing while the run goes on. @throws Unreached when it stays. */
export async function removeResource(world: Ground, kind: ResourceKind, id: string): Promise<void> {
  const owned = world.ledger.owned().find((thing) => thing.type === kind.type && thing.id === id);
  if (!owned) return;
  const isGone = await kind.remove(world, id, owned.identity ?? 'member', budgets.removal).catch(() => false);
  world.room?.leave(id, isGone ? 'gone' : 'lost');
  if (!isGone) throw new Unreached(`removing a ${kind.type}`, `A ${kind.type} could not be removed.`);
  world.ledger.removed(owned);
}

/** Removes what came to nothing, beside the cases, and fails as it did. */
export async function orRemove<T>(world: Ground, kind: ResourceKind, id: string, ready: Promise<T>): Promise<T> {
  try {
    return await ready;
  } catch (error) {
    world.background(removeResource(world, kind, id));
    throw error;
  }
}
