/** Declares a server action: the operation of a call that several actions share, told apart by a member of the body. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import {
  operation,
  type AcceptedCall,
  type NotCompleted,
  type OperationDeclaration,
  type RejectedCall,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import type { Quote } from '../../../src/clauses/quote.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { OperationId } from '../../../src/contract/model.ts';
import { HarnessError } from '../../../src/execution/errors.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import type { Json } from '../../../src/json.ts';
import { lockShown } from '../fixtures/enter-state.ts';
import { deletedServer, serverToChange, serverToKeep, type Wanted } from '../fixtures/server-in-state.ts';
import type { Reusable } from '../fixtures/lease.ts';
import { portToChange } from '../fixtures/server-with-port.ts';
import { startStates, type ServerState, type StartState } from '../fixtures/server-states.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { eventsShown, eventuallyLogged } from '../observe-actions.ts';
import { server, type Server } from '../resource-types/server.ts';
import { isSettled, serverStatus } from '../resource-types/show-server.ts';
import { allowed, forbidden, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import { observeServer } from '../rules/refusal.ts';
import type { Acted, DeclaredAction, ServerAction } from './action-types.ts';
import { statusesOf } from './outcome.ts';

const call = 'POST /servers/{server_id}/action';
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const anyServer: ResourceUse = { to: server, at: ['path server_id'] };
const every = section('server-actions.inc', 'Every action');
const members = every('A member of the project may act on its servers, unless the action says otherwise.');
const noReader = forbiddenSince27(every('A reader may not act on servers.'));
const noService = forbiddenSince27(every('The service role alone gives no right to act on servers.'));
const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const adminLocked = every('An administrator may act on a locked server.');
const unchanged = every('An action that is refused changes neither the status of its server nor its task.');
const lockedQuote = every('A server that its owner has locked is answered with 409, unless the action says otherwise.');

export function serverAction(id: OperationId, action: ServerAction): DeclaredAction {
  const { noun, by, from, key, reserved, success, capabilities, refers, refusedFirst, oddMembers, withheld } = action;
  const { creates, lastVersion, views } = action;
  const quote = section('server-actions.inc', action.section);
  const values = (action.values ?? []).map((name) => `body /${key}/${name}` as const);
  const { identities: preparers }: ServerState = startStates[from];
  const start: Wanted = { ...wantedIn(action, from), isLocked: action.fromLocked ?? false };
  const declared = operation<Acted>(id, {
    ...{ call, action: key, noun, caller: by, resources: { server: action.namesOwn ? anyServer : ofServer } },
    ...(preparers.length > 0 && { preparers }),
    ...(success !== undefined && { success }),
    ...(capabilities && { capabilities }),
    ...(refers && { refers }),
    ...(values.length > 0 && { values }),
    ...(refusedFirst && { refusedFirst }),
    ...(oddMembers && { oddMembers }),
    ...(withheld && { withheld }),
    ...(creates && { creates }),
    ...(views && { views }),
    ...(lastVersion !== undefined && { lastVersion }),
    accepted: (ctx) => accepted(ctx, action, start),
    rejected: (ctx) => rejected(ctx, action, start),
    // What a deleted server had of its project is not found either, whether or not the server is.
    ...(action.isOfProject !== true && { removed: async (ctx) => ({ server: await deletedServer(ctx) }) }),
    effect: (ctx, { server: own }) => (own ? completed(ctx, own.id, action) : Promise.resolve([])),
    observe: (ctx, resources, response) => observed(ctx, action, resources, response),
    roles: rolesOf(action, reserved === undefined ? undefined : quote(reserved)),
    serverStates: {
      noun: `${noun} of`,
      from,
      quote: quote(action.states),
      quotes: {
        locked: by === 'admin' ? adminLocked : lockedQuote,
        ...Object.fromEntries(Object.entries(action.stateQuotes ?? {}).map(([state, text]) => [state, quote(text)])),
      },
      accepted: Object.fromEntries((action.also ?? []).map((state) => [state, 'always'])),
      refused: Object.fromEntries(refusedStates(action).map((state) => [state, 'always'])),
      ...(action.locked !== 'open' && { locked: action.locked ?? (by === 'admin' ? 'accepted' : 'refused') }),
      unchanged,
      ...(action.stateFaults && { faults: action.stateFaults }),
      prepared: (ctx, state) => accepted(ctx, action, wantedIn(action, state)),
      rejectedIn: (ctx, state) => rejected(ctx, action, wantedIn(action, state)),
    },
  });
  return { ...declared, declared: action, quote };
}

/** Only administrators are shown the hosts, which requests of every caller name. */
export function preparedByAdmin(action: DeclaredAction): DeclaredAction {
  return { ...action, preparers: ['admin'] };
}

/** What an action with `looks` has led to beside its server. @throws HarnessError for any other action */
export function otherOf({ other }: Acted): Exchange {
  if (!other) throw new HarnessError('The declaration of the action observes no other resource.');
  return other;
}

/** The operation without its service. */
export function nameOf(id: OperationId): string {
  return id.slice('compute/'.length);
}

function refusedStates({ from, also = [], open = [] }: ServerAction): readonly StartState[] {
  return (Object.keys(startStates) as readonly StartState[]).filter(
    (state) => state !== from && !also.includes(state) && !open.includes(state),
  );
}

function rolesOf(
  { by, isOfProject, isReservedLater }: ServerAction,
  reserved: Quote | undefined,
): OperationDeclaration['roles'] {
  if (by === 'member') {
    const others = isOfProject ? {} : { admin: admins };
    const refused = isReservedLater ? {} : { reader: noReader, service: noService };
    return { member: allowed(members), ...others, ...refused };
  }
  const quote = reserved ?? members;
  return {
    admin: admins,
    ...Object.fromEntries((['member', 'reader'] as readonly Identity[]).map((role) => [role, forbidden(quote)])),
    service: noService,
  };
}

async function accepted(ctx: CheckContext, action: ServerAction, wanted: Wanted): Promise<AcceptedCall> {
  const { leads, spends, from, members: optional } = action;
  const { makeDirty, ...own } = await changed(ctx, wanted);
  const isSpent = spends === 'always' || leads === 'deleted' || (spends === 'elsewhere' && wanted.state !== from);
  if (isSpent) makeDirty();
  await action.prepare?.(ctx, own);
  return {
    resources: { server: own },
    body: bodyWith(action, await action.argument?.(ctx, own)),
    ...(optional && { members: pointersIn(action, await optional(ctx, own)) }),
  };
}

async function changed(ctx: CheckContext, wanted: Wanted): Promise<Reusable<Server>> {
  if (wanted.hasPort !== true) return serverToChange(ctx, wanted);
  const { server: own, makeDirty } = await portToChange(ctx, wanted);
  return { ...own, makeDirty };
}

async function rejected(ctx: CheckContext, action: ServerAction, wanted: Wanted): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverToKeep(ctx, wanted);
  const { members: optional, unmade } = action;
  const version = wanted.isLocked === true ? lockShown : undefined;
  const argument = action.refusedArgument ?? (await action.argument?.(ctx, own));
  return {
    resources: { server: own },
    body: bodyWith(action, argument),
    ...(optional && { members: pointersIn(action, await optional(ctx, own)) }),
    shown: () => observeServer(ctx, own),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : [
            ...expectResponse(await observeServer(ctx, own, version), 200, (seen) => expectIn(seen, wanted)),
            ...((argument && (await unmade?.(ctx, argument))) ?? []),
          ],
    makeDirty,
  };
}

/** The state of a rule; `locked` means the state of the accepted request. */
function wantedIn({ from, hasPort }: ServerAction, state: string): Wanted {
  const port = hasPort ? { hasPort } : {};
  return state === 'locked' ? { state: from, isLocked: true, ...port } : { state: state as StartState, ...port };
}

function bodyWith({ key }: ServerAction, argument: Readonly<Record<string, Json>> | undefined): Record<string, Json> {
  return { [`/${key}`]: argument === undefined ? null : { ...argument } };
}

function pointersIn({ key }: ServerAction, values: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`/${key}/${name}`, value]));
}

/** The server has the status of the state, and no task. */
function expectIn(seen: Checked, { state, isLocked }: Wanted): readonly Finding[] {
  const status = state === 'soft-deleted' ? 'SOFT_DELETED' : (startStates[state].steps.at(-1)?.status ?? 'ACTIVE');
  return [
    ...expectValue(seen, '/server/status', status),
    ...expectValue(seen, '/server/OS-EXT-STS:task_state', null),
    ...(isLocked === true ? expectValue(seen, '/server/locked', true) : []),
  ];
}

async function observed(
  ctx: CheckContext,
  action: ServerAction,
  { server: own }: Resources,
  response: Exchange,
): Promise<Acted | NotCompleted> {
  const { key, leads, log = key, looks } = action;
  if (!own) return { incomplete: [] };
  const incomplete = await completed(ctx, own.id, action, action.ends?.(ctx));
  if (incomplete.length > 0) return { incomplete };
  const shown = await observeServer(ctx, own, formatMicroversion(ctx.microversion));
  const isLogged = log !== false && leads !== 'deleted';
  const logged = isLogged ? await eventuallyLogged(ctx, own, response, log) : [];
  const other = await looks?.(ctx, response, own);
  if (other && 'incomplete' in other) return other;
  return { shown, logged, ...(other && { other }) };
}

/** Waits until the server shows the outcome and no task. */
async function completed(
  ctx: CheckContext,
  id: string,
  { leads, elsewhere = [] }: ServerAction,
  ends?: readonly string[],
): Promise<readonly Finding[]> {
  const usual = leads === undefined || leads === 'deleted' ? [] : [...statusesOf(leads), ...elsewhere];
  const statuses = ends ?? usual;
  const isDeleted = leads === 'deleted';
  return ctx.eventually({
    look: () => observeServer(ctx, { id }),
    until: (seen) =>
      isDeleted
        ? statusOf(seen) === 404
        : isSettled(seen) && (statuses.length === 0 || statuses.includes(serverStatus(seen) ?? '')),
    expected: isDeleted ? 'a server that is not found' : ['a server without a task', ...statuses].join(' that is '),
    seen: (last) => serverStatus(last) ?? 'no server',
    timeoutMs: timeouts.server,
  });
}

export const loggedFrom = `${eventsShown}-`;
