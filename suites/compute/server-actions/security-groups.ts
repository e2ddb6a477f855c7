/** Actions that give the ports of a server a security group of its project, and take it from them; with their clauses. */
import { judgeAccepted, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { sendRequest } from '../../../src/execution/send-request.ts';
import { atPointer, jsonList, jsonText } from '../../../src/json.ts';
import { createSecurityGroup, createTwins, securityGroup, type SecurityGroup } from '../../network/security-group.ts';
import { act } from '../fixtures/enter-state.ts';
import { sharedFixture } from '../fixtures/lease.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { everyState } from './lock.ts';
import type { DeclaredAction, ServerAction } from './action-types.ts';
import { otherOf, serverAction } from './server-action.ts';

const quote = section('server-actions.inc', 'Security groups');

/** The security group that every project has. */
const everyone = 'default';

/** What both actions have in common. */
function ofGroups(key: string): Pick<ServerAction, Common> {
  return {
    ...{ key, log: false, section: 'Security groups', by: 'member', isOfProject: true, hasPort: true },
    capabilities: ['networks'],
    // A security group is not changed by what has it.
    values: ['name'],
    argument: async (ctx) => ({ name: (await someGroup(ctx)).name }),
    // Other projects have one of that name, too.
    refusedArgument: { name: everyone },
    // A server in error may have lost its ports.
    ...{ from: 'active', also: everyState.filter((state) => state !== 'error'), open: ['error'] },
    states: 'Both are accepted in every state of the server, and while it is locked.',
    locked: 'accepted',
    stateQuotes: { locked: 'Both are accepted in every state of the server, and while it is locked.' },
    looks: (ctx, _, own) => observeGroups(ctx, own),
  };
}

type Common =
  | 'key'
  | 'log'
  | 'section'
  | 'by'
  | 'isOfProject'
  | 'hasPort'
  | 'capabilities'
  | 'values'
  | 'argument'
  | 'refusedArgument'
  | 'from'
  | 'also'
  | 'open'
  | 'states'
  | 'locked'
  | 'stateQuotes'
  | 'looks';

export const addSecurityGroup = serverAction('compute/add-security-group-to-a-server', {
  ...{ noun: 'An addition of a security group', ...ofGroups('addSecurityGroup') },
  does: 'An addition gives the ports of a server a security group of its project; the status of the server stays.',
  prepare: (ctx, own) => bringGroup(ctx, own, false),
});

export const removeSecurityGroup = serverAction('compute/remove-security-group-from-a-server', {
  ...{ noun: 'A removal of a security group', ...ofGroups('removeSecurityGroup') },
  does: 'A removal takes a security group from the ports of a server; the status of the server stays.',
  prepare: (ctx, own) => bringGroup(ctx, own, true),
});

/** A security group of the run, which several servers may have. */
function someGroup(ctx: CheckContext): Promise<SecurityGroup> {
  return sharedFixture(ctx, {
    ...{ key: 'security group for actions', resources: {}, copies: 1, sharers: Infinity },
    build: () => createSecurityGroup(ctx.run, 'actions'),
    // Servers have it until they are removed.
    takeDown: () => Promise.resolve(),
  });
}

/** One of two security groups of the run that have one name. */
function twins(ctx: CheckContext): Promise<SecurityGroup> {
  return sharedFixture(ctx, {
    ...{ key: 'security groups of one name', resources: {}, copies: 1, sharers: Infinity },
    build: () => createTwins(ctx.run, 'twins'),
    takeDown: () => Promise.resolve(),
  });
}

/** The security groups of the ports of the server. */
function observeGroups(ctx: CheckContext, { id }: Named): Promise<Exchange> {
  return ctx.call('compute/list-security-groups-by-server', { path: { server_id: id }, purpose: 'observation' });
}

function groupsIn(listed: Checked): readonly string[] {
  return jsonList(atPointer(bodyOf(listed), '/security_groups')).flatMap(
    (each) => jsonText(atPointer(each, '/name')) ?? [],
  );
}

/** The server has the group, or does not have it. */
async function bringGroup(ctx: CheckContext, own: Named, wanted: boolean): Promise<void> {
  const group = await someGroup(ctx);
  await ctx.fixture(async () => {
    const { run } = ctx;
    const listed = await sendRequest(run, {
      ...{ service: 'compute', method: 'GET', path: `/servers/${own.id}/os-security-groups`, purpose: 'preparation' },
    });
    const hasIt = groupsIn(control(listed, 'the security groups of the server')).includes(group.name);
    if (hasIt !== wanted)
      await act(run, own, wanted ? 'addSecurityGroup' : 'removeSecurityGroup', { name: group.name });
    return null;
  });
}

export const securityGroupClauses: readonly WrittenClause[] = [
  {
    id: `${addSecurityGroup.id}#gives-the-group`,
    statement: 'A server MUST have the security group that was added to it.',
    quotes: [
      quote('An addition gives the ports of a server a security group of its project; the status of the server stays.'),
    ],
    killedBy: [`${addSecurityGroup.id}:skip-effect`],
    check: judgeAccepted(addSecurityGroup, {}, (acted, accepted) => hasGroup(otherOf(acted), sentTo(accepted), true)),
  },
  {
    id: `${removeSecurityGroup.id}#takes-the-group`,
    statement: 'A server MUST NOT have the security group that was removed from it, and keep its others.',
    quotes: [quote('A removal takes a security group from the ports of a server; the status of the server stays.')],
    killedBy: [`${removeSecurityGroup.id}:skip-effect`, 'compute:removal-takes-all-security-groups'],
    check: judgeAccepted(removeSecurityGroup, {}, (acted, accepted) =>
      hasGroup(otherOf(acted), sentTo(accepted), false),
    ),
  },
  ...[addSecurityGroup, removeSecurityGroup].flatMap((operation): readonly WrittenClause[] => [
    {
      id: `${operation.id}#refuses-unknown-groups`,
      statement: `${operation.noun} that does not exist MUST be answered with 404 and change nothing.`,
      quotes: [quote('A security group that the project does not have is answered with 404.')],
      ...{ cases: 'once', capabilities: ['networks'] },
      killedBy: [
        operation === addSecurityGroup
          ? `${operation.id}:drop-check:group`
          : 'compute:removal-takes-unknown-security-groups',
      ],
      check: async (ctx) => refuses(ctx, operation, await ctx.newName(securityGroup)),
    },
    {
      id: `${operation.id}#refuses-ambiguous-names`,
      about: ['status 409'],
      statement: `${operation.noun} whose name another one of the project has MUST be answered with 409 and change nothing.`,
      quotes: [quote('A name that several security groups of the project have is answered with 409.')],
      ...{ cases: 'once', capabilities: ['networks'] },
      killedBy: [`${operation.id}:drop-check:one-group`],
      check: async (ctx) => refuses(ctx, operation, (await twins(ctx)).name, 409),
    },
    {
      id: `${operation.id}#refuses-servers-without-ports`,
      statement: `${operation.noun} for a server without ports MUST be answered with 404.`,
      quotes: [quote('A server without ports is answered with 404.')],
      ...{ cases: 'once', capabilities: ['networks'] },
      killedBy: [`${operation.id}:drop-check:ports`],
      check: async (ctx) => {
        const { makeDirty, ...server } = await serverToChange(ctx, { state: 'active' });
        const findings = expectRefused(await send(ctx, operation, server, everyone), 404);
        if (findings.length > 0) makeDirty();
        return findings;
      },
    },
  ]),
  {
    id: `${removeSecurityGroup.id}#refuses-groups-that-the-server-does-not-have`,
    statement:
      'A removal of a security group that the server does not have MUST be answered with 404 and change nothing.',
    quotes: [quote('A removal of a group that the server does not have is answered with 404.')],
    ...{ cases: 'once', capabilities: ['networks'] },
    killedBy: [`${removeSecurityGroup.id}:drop-check:associated`],
    check: async (ctx) => refuses(ctx, removeSecurityGroup, (await someGroup(ctx)).name),
  },
];

function send(ctx: CheckContext, { send: act, declared }: DeclaredAction, own: Named, name: string): Promise<Exchange> {
  return act(ctx, { server: own }, { members: { [`/${declared.key}`]: { name } } });
}

/** The name in an accepted request. */
function sentTo(response: Checked): string {
  const keys = [addSecurityGroup, removeSecurityGroup].map(({ declared }) => declared.key);
  return keys.flatMap((key) => jsonText(sentValue(response, `/${key}/name`)) ?? [])[0] ?? '';
}

/** The list has the group, or the others only. */
function hasGroup(list: Exchange, name: string, wanted: boolean): readonly Finding[] {
  return expectResponse(list, 200, (seen) => {
    const others = groupsIn(seen).filter((one) => one !== name);
    const expected = others.length > 0 ? others : ['another security group'];
    return hasExactly(seen, wanted ? [...expected, name] : expected);
  });
}

/** In any order. */
function hasExactly(seen: Checked, expected: readonly string[]): readonly Finding[] {
  const names = groupsIn(seen);
  const isSame = [...names].sort().join() === [...expected].sort().join();
  return isSame
    ? []
    : [{ kind: 'value', exchange: seen.id, pointer: '/security_groups', expected: [...expected], seen: [...names] }];
}

/** The server with a port that no case changes keeps its groups. */
async function refuses(
  ctx: CheckContext,
  operation: DeclaredAction,
  name: string,
  status: 404 | 409 = 404,
): Promise<readonly Finding[]> {
  const { makeDirty, ...server } = await serverToKeep(ctx, { state: 'active', hasPort: true });
  const before = groupsIn(control(await observeGroups(ctx, server), 'the security groups of the server'));
  const response = await send(ctx, operation, server, name);
  const findings = [
    ...expectRefused(response, status),
    ...expectResponse(await observeGroups(ctx, server), 200, (seen) => hasExactly(seen, before)),
  ];
  if (findings.length > 0) makeDirty();
  return findings;
}
