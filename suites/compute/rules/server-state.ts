/** Servers in other states than ACTIVE, and locked servers: which requests they accept, and which are a conflict. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  pathResources,
  resourceIn,
  type AcceptedCall,
  type DeclaredOperation,
  type RejectedCall,
  type ServerStateRules,
} from '../../../src/clauses/define-operation.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Volume } from '../../block-storage/volume.ts';
import type { ServerInState } from '../fixtures/fixture-kinds.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Reusable } from '../fixtures/lease.ts';
import {
  serverStates,
  startStates,
  vmStateOf,
  type ServerState,
  type StartState,
  type StateName,
} from '../fixtures/server-states.ts';
import { control, expectRefused, observeServer, sendRefused } from './refusal.ts';

export function serverState(operation: DeclaredOperation): readonly WrittenClause[] {
  const { serverStates: rules } = operation;
  if (!rules) return [];
  return [
    ...Object.entries(rules.accepted ?? {}).flatMap(([state, range]) => accepted(operation, rules, state, range)),
    ...Object.entries(rules.refused ?? {}).map(([state, range]) => refused(operation, rules, state, range)),
    ...unaffected(operation, rules),
    ...locked(operation, rules),
  ];
}

function accepted(
  operation: DeclaredOperation,
  rules: ServerStateRules,
  state: string,
  range: string,
): readonly WrittenClause[] {
  const { prepared, observed } = rules;
  const check = observed
    ? (ctx: CheckContext) => observed(ctx, state)
    : prepared && (async (ctx: CheckContext) => works(ctx, operation, await prepared(ctx, state)));
  if (!check) return [];
  const completes = operation.effect ? ' and come to its end' : '';
  return [
    {
      ...common(rules, state, range),
      id: `${operation.id}#works-on-${state}-server`,
      statement: `${rules.noun} ${stateOf(state).words} MUST be accepted${completes}.`,
      killedBy: [`${operation.id}:refuse-state:${vmStateOf(state as StartState)}`],
      check,
    },
  ];
}

function refused(operation: DeclaredOperation, rules: ServerStateRules, state: string, range: string): WrittenClause {
  return {
    ...common(rules, state, range),
    id: `${operation.id}#refuses-${state}-server`,
    statement: `${rules.noun} ${stateOf(state).words} MUST be answered with 409${rules.unchanged ? ' and change nothing' : ''}.`,
    ...(rules.unchanged && { quotes: [rules.quotes?.[state] ?? rules.quote, rules.unchanged] }),
    killedBy: [rules.faults?.[state] ?? permittedBy(operation, state, range)],
    check: async (ctx) => conflicts(ctx, operation, await requestIn(ctx, operation, state)),
  };
}

function unaffected(operation: DeclaredOperation, rules: ServerStateRules): readonly WrittenClause[] {
  const { unaffected: own } = rules;
  if (!own) return [];
  return (Object.keys(serverStates) as readonly StateName[]).map((state) => ({
    ...common(rules, state, 'always'),
    id: `${operation.id}#shows-${state}-server`,
    statement: `${rules.noun} ${stateOf(state).words} MUST be ${own.verb} as before.`,
    killedBy: [`${operation.id}:refuse-state:${vmStateOf(state)}`, ...own.killedBy(state)],
    check: async (ctx) => {
      const { resources, judge } = await own.prepared(ctx, state);
      return judge(await operation.send(ctx, resources));
    },
  }));
}

/** The fault that a state is not refused; where it is refused up to a microversion, that this is not checked. */
function permittedBy({ id }: DeclaredOperation, state: string, range: string): string {
  const isLast = range === 'always' || range.endsWith('-');
  return isLast ? `${id}:allow-state:${vmStateOf(state as StartState)}` : `${id}:drop-check:state-version`;
}

function locked(operation: DeclaredOperation, rules: ServerStateRules): readonly WrittenClause[] {
  const { locked: response, prepared } = rules;
  if (response === 'refused') {
    return [
      {
        id: `${operation.id}#refuses-a-locked-server`,
        statement: `${rules.noun} a server that its owner has locked MUST be answered with 409.`,
        about: ['state locked'],
        quotes: [rules.quotes?.locked ?? rules.quote],
        killedBy: [`${operation.id}:drop-check:lock`],
        check: async (ctx) => conflicts(ctx, operation, await requestIn(ctx, operation, 'locked')),
      },
    ];
  }
  if (response !== 'accepted' || !prepared) return [];
  return [
    {
      id: `${operation.id}#works-on-locked-server`,
      statement: `${rules.noun} a locked server MUST be accepted.`,
      about: ['state locked'],
      quotes: [rules.quotes?.locked ?? rules.quote],
      ...(rules.errata && { errata: rules.errata }),
      killedBy: [rules.faults?.locked ?? `${operation.id}:refuse-state:locked`],
      check: async (ctx) => works(ctx, operation, await prepared(ctx, 'locked')),
    },
  ];
}

async function works(
  ctx: CheckContext,
  operation: DeclaredOperation,
  { resources, body }: AcceptedCall,
): Promise<readonly Finding[]> {
  const response = await operation.send(ctx, resources, { ...(body && { members: body }) });
  const findings = expectStatus(response, ctx.revision.responses[0].status);
  return findings.length > 0 || !operation.effect ? findings : operation.effect(ctx, resources);
}

/** The request is refused because of the state or the lock: what it names exists. */
async function conflicts(
  ctx: CheckContext,
  operation: DeclaredOperation,
  request: RejectedCall,
): Promise<readonly Finding[]> {
  const response = await sendRefused(ctx, operation, request);
  const findings = [...expectRefused(response, 409), ...(await request.unchanged())];
  if (findings.length > 0) {
    request.makeDirty();
    return findings;
  }
  control(await observeServer(ctx, resourceIn(request.resources, 'server')), 'the server');
  return [];
}

/** The request on a server in the state, or on a locked one. */
async function requestIn(ctx: CheckContext, operation: DeclaredOperation, state: string): Promise<RejectedCall> {
  const rejectedIn = operation.serverStates?.rejectedIn;
  if (rejectedIn) return rejectedIn(ctx, state);
  const { inState, locked } = fixtures(ctx);
  const { server, attached, makeDirty } = await (state === 'locked' ? locked() : inState(state as StateName));
  const { request, free } = await requestOn(ctx, operation, { server, attached });
  return {
    ...request,
    unchanged: () => Promise.resolve([]),
    makeDirty: () => {
      makeDirty();
      free?.makeDirty();
    },
  };
}

interface RequestOn {
  readonly request: Pick<RejectedCall, 'resources' | 'body'>;
  /** A volume that the request names and that other cases use later. */
  readonly free?: Reusable<Volume>;
}

/** The request that is refused elsewhere, on the server and its attachment. */
async function requestOn(
  ctx: CheckContext,
  operation: DeclaredOperation,
  { server, attached }: ServerInState,
): Promise<RequestOn> {
  if (!('volume' in operation.resources)) {
    const { resources, body } = await operation.rejected(ctx);
    return { request: { resources: { ...resources, server }, ...(body && { body }) } };
  }
  if (pathResources(operation).includes('volume'))
    return { request: { resources: { server, volume: attached.volume } } };
  const free = await fixtures(ctx).volumeToKeep();
  return { request: { resources: { server, volume: free } }, free };
}

function common(
  { quote, quotes = {}, errata }: ServerStateRules,
  state: string,
  range: string,
): Pick<WrittenClause, 'about' | 'quotes' | 'range' | 'identities' | 'capabilities' | 'errata'> {
  const { identities, capabilities } = stateOf(state);
  return {
    quotes: [quotes[state] ?? quote],
    about: [`state ${state}`],
    // Where a state never changes its answer, the operation has it from its first microversion on.
    ...(range !== 'always' && { range }),
    identities,
    capabilities,
    ...(errata && { errata }),
  };
}

function stateOf(state: string): ServerState {
  const known: Readonly<Record<string, ServerState>> = startStates;
  const found = known[state];
  if (!found) throw new Error(`${state} is no state of servers; there are ${Object.keys(startStates).join(', ')}`);
  return found;
}
