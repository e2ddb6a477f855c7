/** Actions that associate a floating address with a server, and end that, up to 2.43; with their clauses. */
import { judgeAccepted, judgeAcceptedWith, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, expectStatus, type Checked } from '../../../src/clauses/matchers.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import type { Identity } from '../../../src/clauses/identity.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type NonEmpty } from '../../../src/json.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import { removeResource } from '../../../src/resources/resource-type.ts';
import { createFloatingIp, floatingIp } from '../../network/floating-ip.ts';
import { act } from '../fixtures/enter-state.ts';
import { lease } from '../fixtures/lease.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import { control, expectRefused, observeServer, type RefusalStatus } from '../rules/refusal.ts';
import { since27 } from '../rules/roles.ts';
import { lastAddress } from './fixed-addresses.ts';
import { everyState } from './lock.ts';
import type { DeclaredAction, ServerAction } from './action-types.ts';
import { serverAction } from './server-action.ts';

const quote = section('server-actions.inc', 'Floating addresses');
const every = section('server-actions.inc', 'Every action');

/** Of no project; RFC 5737. */
const nobodys = '192.0.2.1';
const accepting = 'Both are accepted in every state of a server that has a host, and while it is locked.';
/** States in which a server may have no port, or no host. */
const open = ['error', 'shelved-offloaded'] as const;
const ofBoth = ['floating-addresses', 'networks'] as const;

/** What both actions have in common. */
const common = {
  ...{ log: false, section: 'Floating addresses', by: 'member', lastVersion: '2.43', hasPort: true },
  capabilities: [...ofBoth],
  ...{ from: 'active', also: everyState.filter((state) => !open.some((one) => one === state)), open },
  ...{ states: accepting, locked: 'accepted', stateQuotes: { locked: accepting } },
  ...{ refusedArgument: { address: nobodys }, namesOwn: true },
  // It has its floating address until that is removed, after the case.
  spends: 'always',
} as const satisfies Partial<ServerAction>;

export const addFloatingIp = serverAction('compute/add-floating-ip', {
  ...{ key: 'addFloatingIp', noun: 'An association of a floating address', ...common },
  does: 'An association gives a server a floating address of its project, which its addresses show as ``floating``.',
  prepare: dissociateAll,
  argument: async (ctx) => ({ address: await someAddress(ctx) }),
  members: async (ctx, own) => ({ fixed_address: await lastAddress(ctx, own) }),
  values: ['address', 'fixed_address'],
});

export const removeFloatingIp = serverAction('compute/remove-floating-ip', {
  ...{ key: 'removeFloatingIp', noun: 'A dissociation of a floating address', ...common },
  does: 'A dissociation takes a floating address from a server; the status of the server stays.',
  // The address is looked for before the role of the caller is judged.
  ...{ isOfProject: true, isReservedLater: true },
  prepare: dissociateAll,
  argument: async (ctx, own) => ({ address: await associated(ctx, own) }),
  values: ['address'],
});

/** A floating address that no server has, until the case ends. */
async function someAddress(ctx: CheckContext): Promise<string> {
  const { run } = ctx;
  const definition = {
    ...{ key: 'floating address', resources: {}, copies: 8, sharers: 1 },
    build: () => createFloatingIp(run, 'free'),
    takeDown: async ({ id }: Named) => void (await removeResource(run, floatingIp, id)),
  };
  return ctx.fixture(async () => (await lease(ctx, definition, 'dirty')).thing.address);
}

/** A port has one floating address at most. */
async function dissociateAll(ctx: CheckContext, { id }: Named): Promise<void> {
  await ctx.fixture(async () => {
    const { run } = ctx;
    const seen = await sendRequest(run, {
      ...{ service: 'compute', method: 'GET', path: `/servers/${id}`, purpose: 'preparation' },
    });
    for (const address of floatingIn(control(seen, 'the server'))) {
      await act(run, { id }, 'removeFloatingIp', { address });
    }
    return null;
  });
}

/** A floating address that the server has. */
async function associated(ctx: CheckContext, own: Named): Promise<string> {
  const address = await someAddress(ctx);
  await ctx.fixture(async () => {
    await act(ctx.run, own, 'addFloatingIp', { address });
    return null;
  });
  return address;
}

interface RefusedRole {
  readonly role: Identity;
  readonly id: string;
  readonly words: string;
  readonly sentence: string;
  readonly statuses: NonEmpty<number>;
}

const refusedRoles: readonly RefusedRole[] = [
  {
    ...{ role: 'reader', id: 'a-reader', words: 'a reader of the project', statuses: [403] },
    sentence: 'A reader may not act on servers.',
  },
  {
    // The network service does not show it the address.
    ...{ role: 'service', id: 'the-service-role', words: 'the service role alone', statuses: [403, 404] },
    sentence: 'The service role alone gives no right to act on servers.',
  },
];

export const floatingAddressClauses: readonly WrittenClause[] = [
  {
    id: `${addFloatingIp.id}#names-an-address-of-the-server`,
    statement:
      'An association that names a fixed address of the server MUST be accepted, and give the floating address.',
    quotes: [quote('An association may name the address of a port of the server.')],
    killedBy: [`${addFloatingIp.id}:skip-effect`],
    check: judgeAcceptedWith(addFloatingIp, '/addFloatingIp/fixed_address', ({ shown }, accepted) =>
      expectResponse(shown, 200, (seen) => hasFloating(seen, sentTo(accepted), true)),
    ),
  },
  {
    id: `${addFloatingIp.id}#gives-the-address`,
    statement: 'The addresses of a server MUST have the floating address that was associated with it.',
    quotes: [addFloatingIp.quote(addFloatingIp.declared.does)],
    killedBy: [`${addFloatingIp.id}:skip-effect`],
    check: judgeAccepted(addFloatingIp, {}, ({ shown }, accepted) =>
      expectResponse(shown, 200, (seen) => hasFloating(seen, sentTo(accepted), true)),
    ),
  },
  {
    id: `${removeFloatingIp.id}#takes-the-address`,
    statement: 'The addresses of a server MUST NOT have the floating address that was dissociated from it.',
    quotes: [removeFloatingIp.quote(removeFloatingIp.declared.does)],
    killedBy: [`${removeFloatingIp.id}:skip-effect`],
    check: judgeAccepted(removeFloatingIp, {}, ({ shown }, accepted) =>
      expectResponse(shown, 200, (seen) => hasFloating(seen, sentTo(accepted), false)),
    ),
  },
  ...[addFloatingIp, removeFloatingIp].map((operation): WrittenClause => ({
    id: `${operation.id}#refuses-unknown-addresses`,
    statement: `${operation.noun} that the project does not have MUST be answered with 404.`,
    quotes: [quote('A floating address that the project does not have is answered with 404.')],
    ...{ cases: 'once', capabilities: ofBoth },
    killedBy: [`${operation.id}:other-status:check.address`],
    check: (ctx) => refuses(ctx, operation, 404, { address: nobodys }),
  })),
  {
    id: `${addFloatingIp.id}#refuses-addresses-that-the-server-does-not-have`,
    statement: 'An association with a fixed address that the server does not have MUST be answered with 400.',
    quotes: [quote('An association with an address that the server does not have is answered with 400.')],
    ...{ cases: 'once', capabilities: ofBoth },
    killedBy: [`${addFloatingIp.id}:drop-check:fixed-known`],
    check: async (ctx) => {
      return refuses(ctx, addFloatingIp, 400, { address: await someAddress(ctx), fixed_address: nobodys });
    },
  },
  {
    id: `${addFloatingIp.id}#refuses-servers-without-ports`,
    statement: 'An association for a server without ports MUST be answered with 400.',
    quotes: [quote('An association for a server without ports is answered with 400.')],
    ...{ cases: 'once', capabilities: ofBoth },
    killedBy: [`${addFloatingIp.id}:drop-check:fixed`],
    check: async (ctx) => {
      const { makeDirty, ...server } = await serverToChange(ctx, { state: 'active' });
      const findings = expectRefused(await send(ctx, addFloatingIp, server, { address: await someAddress(ctx) }), 400);
      if (findings.length > 0) makeDirty();
      return findings;
    },
  },
  {
    id: `${removeFloatingIp.id}#refuses-addresses-of-other-servers`,
    about: ['status 409'],
    statement: 'A dissociation of a floating address that another server has MUST be answered with 409.',
    quotes: [quote('A dissociation of an address that another server has is answered with 409.')],
    ...{ cases: 'once', capabilities: ofBoth },
    killedBy: [`${removeFloatingIp.id}:drop-check:associated`],
    check: async (ctx) => {
      const { body = {} } = await removeFloatingIp.accepted(ctx);
      return refuses(ctx, removeFloatingIp, 409, jsonObject(body['/removeFloatingIp']));
    },
  },
  ...refusedRoles.map(({ role, id, words, statuses, sentence }): WrittenClause => ({
    id: `${removeFloatingIp.id}#refuses-${id}`,
    about: [`role ${role}`],
    statement: `${removeFloatingIp.noun} that the server has by ${words} MUST be answered with ${statuses.join(' or ')}.`,
    quotes: [every(sentence)],
    ...{ identities: [role], capabilities: ofBoth, since: since27 },
    killedBy: [`${removeFloatingIp.id}:widen-role:${role}`],
    check: async (ctx) => {
      const { resources, body: members = {} } = await removeFloatingIp.accepted(ctx);
      return expectStatus(await removeFloatingIp.send(ctx, resources, { as: role, members }), ...statuses);
    },
  })),
];

function send(
  ctx: CheckContext,
  { send: request, declared }: DeclaredAction,
  own: Named,
  value: Readonly<Record<string, Json>>,
): Promise<Exchange> {
  return request(ctx, { server: own }, { members: { [`/${declared.key}`]: value } });
}

/** The server with a port that no case changes gets and loses no floating address. */
async function refuses(
  ctx: CheckContext,
  operation: DeclaredAction,
  status: RefusalStatus,
  value: Readonly<Record<string, Json>>,
): Promise<readonly Finding[]> {
  const { makeDirty, ...server } = await serverToKeep(ctx, { state: 'active', hasPort: true });
  const response = await send(ctx, operation, server, value);
  const findings = [
    ...expectRefused(response, status),
    ...expectResponse(await observeServer(ctx, server), 200, (seen) =>
      hasFloating(seen, jsonText(value.address) ?? '', false),
    ),
  ];
  if (findings.length > 0) makeDirty();
  return findings;
}

/** The address in an accepted request. */
function sentTo(accepted: Checked): string {
  const values = [addFloatingIp, removeFloatingIp].map(({ declared: { key } }) =>
    sentValue(accepted, `/${key}/address`),
  );
  return values.flatMap((value) => jsonText(value) ?? [])[0] ?? '';
}

/** Whether the server shows the floating address. */
function hasFloating(seen: Checked, address: string, wanted: boolean): readonly Finding[] {
  const shown = floatingIn(seen);
  if (shown.includes(address) === wanted) return [];
  const expected = `${wanted ? '' : 'no '}floating ${address}`;
  return [{ kind: 'value', exchange: seen.id, pointer: '/server/addresses', expected, seen: [...shown] }];
}

function floatingIn(seen: Checked): readonly string[] {
  return Object.values(jsonObject(atPointer(bodyOf(seen), '/server/addresses')))
    .flatMap(jsonList)
    .filter((one) => jsonText(atPointer(one, '/OS-EXT-IPS:type')) === 'floating')
    .flatMap((one) => jsonText(atPointer(one, '/addr')) ?? []);
}
