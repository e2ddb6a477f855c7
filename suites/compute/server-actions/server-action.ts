/** Declares a server action: the operation of a call that several actions share, told apart by a member of the body. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import {
  operation,
  type AcceptedCall,
  type DeclaredOperation,
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
import { statusOf } from '../../../src/execution/poll.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, type Json } from '../../../src/json.ts';
import { lockShown } from '../fixtures/enter-state.ts';
import { deletedServer, serverToChange, serverToKeep, type Wanted } from '../fixtures/server-in-state.ts';
import { startStates, type ServerState, type StartState } from '../fixtures/server-states.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { eventsShown, eventuallyLogged } from '../observe-actions.ts';
import { server } from '../resource-types/server.ts';
import { isSettled, serverStatus } from '../resource-types/show-server.ts';
import { allowed, forbidden, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import { observeServer } from '../rules/refusal.ts';

/** What a server shows once an action has completed. */
export interface Outcome {
  readonly status: string;
  /** Another status with which the action is complete. */
  readonly or?: string;
  readonly vmState: string;
  /** Those of different hypervisors. */
  readonly powerStates?: readonly number[];
}

export interface ServerAction extends Pick<
  Partial<OperationDeclaration>,
  'success' | 'capabilities' | 'refers' | 'refusedFirst' | 'oddMembers' | 'withheld'
> {
  /** The member of the body. */
  readonly key: string;
  /** The beginning of statements: `A pause`. */
  readonly noun: string;
  /** The section of the specs that describes it. */
  readonly section: string;
  /** The sentence on what it does. */
  readonly does: string;
  /** Its name among the actions of a server, where it is recorded and differs from the key. */
  readonly log?: string | false;
  /** Required members of its value and their values, by name; without any the value is null. */
  readonly argument?: (ctx: CheckContext) => Promise<Readonly<Record<string, Json>>> | Readonly<Record<string, Json>>;
  /** Those of refused requests, where other values would do harm or cannot be had. */
  readonly refusedArgument?: Readonly<Record<string, Json>>;
  /** Values of optional members of its value, by name. */
  readonly members?: (ctx: CheckContext) => Promise<Readonly<Record<string, Json>>> | Readonly<Record<string, Json>>;
  /** Names of the members whose values name no resource, where it has any. */
  readonly values?: readonly string[];
  /** Whose action it is. */
  readonly by: 'member' | 'admin';
  /** The sentence that reserves it for administrators. */
  readonly reserved?: string;
  /** The state of the server in the accepted request. */
  readonly from: StartState;
  /** Whether that server is locked by its owner. */
  readonly fromLocked?: true;
  /** The other states in which it is accepted. */
  readonly also?: readonly StartState[];
  /** The sentence on the states in which it is accepted or refused. */
  readonly states: string;
  /** Further sentences on single states, and on `locked`. */
  readonly stateQuotes?: Readonly<Record<string, string>>;
  /** States about which nothing is promised. */
  readonly open?: readonly StartState[];
  /** Faults of single states, and of `locked`, without the service, in place of those of the operators. */
  readonly stateFaults?: Readonly<Record<string, string>>;
  /** The fault by which its effect is missing, where the server shows the same before and after it. */
  readonly effectFault?: string;
  /** While the owner has locked the server; refused when missing, except for administrators. */
  readonly locked?: 'accepted';
  /** What the server shows afterwards; that of before when missing. */
  readonly leads?: Outcome | 'deleted';
  /** The server cannot be brought into another state afterwards: never, or not from another state than `from`. */
  readonly spends?: 'always' | 'elsewhere';
}

export interface DeclaredAction extends DeclaredOperation<Acted> {
  readonly declared: ServerAction;
  readonly quote: (sentence: string) => Quote;
}

/** What an accepted action has led to. */
export interface Acted {
  /** The server afterwards. */
  readonly shown: Exchange;
  /** Findings on its entry among the actions of the server. */
  readonly logged: readonly Finding[];
}

const call = 'POST /servers/{server_id}/action';
const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const every = section('server-actions.inc', 'Every action');
const members = every('A member of the project may act on its servers, unless the action says otherwise.');
const noReader = forbiddenSince27(every('A reader may not act on servers.'));
const noService = forbiddenSince27(every('The service role alone gives no right to act on servers.'));
const admins = allowed(whoMayCall('An administrator may call every operation for the servers of every project.'));
const adminLocked = every('An administrator may act on a locked server.');
const unchanged = every('An action that is refused changes neither the status of its server nor its task.');
const lockedQuote = every('A server that its owner has locked is answered with 409, unless the action says otherwise.');

export function serverAction(id: OperationId, action: ServerAction): DeclaredAction {
  const { noun, by, from, key, leads, reserved, success, capabilities, refers, refusedFirst, oddMembers, withheld } =
    action;
  const quote = section('server-actions.inc', action.section);
  const values = (action.values ?? []).map((name) => `body /${key}/${name}` as const);
  const { identities: preparers }: ServerState = startStates[from];
  const start: Wanted = { state: from, isLocked: action.fromLocked ?? false };
  const declared = operation<Acted>(id, {
    ...{ call, action: key, noun, caller: by, resources: { server: ofServer } },
    ...(preparers.length > 0 && { preparers }),
    ...(success !== undefined && { success }),
    ...(capabilities && { capabilities }),
    ...(refers && { refers }),
    ...(values.length > 0 && { values }),
    ...(refusedFirst && { refusedFirst }),
    ...(oddMembers && { oddMembers }),
    ...(withheld && { withheld }),
    accepted: (ctx) => accepted(ctx, action, start),
    rejected: (ctx) => rejected(ctx, action, start),
    removed: async (ctx) => ({ server: await deletedServer(ctx) }),
    effect: (ctx, { server: own }) => (own ? completed(ctx, own.id, leads) : Promise.resolve([])),
    observe: (ctx, resources, response) => observed(ctx, action, resources, response),
    roles: rolesOf(action, reserved === undefined ? undefined : quote(reserved)),
    serverStates: {
      noun: `${noun} of`,
      quote: quote(action.states),
      quotes: {
        locked: by === 'admin' ? adminLocked : lockedQuote,
        ...Object.fromEntries(Object.entries(action.stateQuotes ?? {}).map(([state, text]) => [state, quote(text)])),
      },
      accepted: Object.fromEntries((action.also ?? []).map((state) => [state, 'always'])),
      refused: Object.fromEntries(refusedStates(action).map((state) => [state, 'always'])),
      locked: action.locked ?? (by === 'admin' ? 'accepted' : 'refused'),
      unchanged,
      ...(action.stateFaults && { faults: action.stateFaults }),
      prepared: (ctx, state) => accepted(ctx, action, wantedIn(action, state)),
      rejectedIn: (ctx, state) => rejected(ctx, action, wantedIn(action, state)),
    },
  });
  return { ...declared, declared: action, quote };
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

function rolesOf({ by }: ServerAction, reserved: Quote | undefined): OperationDeclaration['roles'] {
  if (by === 'member') return { member: allowed(members), admin: admins, reader: noReader, service: noService };
  const quote = reserved ?? members;
  return {
    admin: admins,
    ...Object.fromEntries((['member', 'reader'] as readonly Identity[]).map((role) => [role, forbidden(quote)])),
    service: noService,
  };
}

async function accepted(ctx: CheckContext, action: ServerAction, wanted: Wanted): Promise<AcceptedCall> {
  const { leads, spends, from, members: optional } = action;
  const { makeDirty, ...own } = await serverToChange(ctx, wanted);
  const isSpent = spends === 'always' || leads === 'deleted' || (spends === 'elsewhere' && wanted.state !== from);
  if (isSpent) makeDirty();
  return {
    resources: { server: own },
    body: bodyWith(action, await action.argument?.(ctx)),
    ...(optional && { members: pointersIn(action, await optional(ctx)) }),
  };
}

async function rejected(ctx: CheckContext, action: ServerAction, wanted: Wanted): Promise<RejectedCall> {
  const { makeDirty, ...own } = await serverToKeep(ctx, wanted);
  const { members: optional } = action;
  const version = wanted.isLocked === true ? lockShown : undefined;
  return {
    resources: { server: own },
    body: bodyWith(action, action.refusedArgument ?? (await action.argument?.(ctx))),
    ...(optional && { members: pointersIn(action, await optional(ctx)) }),
    shown: () => observeServer(ctx, own),
    unchanged: async () =>
      ctx.run.readOnly
        ? []
        : expectResponse(await observeServer(ctx, own, version), 200, (seen) => expectIn(seen, wanted)),
    makeDirty,
  };
}

/** The state of a rule; `locked` means the state of the accepted request. */
function wantedIn({ from }: ServerAction, state: string): Wanted {
  return state === 'locked' ? { state: from, isLocked: true } : { state: state as StartState };
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
  { key, leads, log = key }: ServerAction,
  { server: own }: Resources,
  response: Exchange,
): Promise<Acted | NotCompleted> {
  if (!own) return { incomplete: [] };
  const incomplete = await completed(ctx, own.id, leads);
  if (incomplete.length > 0) return { incomplete };
  const shown = await observeServer(ctx, own, formatMicroversion(ctx.microversion));
  const isLogged = log !== false && leads !== 'deleted';
  return { shown, logged: isLogged ? await eventuallyLogged(ctx, own, response, log) : [] };
}

/** Waits until the server shows the outcome and no task. */
async function completed(ctx: CheckContext, id: string, leads: ServerAction['leads']): Promise<readonly Finding[]> {
  const statuses = leads === undefined || leads === 'deleted' ? [] : statusesOf(leads);
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

export function statusesOf({ status, or }: Outcome): readonly string[] {
  return or === undefined ? [status] : [status, or];
}

/** Whether the server shows what an action leads to. */
export function expectOutcome(seen: Checked, { status, or, vmState, powerStates = [] }: Outcome): readonly Finding[] {
  const power = atPointer(bodyOf(seen), '/server/OS-EXT-STS:power_state');
  const [first] = powerStates;
  return [
    ...(or !== undefined && serverStatus(seen) === or
      ? []
      : [...expectValue(seen, '/server/status', status), ...expectValue(seen, '/server/OS-EXT-STS:vm_state', vmState)]),
    ...expectValue(seen, '/server/OS-EXT-STS:task_state', null),
    ...(first === undefined || powerStates.some((one) => one === power)
      ? []
      : expectValue(seen, '/server/OS-EXT-STS:power_state', first)),
  ];
}

export const loggedFrom = `${eventsShown}-`;
