/** Clauses on the detach of interfaces. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectNoBody, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { control, expectRefused, nonexistent } from '../rules/refusal.ts';
import { portToChange, portToKeep } from '../fixtures/server-with-port.ts';
import {
  createInterface,
  detachInterface,
  eventuallyDetached,
  every,
  expectPorts,
  observeInterfaces,
  observePort,
  portsIn,
} from './operations.ts';
import { ofPort, ownPort } from './creating.ts';

const detach = section('server-interfaces.inc', 'Detach');
const { id } = detachInterface;

export const detaching: readonly WrittenClause[] = [
  {
    id: 'compute/detach-interface#takes-the-port-from-the-server',
    about: ['path port_id'],
    statement: 'A detached port MUST disappear from the interfaces of the server; the response MUST have no body.',
    quotes: [
      detach(
        'Takes a port from a server: it disappears from the list of its interfaces some time after the response, and the other ports stay.',
      ),
      detach('The response to a detach has no body.'),
    ],
    capabilities: ['networks'],
    killedBy: [`${id}:skip-effect`, `${id}:never-complete:disconnect`],
    check: judgeAccepted(detachInterface, {}, (_, detached) => expectNoBody(detached)),
  },
  {
    id: 'compute/detach-interface#leaves-the-other-ports',
    statement: 'A detach MUST leave the other ports of the server.',
    quotes: [
      detach(
        'Takes a port from a server: it disappears from the list of its interfaces some time after the response, and the other ports stay.',
      ),
      detach('A port that was made for the server is deleted, and one that was made before stays.'),
    ],
    cases: 'once',
    capabilities: ['networks'],
    killedBy: ['compute:detach-takes-every-port', 'compute:detach-deletes-every-port'],
    check: async (ctx) => {
      const { server } = await portToChange(ctx, { state: 'active' });
      const own = await ownPort(ctx);
      const before = portsIn(control(await observeInterfaces(ctx, server), 'the interfaces of the server'));
      const attached = await createInterface.send(ctx, { server }, { body: ofPort(own.id) });
      const response = await detachInterface.send(ctx, { server, port: own });
      return [
        ...expectStatus(attached, 200),
        ...expectStatus(response, 202),
        ...(await eventuallyDetached(ctx, server, own)),
        ...expectResponse(await observeInterfaces(ctx, server), 200, (seen) => expectPorts(seen, before)),
        ...expectFree(await observePort(ctx, own)),
      ];
    },
  },
  {
    id: 'compute/detach-interface#deletes-a-port-that-was-made-for-the-server',
    statement: 'A port that was made for the server MUST be deleted when it is detached.',
    quotes: [detach('A port that was made for the server is deleted, and one that was made before stays.')],
    capabilities: ['networks'],
    killedBy: ['compute:detach-keeps-every-port'],
    check: judgeAccepted(detachInterface, {}, ({ port }) =>
      !port || statusOf(port) === 404
        ? []
        : [{ kind: 'value', exchange: port.id, pointer: '/port', expected: 'no such port' }],
    ),
  },
  {
    id: 'compute/detach-interface#is-an-action-of-the-server',
    statement: 'A detach MUST be among the actions of the server, and succeed.',
    quotes: [
      every(
        'A creation and a detach are among the actions of the server, as ``attach_interface`` and ``detach_interface``.',
      ),
    ],
    range: '2.51-',
    capabilities: ['networks'],
    killedBy: ['compute:detaches-are-not-logged'],
    check: judgeAccepted(detachInterface, {}, ({ logged }) => logged),
  },
  {
    id: 'compute/detach-interface#refuses-ports-that-the-server-does-not-have',
    statement: 'A detach of a port of another server, or of one that does not exist, SHOULD be answered with 404.',
    quotes: [detach('A port of another server, and one that does not exist, is answered with 404.')],
    cases: 'once',
    capabilities: ['networks'],
    errata: ['detach-of-any-port-is-accepted'],
    killedBy: [`${id}:drop-check:port`, `${id}:unscoped-lookup:port`],
    check: async (ctx) => {
      const { server } = await portToChange(ctx, { state: 'active' });
      const { server: other, port } = await portToKeep(ctx, { state: 'active' });
      return [
        ...expectRefused(await detachInterface.send(ctx, { server, port }), 404),
        ...expectRefused(await detachInterface.send(ctx, { server, port: nonexistent(ctx) }), 404),
        ...expectResponse(await observeInterfaces(ctx, other), 200, (seen) => expectPorts(seen, [port.id])),
      ];
    },
  },
];

/** The network service still has the port, and no server has it. */
function expectFree(port: Exchange): readonly Finding[] {
  if (statusOf(port) === 404) return [{ kind: 'value', exchange: port.id, pointer: '/port', expected: 'the port' }];
  return expectResponse(port, 200, (seen) => expectValue(seen, '/port/device_id', ''));
}
