/** The clauses on what can be read of a server beside its details; here those that no rule expresses. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import {
  bodyOf,
  expectNoBody,
  expectResponse,
  expectStatus,
  expectValue,
  type Checked,
} from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import { computeRules } from '../rules/index.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import {
  clearPassword,
  listAddresses,
  listSecurityGroups,
  ofAddresses,
  ofDiagnostics,
  ofGroups,
  ofPassword,
  ofTopology,
  serverDetailOperations,
  showAddresses,
  showDiagnostics,
  showTopology,
} from './operations.ts';

const written: readonly WrittenClause[] = [
  {
    id: 'compute/list-ips#lists-what-the-server-shows',
    statement: 'A list MUST have the addresses that the server shows, with their versions, under the same labels.',
    quotes: [
      ofAddresses('Lists the addresses of a server that the server shows, each under the label of its network.'),
    ],
    capabilities: ['networks'],
    killedBy: ['compute:addresses-lack-the-last'],
    check: judgeAccepted(listAddresses, {}, ({ shown }, listed) =>
      expectResponse(shown, 200, (seen) => expectValue(listed, '/addresses', addressesIn(seen))),
    ),
  },
  {
    id: 'compute/list-ips#lists-no-addresses-as-an-empty-object',
    statement: 'The list of a server without addresses MUST have an empty object.',
    quotes: [ofAddresses('A server without addresses has an empty object.')],
    cases: 'once',
    killedBy: ['compute:no-addresses-is-null'],
    check: async (ctx) => {
      const resources = { server: await portless(ctx) };
      return expectResponse(await listAddresses.send(ctx, resources), 200, (seen) =>
        expectValue(seen, '/addresses', {}),
      );
    },
  },
  {
    id: 'compute/show-ip-details#shows-the-addresses-of-the-label',
    about: ['path network_label'],
    statement: 'The addresses in a network MUST be those that the list has under its label, and no others.',
    quotes: [ofAddresses('The addresses in one network are those that the list has under its label.')],
    killedBy: ['compute:network-addresses-lack-the-last'],
    check: judgeAccepted(showAddresses, {}, ({ listed }, shown) =>
      expectResponse(listed, 200, (seen) => expectListed(shown, jsonObject(atPointer(bodyOf(seen), '/addresses')))),
    ),
  },
  {
    id: 'compute/show-ip-details#refuses-labels-of-other-networks',
    statement: 'A label of a network in which the server has no address MUST be answered with 404.',
    quotes: [ofAddresses('A label of a network in which the server has no address is answered with 404.')],
    cases: 'once',
    killedBy: [`${showAddresses.id}:drop-check:label`],
    check: async (ctx) => {
      const label = { id: 'osc-other' };
      const { resources } = await showAddresses.accepted(ctx);
      return expectRefused(await showAddresses.send(ctx, { ...resources, label }), 404);
    },
  },
  {
    id: 'compute/list-security-groups-by-server#lists-what-the-server-shows',
    statement: 'A list MUST have the security groups that the server shows, each of the project of the server.',
    quotes: [
      ofGroups('Lists the security groups of the ports of a server, which are those that the server shows.'),
      ofGroups('They belong to the project of the server.'),
    ],
    capabilities: ['networks'],
    killedBy: ['compute:security-groups-lack-the-last', 'compute:security-groups-of-another-project'],
    check: judgeAccepted(listSecurityGroups, {}, ({ shown }, listed) =>
      expectResponse(shown, 200, (seen) => [
        ...expectSame(listed, '/security_groups', namesIn(listed, '/security_groups'), groupsIn(seen)),
        ...jsonList(atPointer(bodyOf(listed), '/security_groups')).flatMap((_, index) =>
          expectValue(
            listed,
            `/security_groups/${index}/tenant_id`,
            atPointer(bodyOf(seen), '/server/tenant_id') ?? null,
          ),
        ),
      ]),
    ),
  },
  {
    id: 'compute/list-security-groups-by-server#lists-none-without-ports',
    statement: 'The list of a server without ports MUST be empty.',
    quotes: [ofGroups('A server without ports has an empty list.')],
    cases: 'once',
    killedBy: ['compute:security-groups-without-ports'],
    check: async (ctx) => {
      const resources = { server: await portless(ctx) };
      return expectResponse(await listSecurityGroups.send(ctx, resources), 200, (seen) =>
        expectValue(seen, '/security_groups', []),
      );
    },
  },
  {
    id: 'compute/clear-admin-password#removes-the-password',
    statement: 'A password that was cleared MUST be shown as an empty string.',
    quotes: [
      ofPassword('Clearing it removes the stored password: an empty string is shown from then on.'),
      ofPassword('Shows the encrypted password that the cloud has stored for a server, or an empty string.'),
      ofPassword('The response to a request that clears it has no body.'),
    ],
    killedBy: [`${clearPassword.id}:skip-effect`, 'compute:no-password-is-null'],
    check: judgeAccepted(clearPassword, {}, ({ password }, cleared) => [
      ...expectNoBody(cleared),
      ...expectResponse(password, 200, (seen) => expectValue(seen, '/password', '')),
    ]),
  },
  {
    id: 'compute/clear-admin-password#leaves-the-server-as-it-is',
    statement: 'A server whose password was cleared MUST be active, without a task.',
    quotes: [ofPassword('A server whose password is cleared stays as it is.')],
    killedBy: ['compute:clearing-a-password-ends-in-error'],
    check: judgeAccepted(clearPassword, {}, ({ shown }) =>
      expectResponse(shown, 200, (seen) => [
        ...expectValue(seen, '/server/status', 'ACTIVE'),
        ...expectValue(seen, '/server/OS-EXT-STS:task_state', null),
      ]),
    ),
  },
  {
    id: 'compute/clear-admin-password#clears-an-empty-password',
    statement: 'A password that is empty MUST be cleared like any other.',
    quotes: [ofPassword('A password that is empty can be cleared.')],
    cases: 'once',
    killedBy: ['compute:clearing-needs-a-password'],
    check: async (ctx) => {
      const { makeDirty, ...own } = await serverToChange(ctx, { state: 'active' });
      makeDirty();
      const findings: Finding[] = [];
      for (let sent = 0; sent < 2; sent += 1) {
        findings.push(...expectStatus(await clearPassword.send(ctx, { server: own }), 204));
      }
      return findings;
    },
  },
  {
    id: 'compute/show-server-diagnostics#counts-what-it-describes',
    statement: 'Each number of processors, disks and interfaces MUST be that of the entries that describe them.',
    quotes: [
      ofDiagnostics(
        'From 2.48 on a server has as many entries in ``cpu_details`` as ``num_cpus`` says, in ``disk_details`` as ``num_disks`` says, and in ``nic_details`` as ``num_nics`` says.',
      ),
    ],
    range: '2.48-',
    identities: ['admin'],
    killedBy: ['compute:diagnostics-count-one-more'],
    check: judgeAccepted(showDiagnostics, {}, (_, shown) =>
      (
        [
          ['num_cpus', 'cpu_details'],
          ['num_disks', 'disk_details'],
          ['num_nics', 'nic_details'],
        ] as const
      ).flatMap(([number, list]) =>
        expectValue(shown, `/${number}`, jsonList(atPointer(bodyOf(shown), `/${list}`)).length),
      ),
    ),
  },
  {
    id: 'compute/show-server-topology#hosts-are-for-administrators',
    about: ['response /nodes/*/host_node', 'response /nodes/*/cpu_pinning'],
    statement: 'A node MUST have host_node and cpu_pinning for an administrator, and for nobody else.',
    quotes: [ofTopology('Only an administrator sees ``host_node`` and ``cpu_pinning`` of a node.')],
    identities: ['admin'],
    killedBy: ['compute:topology-shows-hosts-to-everybody', 'compute:topology-hides-hosts'],
    check: async (ctx) => {
      const { resources } = await showTopology.accepted(ctx);
      const own = control(await showTopology.send(ctx, resources), 'the topology of the server');
      const all = control(await showTopology.send(ctx, resources, { as: 'admin' }), 'the topology of the server');
      if (nodes(all).length === 0) throw new NotBound('The server has no NUMA topology: its flavor asks for none.');
      return [...judgeNodes(own, false), ...judgeNodes(all, true)];
    },
  },
];

export const serverDetailClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, serverDetailOperations),
  ...written,
];

function nodes(seen: Checked): readonly unknown[] {
  return jsonList(atPointer(bodyOf(seen), '/nodes'));
}

function judgeNodes(seen: Checked, areShown: boolean): readonly Finding[] {
  return nodes(seen).flatMap((_, index) =>
    ['host_node', 'cpu_pinning'].flatMap((name): readonly Finding[] => {
      const pointer = `/nodes/${index}/${name}`;
      const isShown = atPointer(bodyOf(seen), pointer) !== undefined;
      if (isShown === areShown) return [];
      return [{ kind: 'value', exchange: seen.id, pointer, expected: areShown ? 'a value' : 'no value' }];
    }),
  );
}

/** @throws NotBound where every server has a port */
async function portless(ctx: CheckContext): Promise<Named> {
  if (ctx.run.target.fixtures.network !== undefined) throw new NotBound('Every server of the run has a port.');
  const { id } = await serverToKeep(ctx, { state: 'active' });
  return { id };
}

/** The addresses of the server without what the list does not have. */
function addressesIn(shown: Checked): JsonObject {
  const all = jsonObject(atPointer(bodyOf(shown), '/server/addresses'));
  return Object.fromEntries(
    Object.entries(all).map(([label, list]): [string, Json] => [
      label,
      jsonList(list).map((one) => {
        const { version = null, addr = null } = jsonObject(one);
        return { version, addr };
      }),
    ]),
  );
}

/** One of the networks of a list, as the list has it. */
function expectListed(shown: Checked, listed: JsonObject): readonly Finding[] {
  const [label = '', ...others] = Object.keys(jsonObject(bodyOf(shown)));
  if (others.length > 0) return [{ kind: 'value', exchange: shown.id, pointer: '', expected: 'one network' }];
  return expectValue(shown, `/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`, listed[label] ?? null);
}

/** A server shows a group once for each of its ports. */
function groupsIn(shown: Checked): readonly string[] {
  return namesIn(shown, '/server/security_groups');
}

function namesIn(seen: Checked, pointer: string): readonly string[] {
  const names = jsonList(atPointer(bodyOf(seen), pointer)).flatMap((one) => jsonText(atPointer(one, '/name')) ?? []);
  return [...new Set(names)].sort();
}

function expectSame(
  { id: exchange }: Checked,
  pointer: string,
  seen: readonly string[],
  expected: readonly string[],
): readonly Finding[] {
  return seen.join() === expected.join()
    ? []
    : [{ kind: 'value', exchange, pointer, expected: [...expected], seen: [...seen] }];
}
