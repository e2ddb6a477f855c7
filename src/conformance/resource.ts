/** Kinds of things that a run creates in a target: how each is made under the ledger's eye, and removed. */
import type { Exchange } from '../client/exchange.ts';
import { jsonList, jsonObject, jsonText } from '../json.ts';
import type { Identity } from './clause.ts';
import { Unreached } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { bodyOf } from './matchers.ts';
import { sendRequest, type ServiceRequest } from './send.ts';
import type { Owned } from './ledger.ts';
import type { World } from './world.ts';

export interface ResourceKind {
  /** As the ledger names it: `server`. */
  readonly type: string;
  /** Removal goes from small to large: what holds on to others first. */
  readonly removalOrder: number;
  /** As whoever made it. Resolves to true when it is gone, to false when it is still there after the budget. */
  readonly remove: (world: World, id: string, as: Identity) => Promise<boolean>;
  /** The ids of what has exactly this name, in the project of whoever asks. */
  readonly find: (world: World, name: string, as: Identity) => Promise<readonly string[]>;
  /** What an operator types to remove it. */
  readonly command: (id: string) => string;
}

/** What a creation sends, and under which key the reply describes the thing. */
export interface Creation {
  readonly kind: ResourceKind;
  /** Distinguishes things of one kind for a reader of the target's lists. */
  readonly label: string;
  readonly request: (name: string) => Omit<ServiceRequest, 'purpose'>;
  readonly key: string;
}

/**
 * Creates one thing; the intent is in the ledger before the request leaves.
 *
 * @throws Unreached when the target refuses.
 */
export async function createResource(world: World, creation: Creation): Promise<Owned> {
  const { kind, request, key } = creation;
  const name = await nextName(world, creation);
  world.ledger.intend(kind.type, name);
  const wanted = request(name);
  const exchange = await sendRequest(world, { ...wanted, purpose: 'preparation' });
  const id = jsonText(jsonObject(jsonObject(exchange.response && bodyOf(exchange))[key]).id);
  if (id === undefined) {
    if (exchange.response && exchange.response.status >= 400) world.ledger.refused(name);
    throw unreached(`creating a ${kind.type}`, exchange);
  }
  const { as = 'member' } = wanted;
  const owned = { type: kind.type, name, id, ...(as === 'member' || as === 'nobody' ? {} : { identity: as }) };
  world.ledger.created(owned);
  return owned;
}

const counters = new WeakMap<World['ledger'], number>();

async function nextName(world: World, { kind, label }: Creation): Promise<string> {
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
export async function removeResource(world: World, kind: ResourceKind, id: string): Promise<void> {
  const owned = world.ledger.owned().find((thing) => thing.id === id);
  if (!owned) return;
  if (!(await kind.remove(world, id, owned.identity ?? 'member')))
    throw new Unreached(`removing a ${kind.type}`, `A ${kind.type} could not be removed.`);
  world.ledger.removed(owned);
}

/**
 * Finds out what became of creations whose reply never came, by the run's own names: what is there is owned from now
 * on. An intent stays unsettled while nobody who could have meant it is given.
 */
export async function settleIntents(world: World, kinds: readonly ResourceKind[]): Promise<void> {
  for (const { type, name } of world.ledger.unsettled()) {
    const kind = kinds.find((one) => one.type === type);
    if (!kind) continue;
    for (const identity of world.sessions.keys()) {
      for (const id of await kind.find(world, name, identity)) {
        world.ledger.created({ type, name, id, ...(identity === 'member' ? {} : { identity }) });
      }
    }
  }
}

/** Removes all that the ledger owns, kind by kind; what could not be removed comes back. */
export async function removeOwned(world: World, kinds: readonly ResourceKind[]): Promise<readonly Owned[]> {
  await settleIntents(world, kinds);
  const left: Owned[] = [];
  for (const kind of [...kinds].sort((a, b) => a.removalOrder - b.removalOrder)) {
    const things = world.ledger.owned().filter(({ type }) => type === kind.type);
    const removeOne = async (thing: Owned): Promise<void> => {
      if (await kind.remove(world, thing.id, thing.identity ?? 'member')) world.ledger.removed(thing);
      else left.push(thing);
    };
    await inParallel(things, removalsAtOnce, removeOne);
  }
  return left;
}

/** Where things of a kind are listed, and under which key. */
export interface Listing {
  readonly service: string;
  readonly path: string;
  readonly key: string;
  readonly name: string;
  readonly as: Identity;
}

/** The ids of what has exactly this name; the target's own filter may let more pass. */
export async function idsByName(world: World, { service, path, key, name, as }: Listing): Promise<readonly string[]> {
  const query = `name=${encodeURIComponent(name)}`;
  const list = await sendRequest(world, { service, method: 'GET', path, query, as, purpose: 'clean-up' });
  const things = jsonList(jsonObject(list.response && bodyOf(list))[key]).map(jsonObject);
  return things.flatMap((thing) => (thing.name === name ? (jsonText(thing.id) ?? []) : []));
}

/** More of them ask a target about each other's things more often than they help. */
const removalsAtOnce = 8;
