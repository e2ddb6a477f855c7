/**
 * Records and removes what requests under test create. The intent is in the ledger before the request is sent, under
 * the name in its body, or, where a check sends another value as name, under a name of the run with that value beside it.
 */
import { respondedWith, bodyOf } from '../clauses/checked.ts';
import type { Identity } from '../clauses/identity.ts';
import { HarnessError } from '../execution/errors.ts';
import type { CleanupContext } from '../execution/run-context.ts';
import { atPointer, jsonText, type Json } from '../json.ts';
import { actionOf, looselyNamed, readBody } from './check-body.ts';
import { sentAs } from './ledger.ts';
import { isOfCall, namesCreated, type Changes, type DeclaredChange } from './declared-change.ts';
import type { Creation, CreatingRequest, Creations } from './creations.ts';
import type { Slot } from './capacity.ts';
import { checkOwnId } from './own-id.ts';
import type { GiveBack, Reservation } from './reservations.ts';
import { one, type SlotKind } from './resource-counts.ts';
import { isRefusal, newName, removeResource, type ResourceKind } from './resource-type.ts';

type Declared = NonNullable<DeclaredChange['creates']>;

/** `kinds`: the resource types that the declared changes may create. */
export function createCreations(run: CleanupContext, changes: Changes, kinds: readonly ResourceKind[]): Creations {
  return {
    begin: async (request, charge) => {
      const text = request.rawBody ?? (request.body === undefined ? '' : JSON.stringify(request.body));
      const creates = declaredIn(changes, request, text);
      if (!creates) return undefined;
      const kind = kinds.find(({ type }) => type === creates.type);
      if (!kind)
        throw new HarnessError(
          `A request under test cannot create a ${creates.type}: no suite has this resource type. Create it as a fixture.`,
        );
      const body = readBody(text) ?? null;
      const [first = null, ...others] = namesCreated(creates, body);
      if (others.length === 0) return begin(run, kind, creates, request, first, charge);
      const alike = { ...creates, id: undefined };
      return several(await inTurn([first, ...others], (name) => begin(run, kind, alike, request, name, charge)));
    },
  };
}

/** @throws what one of them throws, after the others were cancelled */
async function inTurn(names: readonly Json[], start: (name: Json) => Promise<Creation>): Promise<readonly Creation[]> {
  const started: Creation[] = [];
  try {
    for (const name of names) started.push(await start(name));
    return started;
  } catch (error) {
    for (const one of started) one.cancel();
    throw error;
  }
}

function several(creations: readonly Creation[]): Creation {
  return {
    size: creations.length,
    settle: async (exchange) => {
      for (const one of creations) await one.settle(exchange);
    },
    cancel: () => {
      for (const one of creations) one.cancel();
    },
    end: async () => {
      await Promise.all(creations.map((one) => one.end()));
    },
  };
}

function declaredIn(changes: Changes, { service, method, path }: CreatingRequest, text: string): Declared | undefined {
  const own = (changes[service] ?? []).filter((change) => isOfCall(change, method, path));
  const action = own.some((change) => change.action !== undefined) ? actionOf(text) : undefined;
  const [named, ...others] = looselyNamed(own, text);
  const found = own.find((change) => change.action === action) ?? (others.length > 0 ? undefined : named);
  return found?.creates;
}

async function begin(
  run: CleanupContext,
  kind: ResourceKind,
  creates: Pick<Declared, 'type'> & { readonly id?: Declared['id'] | undefined },
  request: CreatingRequest,
  sent: Json,
  charge: Reservation['charge'],
): Promise<Creation> {
  const as = ownerOf(run, request.as);
  const isOwn = typeof sent === 'string' && sent.startsWith(`${run.runName}-`);
  const name = isOwn ? sent : newName(run, kind, 'odd-name');
  const place = as === 'member' && kind.capacity ? await placeFor(run, kind.type, charge) : undefined;
  const slot = place?.slot;
  const giveBack = place?.giveBack;
  try {
    await run.ledger.intend(kind.type, name, isOwn ? undefined : sentAs(sent));
  } catch (error) {
    slot?.release('removed');
    giveBack?.();
    throw error;
  }
  let created: string | undefined;
  const own = (id: string): void => {
    created = id;
    run.ledger.created({ type: kind.type, name, id, ...(as === 'member' || as === 'nobody' ? {} : { identity: as }) });
    if (slot) run.capacity?.assign(id, slot);
  };
  const nothing = (): void => {
    run.ledger.refused(name);
    slot?.release('removed');
    giveBack?.();
  };
  /** A request that names what others have as well must not lead to its removal, so that only names of the run count. */
  const byName = async (): Promise<void> => {
    const found = as === 'nobody' ? [] : await kind.find(run, name, as).catch(() => []);
    const created = found.find((id) => !run.ledger.knows(id));
    if (created === undefined) nothing();
    else own(created);
  };
  return {
    size: 1,
    settle: async (exchange) => {
      const shown = respondedWith(exchange, 200, 201, 202);
      if (!shown) {
        if (isRefusal(exchange)) return nothing();
        const [found] = as === 'nobody' ? [] : await kind.find(run, name, as).catch(() => []);
        if (found !== undefined) own(found);
        // Without a response it may still appear: its intent stays open, and the cleanup looks for it.
        else if (exchange.response) nothing();
        else slot?.release('removed');
        return;
      }
      if (creates.id === undefined)
        return isOwn ? byName() : run.background(Promise.reject(unknownResource(kind, request)));
      const id = jsonText(atPointer(bodyOf(shown), creates.id));
      const expected = isOwn ? name : typeof sent === 'string' ? sent : undefined;
      if (id === undefined || expected === undefined) {
        slot?.release('removed');
        return run.background(Promise.reject(unknownResource(kind, request)));
      }
      const key = creates.id.split('/')[1] ?? '';
      await checkOwnId(run, { type: kind.type, name: expected, id, key, where: { ...request, as } }).catch(
        (error: unknown) => {
          slot?.release('removed');
          throw error;
        },
      );
      own(id);
    },
    cancel: nothing,
    end: async () => {
      const id = created;
      created = undefined;
      giveBack?.();
      if (id !== undefined) await removeResource(run, kind, id);
    },
  };
}

/** The identity in whose project it is created: the member, where the caller is in the project of the member. */
function ownerOf({ sessions }: CleanupContext, as: CreatingRequest['as'] = 'member'): Identity | 'nobody' {
  const own = as === 'nobody' ? undefined : sessions.get(as)?.projectId;
  return own !== undefined && own === sessions.get('member')?.projectId ? 'member' : as;
}

/** Capacity for one more resource. */
async function placeFor(
  run: CleanupContext,
  kind: SlotKind,
  charge: Reservation['charge'],
): Promise<{ readonly slot: Slot | undefined; readonly giveBack: GiveBack }> {
  const giveBack = await charge(one(kind));
  try {
    return { slot: await run.capacity?.slot(kind), giveBack };
  } catch (error) {
    giveBack();
    throw error;
  }
}

function unknownResource({ type }: ResourceKind, { method, path }: CreatingRequest): HarnessError {
  return new HarnessError(
    `${method} ${path} without a name of this run was accepted and may have created a ${type} that cannot be found by its name. Look for it in the target.`,
  );
}
