/** The clauses on the interfaces of servers; here those that read them. */
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { bodyOf, expectResponse, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import { portToChange, portToKeep } from '../fixtures/server-with-port.ts';
import { serverToKeep } from '../fixtures/server-in-state.ts';
import { computeRules } from '../rules/index.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { creating } from './creating.ts';
import { detaching } from './detaching.ts';
import { interfaceOperations, listInterfaces, observePort, portsIn, expectPorts, showInterface } from './operations.ts';

const file = 'server-interfaces.inc';
const listing = section(file, 'List of interfaces');
const showing = section(file, 'Show an interface');

const reading: readonly WrittenClause[] = [
  {
    id: 'compute/list-port-interfaces#lists-the-ports-of-the-server',
    statement: 'A list MUST have the ports of the server as the network service has them, and no others.',
    quotes: [listing('Lists each port of a server, as the network service has it, and none of another server.')],
    cases: 'once',
    capabilities: ['networks'],
    killedBy: [`${listInterfaces.id}:unscoped-lookup:list`, 'compute:interfaces-have-another-address'],
    check: async (ctx) => {
      const [kept, changed] = [
        await portToKeep(ctx, { state: 'active' }),
        await portToChange(ctx, { state: 'active' }),
      ];
      const others = portsIn(control(await listInterfaces.send(ctx, { server: changed.server }), 'the interfaces'));
      const listed = await listInterfaces.send(ctx, { server: kept.server });
      const port = control(await observePort(ctx, kept.port), 'the port');
      return expectResponse(listed, 200, (seen) => [
        ...expectPorts(seen, [kept.port.id]),
        ...(others.some((id) => portsIn(seen).includes(id)) ? expectPorts(seen, []) : []),
        ...judgePort(seen, port),
      ]);
    },
  },
  {
    id: 'compute/list-port-interfaces#lists-nothing-without-ports',
    statement: 'The list of a server without ports MUST be empty.',
    quotes: [listing('A server without ports has an empty list.')],
    cases: 'once',
    killedBy: ['compute:no-interfaces-is-null'],
    check: async (ctx) => {
      if (ctx.run.target.fixtures.network !== undefined) throw new NotBound('Every server of the run has a port.');
      const { id, name } = await serverToKeep(ctx, { state: 'active' });
      const own = { id, name };
      return expectResponse(await listInterfaces.send(ctx, { server: own }), 200, (seen) =>
        expectValue(seen, '/interfaceAttachments', []),
      );
    },
  },
  {
    id: 'compute/show-port-interface-details#shows-what-the-list-has',
    about: ['path port_id'],
    statement: 'An interface MUST be shown as the list has it.',
    quotes: [showing('Shows an interface as the list does.')],
    capabilities: ['networks'],
    killedBy: ['compute:interface-shows-another-address'],
    check: async (ctx) => {
      const { server, port } = await portToKeep(ctx, { state: 'active' });
      const listed = control(await listInterfaces.send(ctx, { server }), 'the interfaces');
      const expected = jsonList(atPointer(bodyOf(listed), '/interfaceAttachments')).find(
        (each) => jsonObject(each).port_id === port.id,
      );
      return expectResponse(await showInterface.send(ctx, { server, port }), 200, (seen) =>
        expectValue(seen, '/interfaceAttachment', expected ?? null),
      );
    },
  },
  {
    id: 'compute/show-port-interface-details#hides-ports-of-other-servers',
    statement: 'A request for a port of another server MUST be answered with 404.',
    quotes: [showing('A port of another server, and one that does not exist, is answered with 404.')],
    cases: 'once',
    capabilities: ['networks'],
    killedBy: [`${showInterface.id}:unscoped-lookup:port`],
    check: async (ctx) => {
      const { port, other } = await twoServers(ctx);
      return expectRefused(await showInterface.send(ctx, { server: other, port }), 404);
    },
  },
];

export const interfaceClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, interfaceOperations),
  ...reading,
  ...creating,
  ...detaching,
];

async function twoServers(ctx: CheckContext): Promise<{
  readonly port: { readonly id: string };
  readonly other: { readonly id: string };
}> {
  const { port } = await portToKeep(ctx, { state: 'active' });
  const { server: other } = await portToChange(ctx, { state: 'active' });
  return { port, other };
}

/** The first interface is the port as the network service has it. */
function judgePort(seen: Checked, port: Checked): readonly Finding[] {
  const shown = jsonObject(atPointer(bodyOf(port), '/port'));
  const at = '/interfaceAttachments/0';
  return [
    ...expectValue(seen, `${at}/net_id`, shown.network_id ?? null),
    ...expectValue(seen, `${at}/mac_addr`, shown.mac_address ?? null),
    ...expectValue(seen, `${at}/fixed_ips`, shown.fixed_ips ?? null),
  ];
}
