/** Clauses on the creation of interfaces. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { judgeAccepted, judgeAcceptedWith, sentValue } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { bodyOf, expectResponse, expectStatus, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { removeResource } from '../../../src/resources/resource-type.ts';
import { createPort, port as portType, type Port } from '../../network/port.ts';
import { freeAddress, portNetwork, portToChange, portToKeep } from '../fixtures/server-with-port.ts';
import { expectRefused } from '../rules/refusal.ts';
import { survived, survives } from '../rules/survival.ts';
import { createInterface, every, observeInterfaces, portsIn, expectPorts } from './operations.ts';

const creation = section('server-interfaces.inc', 'Creation');
const unchanged = every('A creation or a detach that is refused leaves the interfaces of the server as they are.');
const { id } = createInterface;

const common: Pick<WrittenClause, 'cases' | 'capabilities'> = { cases: 'once', capabilities: ['networks'] };

export const creating: readonly WrittenClause[] = [
  {
    id: 'compute/create-interface#gives-the-server-a-port-of-the-network',
    statement: 'A created interface MUST have the network of the request, and be among the interfaces of the server.',
    quotes: [
      creation('Gives a server a port, which the response shows and the list has from then on.'),
      creation('With ``net_id`` the port is a new one in that network.'),
    ],
    capabilities: ['networks'],
    killedBy: ['compute:created-interfaces-are-not-listed'],
    check: async (ctx) => {
      const network = portNetwork(ctx);
      return judgeAccepted(createInterface, {}, ({ listed }, created) => [
        ...expectValue(created, '/interfaceAttachment/net_id', network),
        ...expectListed(listed, created),
      ])(ctx);
    },
  },
  {
    id: 'compute/create-interface#is-an-action-of-the-server',
    statement: 'A creation MUST be among the actions of the server, and succeed.',
    quotes: [
      every(
        'A creation and a detach are among the actions of the server, as ``attach_interface`` and ``detach_interface``.',
      ),
    ],
    range: '2.51-',
    capabilities: ['networks'],
    killedBy: ['compute:created-interfaces-are-not-logged'],
    check: judgeAccepted(createInterface, {}, ({ logged }) => logged),
  },
  {
    id: 'compute/create-interface#has-the-wanted-address',
    statement: 'An interface that was created with an address MUST have that address.',
    quotes: [creation('With ``fixed_ips`` too it has that address.')],
    ...common,
    killedBy: [`${id}:ignore-member:body.fixed_ips`],
    check: judgeAcceptedWith(createInterface, '/interfaceAttachment/fixed_ips', (_, created) =>
      expectAddress(created, sentValue(created, '/interfaceAttachment/fixed_ips/0/ip_address')),
    ),
  },
  {
    id: 'compute/create-interface#shows-its-tag',
    statement: 'An interface that was created with a tag MUST show it from 2.70 on.',
    quotes: [creation('From 2.70 on the tag of the creation is shown, or null.')],
    range: '2.70-',
    capabilities: ['networks'],
    killedBy: [`${id}:ignore-member:body.tag`],
    check: judgeAcceptedWith(createInterface, '/interfaceAttachment/tag', (_, created) =>
      expectValue(created, '/interfaceAttachment/tag', sentValue(created, '/interfaceAttachment/tag')),
    ),
  },
  {
    id: 'compute/create-interface#shows-no-tag-as-null',
    statement: 'An interface that was created without a tag MUST show null from 2.70 on.',
    quotes: [creation('From 2.70 on the tag of the creation is shown, or null.')],
    range: '2.70-',
    capabilities: ['networks'],
    killedBy: ['compute:interfaces-have-a-tag'],
    check: judgeAccepted(createInterface, {}, (_, created) => expectValue(created, '/interfaceAttachment/tag', null)),
  },
  {
    id: 'compute/create-interface#gives-the-server-the-port-of-the-id',
    statement: 'A creation with the id of a port MUST give the server that port.',
    quotes: [creation('With ``port_id`` the server gets that port.')],
    ...common,
    killedBy: [`${id}:ignore-member:body.port_id`],
    check: async (ctx) => {
      const { server } = await portToChange(ctx, { state: 'active' });
      const own = await ownPort(ctx);
      const response = await createInterface.send(ctx, { server }, { body: ofPort(own.id) });
      return expectResponse(response, 200, (created) => expectValue(created, '/interfaceAttachment/port_id', own.id));
    },
  },
  {
    id: 'compute/create-interface#refuses-a-port-in-use',
    statement: 'A port that a server has MUST be answered with 400 or 409, and the server MUST keep its interfaces.',
    quotes: [
      creation('A port that a server has is answered with 400 or 409, and one that does not exist with 404.'),
      unchanged,
    ],
    ...common,
    killedBy: [`${id}:drop-check:port`],
    check: async (ctx) => {
      const { server } = await portToChange(ctx, { state: 'active' });
      const own = await ownPort(ctx);
      const first = await createInterface.send(ctx, { server }, { body: ofPort(own.id) });
      return [
        ...expectStatus(first, 200),
        ...(await refuses(ctx, { port_id: own.id }, (response) => expectStatus(response, 400, 409))),
      ];
    },
  },
  {
    id: 'compute/create-interface#refuses-unknown-ports',
    statement: 'A port that does not exist MUST be answered with 404.',
    quotes: [creation('A port that a server has is answered with 400 or 409, and one that does not exist with 404.')],
    ...common,
    killedBy: [`${id}:other-status:check.port`],
    check: (ctx) => refuses(ctx, { port_id: ctx.uuid() }, (response) => expectRefused(response, 404)),
  },
  {
    id: 'compute/create-interface#refuses-an-address-in-use',
    statement: 'An address that another port has MUST be answered with 400 or 409.',
    quotes: [creation('An address that another port has is answered with 400 or 409.')],
    ...common,
    killedBy: [`${id}:drop-check:address`],
    check: async (ctx) => {
      const { server, port } = await portToKeep(ctx, { state: 'active' });
      const listed = await observeInterfaces(ctx, server);
      return expectResponse(listed, 200, (seen) => {
        const address = jsonText(atPointer(bodyOf(seen), '/interfaceAttachments/0/fixed_ips/0/ip_address'));
        return address === undefined ? expectPorts(seen, [port.id]) : [];
      }).concat(
        await refuses(
          ctx,
          {
            net_id: portNetwork(ctx),
            fixed_ips: [{ ip_address: addressIn(listed) }],
          },
          (response) => expectStatus(response, 400, 409),
        ),
      );
    },
  },
  {
    id: 'compute/create-interface#refuses-an-address-without-a-network',
    statement: 'An address without a network MUST be answered with 400.',
    quotes: [creation('An address without a network is answered with 400.')],
    ...common,
    killedBy: [`${id}:drop-check:network-for-address`],
    check: async (ctx) => {
      const { server } = await portToKeep(ctx, { state: 'active' });
      const address = await freeAddress(ctx, server);
      return refuses(ctx, { fixed_ips: [{ ip_address: address }] }, (response) => expectRefused(response, 400));
    },
  },
  {
    id: 'compute/create-interface#refuses-a-network-and-a-port',
    statement: 'A network and a port together MUST be answered with 400.',
    quotes: [creation('A network and a port together are answered with 400.')],
    ...common,
    killedBy: [`${id}:drop-check:one-source`],
    check: async (ctx) => {
      const own = await ownPort(ctx);
      return refuses(ctx, { net_id: portNetwork(ctx), port_id: own.id }, (response) => expectRefused(response, 400));
    },
  },
  {
    id: 'compute/create-interface#survives-what-is-in-no-network',
    statement:
      'A network that does not exist, or an address that is in no subnet, SHOULD NOT be answered with a status of 500 or above.',
    quotes: [survives],
    ...common,
    errata: ['interfaces-break-over-unknown-networks'],
    killedBy: ['compute:unknown-networks-break-a-creation'],
    check: async (ctx) => [
      ...(await refuses(ctx, { net_id: ctx.uuid() }, survived)),
      ...(await refuses(ctx, { net_id: portNetwork(ctx), fixed_ips: [{ ip_address: '192.0.2.1' }] }, survived)),
    ],
  },
];

/** A port that no server has; it is removed when the case completes. */
export function ownPort(ctx: CheckContext): Promise<Port> {
  return ctx.fixture(async () => {
    const own = await createPort(ctx.run, 'own');
    ctx.after(() => ctx.run.background(removeResource(ctx.run, portType, own.id)));
    return own;
  });
}

export function ofPort(portId: string): JsonObject {
  return { interfaceAttachment: { port_id: portId } };
}

async function refuses(
  ctx: CheckContext,
  wanted: JsonObject,
  judge: (response: Exchange) => readonly Finding[],
): Promise<readonly Finding[]> {
  const { server, port, makeDirty } = await portToKeep(ctx, { state: 'active' });
  const response = await createInterface.send(ctx, { server }, { body: { interfaceAttachment: wanted } });
  const findings = [
    ...judge(response),
    ...expectResponse(await observeInterfaces(ctx, server), 200, (seen) => expectPorts(seen, [port.id])),
  ];
  if (findings.length > 0) makeDirty();
  return findings;
}

function addressIn(listed: Exchange): string {
  const body: Json | undefined = listed.response ? bodyOf(listed as Checked) : undefined;
  return jsonText(atPointer(body ?? null, '/interfaceAttachments/0/fixed_ips/0/ip_address')) ?? '';
}

function expectListed(listed: Exchange, created: Checked): readonly Finding[] {
  const id = jsonText(atPointer(bodyOf(created), '/interfaceAttachment/port_id')) ?? '';
  return expectResponse(listed, 200, (seen) =>
    portsIn(seen).includes(id)
      ? []
      : [
          {
            kind: 'value',
            exchange: seen.id,
            pointer: '/interfaceAttachments',
            expected: `the port ${id} among them`,
            seen: [...portsIn(seen)],
          },
        ],
  );
}

function expectAddress(created: Checked, address: Json | undefined): readonly Finding[] {
  return expectValue(created, '/interfaceAttachment/fixed_ips/0/ip_address', address ?? null);
}
