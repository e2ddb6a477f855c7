/** Resource types that a run creates: how they are created, with the intent in the ledger first, and removed. */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { neverConnected } from '../client/transport-failures.ts';
import { jsonObject, jsonText } from '../json.ts';
import { timeouts } from '../execution/timeouts.ts';
import type { ResourceIds } from './declared-change.ts';
import type { Identity } from '../clauses/identity.ts';
import { Unreached } from '../execution/errors.ts';
import { respondedWith, bodyOf } from '../clauses/checked.ts';
import { checkOwnId } from './own-id.ts';
import { poll, untilLikely, type Begun } from '../execution/poll.ts';
import { guardReading } from './ownership-guard.ts';
import { sendRequest, type ServiceRequest } from '../execution/send-request.ts';
import type { Owned } from './ledger.ts';
import type { Listed, Listing } from './listing.ts';
import type { CleanupContext } from '../execution/run-context.ts';

export interface ResourceKind extends ResourceIds {
  /** The member that has its name, where none is called `name`. */
  readonly named?: string;
  /** Removal goes from small to large: dependent resources first. */
  readonly removalOrder: number;
  /** How many a run may have in the project of the member; missing for types that are not counted. */
  readonly capacity?: ResourceCapacity;
  /** As its creator. Resolves to true when it is removed, to false when it still exists after the timeout. */
  readonly remove: (run: CleanupContext, id: string, as: Identity, timeoutMs: number) => Promise<boolean>;
  /** How many of them are removed together. Missing for types that have to be removed one by one. */
  readonly together?: Together;
  /** The ids of resources with exactly this name, in the project of `as`. */
  readonly find: (run: CleanupContext, name: string, as: Identity) => Promise<readonly string[]>;
  /** All resources of this type in the project of `as`. Missing for types outside of projects. */
  readonly list?: (run: CleanupContext, as: Identity) => Promise<Listing>;
  /**
   * Cases lease single ones from a pool, where the next case gets them again. Those of other types are told apart by the
   * labels in their names, and cases share them by label.
   */
  readonly pooled?: true;
  /** The labels in its names whose meaning estimates and shards need. */
  readonly labels?: ResourceLabels;
  /** The command of the openstack client that removes it, before its id: `server delete`. */
  readonly command: string;
  /** What follows the id in it. */
  readonly commandEnd?: string;
}

/** How many resources of one type a run may have at a time. */
export interface ResourceCapacity {
  /** When no option says otherwise, and the quotas allow it. */
  readonly limit: number;
  /** The most that one case uses at a time. */
  readonly ofOneCase: number;
  /** A type that cases use together with this one: they wait for both at once. */
  readonly with?: string;
  /** The quotas of a project that it uses; types that use a quota together are served in the order of their declaration. */
  readonly quotas?: readonly QuotaSource[];
}

/** A quota of a project, and where its service shows it. */
export interface QuotaSource {
  /** As `openstack quota show` names it: `cores`. */
  readonly id: string;
  /** Shown to people, after a number: `MB of memory`. */
  readonly words: string;
  readonly service: string;
  /** The document that shows it: `/limits`. */
  readonly path: string;
  /** Pointers to the limit and to what is used in that document; a negative limit means unlimited. */
  readonly most: `/${string}`;
  readonly used: `/${string}`;
}

export interface ResourceLabels {
  /** Of resources that are as they were created; any other label names a state that takes time to reach. */
  readonly plain: readonly string[];
  /** Of resources to which cases connect pooled ones of their own. */
  readonly bare: readonly string[];
}

export interface Together {
  /** Whether its removal can be requested now, by its entry in a list. */
  readonly canBeRemoved: (seen: Listed) => boolean;
  /** Whether its removal is in progress, by its entry in a list. */
  readonly isBeingRemoved: (seen: Listed) => boolean;
  /** Requests its removal, as its creator. Resolves to whether the request was accepted. */
  readonly ask: (run: CleanupContext, id: string, as: Identity) => Promise<boolean>;
}

/** The request of a creation, and the key under which the response describes the resource. */
export interface Creation {
  readonly kind: ResourceKind;
  /** Part of its name, to distinguish resources of one type in the lists of the target. */
  readonly label: string;
  /** Follows the name of the run instead of a number and the label, for unique resources. */
  readonly name?: string;
  readonly request: (name: string) => Omit<ServiceRequest, 'purpose'>;
  readonly key: string;
  /** The transition to wait for before it can be used, named as for `poll`, which delays the first poll. */
  readonly until?: { readonly kind: string; readonly timeoutMs: number };
}

export interface Created extends Owned {
  /** The wait until it can be used, which started with the response to its creation. */
  readonly begun: Begun<Exchange>;
}

/**
 * Creates one resource when there is capacity; the intent is in the ledger before the request is sent. If the response
 * is lost, the resource is looked for by its name, and another one is created when it does not appear.
 *
 * @throws Unreached when the target refuses.
 */
export async function createResource(run: CleanupContext, creation: Creation): Promise<Created> {
  for (let attempt = 1; ; attempt += 1) {
    const name = nextName(run, creation);
    try {
      return await createOnce(run, creation, name);
    } catch (error) {
      if (!(error instanceof ResponseLost) || attempt === mostCreations) throw error;
    }
  }
}

/** Including the first attempt. */
const mostCreations = 3;

/** The response to a creation was lost, and nothing with its name has appeared. */
class ResponseLost extends Unreached {}

async function createOnce(run: CleanupContext, creation: Creation, name: string): Promise<Created> {
  const wanted = creation.request(name);
  // Before anything is written about it.
  if (run.readOnly) guardReading(wanted);
  const { as = 'member' } = wanted;
  // Capacity is counted in the project of the member; in others the suites create no more than one or two volumes.
  const { type, capacity } = creation.kind;
  const slot = as === 'member' && capacity ? await run.capacity?.slot(type) : undefined;
  try {
    const created = await create(run, creation, name, wanted);
    if (slot) run.capacity?.assign(created.id, slot);
    return created;
  } catch (error) {
    // Without a response or a refusal it is unknown whether the resource exists.
    slot?.release(run.ledger.unsettled().some((intent) => intent.name === name) ? 'lost' : 'removed');
    throw error;
  }
}

async function create(
  run: CleanupContext,
  { kind, key, until }: Creation,
  name: string,
  wanted: Omit<ServiceRequest, 'purpose'>,
): Promise<Created> {
  const { type } = kind;
  await run.ledger.intend(type, name);
  const exchange = await sendRequest(run, { ...wanted, creates: true, purpose: 'preparation' });
  const created = respondedWith(exchange, 200, 201, 202);
  const returnedId = jsonText(jsonObject(jsonObject(created && bodyOf(created))[key]).id);
  const { as = 'member' } = wanted;
  const id = returnedId ?? (isLost(exchange) && as !== 'nobody' ? await findLost(run, kind, name, as) : undefined);
  if (id === undefined) {
    if (isRefusal(exchange)) run.ledger.refused(name);
    const { root, message } = unreached(`creating a ${type}`, exchange);
    throw isLost(exchange) ? new ResponseLost(root, message, exchange) : new Unreached(root, message, exchange);
  }
  const startedAt = performance.now();
  if (until) await untilLikely(until.kind, until.timeoutMs);
  const isListed = async (): Promise<boolean> => as !== 'nobody' && (await kind.find(run, name, as)).includes(id);
  const seen = await checkOwnId(run, { type, name, id, key, named: kind.named, where: wanted, isListed });
  const owned = { type, name, id, ...(as === 'member' || as === 'nobody' ? {} : { identity: as }) };
  run.ledger.created(owned);
  return { ...owned, begun: { startedAt, seen } };
}

/** The resource with this name, if it appears before the timeout `arrival`; a target may still be creating it. */
async function findLost(
  run: CleanupContext,
  kind: ResourceKind,
  name: string,
  as: Identity,
): Promise<string | undefined> {
  const { last } = await poll(
    () => kind.find(run, name, as),
    (ids) => ids.length > 0,
    timeouts.arrival,
  );
  return last.length === 1 ? last[0] : undefined;
}

/** Whether it may have been carried out: no response came, or a gateway asked for a retry instead of the service. */
function isLost({ response, failure }: Exchange): boolean {
  if (failure) return !neverConnected(failure);
  return response?.status === 503 && headerValue(response.headers, 'retry-after') !== undefined;
}

/** Whether nothing was created: the service refused, or was not reached. After a 504 of a gateway it may exist. */
export function isRefusal({ response, failure }: Exchange): boolean {
  if (failure) return neverConnected(failure);
  return response !== undefined && response.status >= 400 && response.status < 500 && response.status !== 408;
}

const counters = new WeakMap<object, number>();

function nextName(run: CleanupContext, { kind, label, name }: Creation): string {
  if (name !== undefined) return `${run.runName}-${name}`;
  return newName(run, kind, label);
}

/** A name of the run that no other resource has. */
export function newName(run: Pick<CleanupContext, 'ledger' | 'runName'>, { type }: ResourceKind, label = ''): string {
  const count = (counters.get(run.ledger) ?? 0) + 1;
  counters.set(run.ledger, count);
  return `${run.runName}-${type}-${count}${label === '' ? '' : `-${label}`}`;
}

/** A failed preparation, as the cause of undecided cases. */
export function unreached(root: string, exchange: Exchange): Unreached {
  const { method, url } = exchange.request;
  const seen = exchange.response
    ? `${exchange.response.status}: ${exchange.response.body.slice(0, 300)}`
    : `no response (${exchange.failure?.code ?? 'unknown'})`;
  return new Unreached(root, `Preparation failed at ${root}: ${method} ${url} was answered with ${seen}`, exchange);
}

/** Removes one resource during the run. @throws Unreached when it still exists */
export async function removeResource(run: CleanupContext, kind: ResourceKind, id: string): Promise<void> {
  const owned = run.ledger.owned().find((thing) => thing.type === kind.type && thing.id === id);
  if (!owned) return;
  const isRemoved = await kind.remove(run, id, owned.identity ?? 'member', timeouts.removal).catch(() => false);
  run.capacity?.release(id, isRemoved ? 'removed' : 'lost');
  if (!isRemoved) throw new Unreached(`removing a ${kind.type}`, `A ${kind.type} could not be removed.`);
  run.ledger.removed(owned);
}

/** If the preparation of a resource fails, removes it in the background and fails with the same error. */
export async function orRemove<T>(run: CleanupContext, kind: ResourceKind, id: string, ready: Promise<T>): Promise<T> {
  try {
    return await ready;
  } catch (error) {
    run.background(removeResource(run, kind, id));
    throw error;
  }
}
