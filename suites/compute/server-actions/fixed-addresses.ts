/** Actions that give the port of a server another address, and take one from it, up to 2.43; with their clauses. */
import { judgeAccepted, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { Named, NotCompleted } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { Unreached } from '../../../src/execution/errors.ts';
import { pollShown } from '../../../src/execution/poll.ts';
import type { RunContext } from '../../../src/execution/run-context.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';
import { act } from '../fixtures/enter-state.ts';
import { portNetwork } from '../fixtures/server-with-port.ts';
import { observeInterfaces } from '../interfaces/operations.ts';
import { everyState } from './lock.ts';
import type { ServerAction } from './action-types.ts';
import { otherOf, serverAction } from './server-action.ts';

const quote = section('server-actions.inc', 'Fixed addresses');

/** States in which a server may have no host, or no port. */
const open = ['shelved', 'shelved-offloaded', 'error'] as const;

/** What both actions have in common. */
const common = {
  ...{ log: false, section: 'Fixed addresses', by: 'member', lastVersion: '2.43', hasPort: true },
  capabilities: ['networks'],
  ...{ from: 'active', also: everyState.filter((state) => !open.some((one) => one === state)), open },
  states: 'Both are accepted in every state of a server that has a host.',
  // Release 34 refuses a locked server with 500.
  locked: 'open',
  // The host may still change the addresses after the case.
  spends: 'always',
} as const satisfies Partial<ServerAction>;

export const addFixedIp = serverAction('compute/add-fixed-ip', {
  ...{ key: 'addFixedIp', noun: 'An addition of an address', ...common },
  does: 'An addition gives the port of a server in a network another address; the status of the server stays.',
  refers: { 'body /addFixedIp/networkId': { to: { type: 'network', ids: 'uuid' }, or: 'fixture' } },
  prepare: (ctx, own) => bringAddresses(ctx, own, 1),
  argument: (ctx) => ({ networkId: portNetwork(ctx) }),
  looks: (ctx, _, own) => untilCount(ctx, own, 2),
});

export const removeFixedIp = serverAction('compute/remove-fixed-ip', {
  ...{ key: 'removeFixedIp', noun: 'A removal of an address', ...common },
  does: 'A removal takes an address from the ports of a server; the status of the server stays.',
  values: ['address'],
  prepare: (ctx, own) => bringAddresses(ctx, own, 2),
  argument: async (ctx, own) => ({ address: await lastAddress(ctx, own) }),
  looks: (ctx, _, own) => untilCount(ctx, own, 1),
});

export const fixedAddressClauses: readonly WrittenClause[] = [
  {
    id: `${addFixedIp.id}#gives-an-address`,
    statement: 'The port of a server with one address MUST have two after an addition.',
    quotes: [
      quote('An addition gives the port of a server in a network another address; the status of the server stays.'),
    ],
    killedBy: [`${addFixedIp.id}:skip-effect`],
    check: judgeAccepted(addFixedIp, {}, (acted) =>
      expectResponse(otherOf(acted), 200, (seen) => expectCount(seen, 2)),
    ),
  },
  {
    id: `${removeFixedIp.id}#takes-the-address`,
    statement: 'The port of a server MUST NOT have the address that was removed, and keep its other one.',
    quotes: [quote('A removal takes an address from the ports of a server; the status of the server stays.')],
    killedBy: [`${removeFixedIp.id}:skip-effect`, 'compute:removal-takes-another-address'],
    check: judgeAccepted(removeFixedIp, {}, (acted, accepted) =>
      expectResponse(otherOf(acted), 200, (seen) => {
        const address = jsonText(sentValue(accepted, '/removeFixedIp/address')) ?? '';
        return addressesIn(seen).includes(address)
          ? [{ kind: 'value', exchange: seen.id, pointer: '/interfaceAttachments', expected: null, seen: address }]
          : expectCount(seen, 1);
      }),
    ),
  },
];

function expectCount(seen: Checked, count: number): readonly Finding[] {
  const found = addressesIn(seen);
  if (found.length === count) return [];
  const expected = `${count} addresses`;
  return [{ kind: 'value', exchange: seen.id, pointer: '/interfaceAttachments', expected, seen: [...found] }];
}

function addressesIn(listed: Checked): readonly string[] {
  return jsonList(atPointer(bodyOf(listed), '/interfaceAttachments')).flatMap((each) =>
    jsonList(atPointer(each, '/fixed_ips')).flatMap((one) => jsonText(atPointer(one, '/ip_address')) ?? []),
  );
}

/** The interfaces once they have so many addresses. */
async function untilCount(ctx: CheckContext, own: Named, count: number): Promise<Exchange | NotCompleted> {
  const incomplete = await ctx.eventually({
    look: () => observeInterfaces(ctx, own),
    until: (listed) => addressesIn(listed).length === count,
    expected: `${count} addresses`,
    seen: (listed) => addressesIn(listed).join(', '),
    timeoutMs: timeouts.attachment,
  });
  return incomplete.length > 0 ? { incomplete } : observeInterfaces(ctx, own);
}

/** The last fixed address of a server. */
export function lastAddress(ctx: CheckContext, own: Named): Promise<string> {
  return ctx.fixture(async () => (await addressesOf(ctx.run, own)).at(-1) ?? '192.0.2.1');
}

/** Gives the server so many addresses. @throws Unreached */
async function bringAddresses(ctx: CheckContext, own: Named, count: number): Promise<void> {
  const network = portNetwork(ctx);
  await ctx.fixture(async () => {
    let found = await addressesOf(ctx.run, own);
    while (found.length !== count) {
      const isMissing = found.length < count;
      const next = found.length + (isMissing ? 1 : -1);
      const last = found.at(-1) ?? '';
      if (isMissing) await act(ctx.run, own, 'addFixedIp', { networkId: network });
      else await act(ctx.run, own, 'removeFixedIp', { address: last });
      found = await addressesOf(ctx.run, own, next);
    }
    return null;
  });
}

/** Waits for their number, if it is given. @throws Unreached */
async function addressesOf(run: RunContext, { id }: Named, count?: number): Promise<readonly string[]> {
  const { last, isMet } = await pollShown(
    run,
    () => sendRequest(run, { ...preparing, method: 'GET', path: `/servers/${id}/os-interface` }),
    (listed) => count === undefined || addressesIn(listed).length === count,
    timeouts.attachment,
    'addresses of a server',
  );
  if (!isMet) throw new Unreached(`${count ?? 0} addresses`, `The server has ${addressesIn(last).join(', ')}.`, last);
  return addressesIn(last);
}

const preparing = { service: 'compute', purpose: 'preparation' } as const;
