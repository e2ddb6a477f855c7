/** The clauses on consoles of servers. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer } from '../../../src/json.ts';
import {
  directSpice,
  mks,
  observeConnection,
  requireConsole,
  serial,
  spice,
  tokenIn,
  tokenOf,
  vnc,
  type ConsoleType,
} from '../fixtures/consoles.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused } from '../rules/refusal.ts';
import { bodyFor, connecting, createConsole, opening, remoteConsoleOperations, showConnection } from './operations.ts';

const create = createConsole.id;
const show = showConnection.id;

const each = opening(
  'The protocols are ``vnc`` with the type ``novnc``, ``spice`` with ``spice-html5``, and ``serial`` with ``serial``.',
);
const withMks = opening('The protocol ``mks`` with the type ``webmks`` is known since 2.8.');
const withDirect = opening('The type ``spice-direct`` of the protocol ``spice`` is known since 2.99.');

export const remoteConsoleClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, remoteConsoleOperations),
  {
    id: `${create}#repeats-the-request`,
    statement: 'The response to a creation of a console MUST have the protocol and the type of the request.',
    quotes: [opening('The response has the protocol and the type of the request, and the URL of the console.')],
    cases: 'boundaries',
    killedBy: [`${create}:null-field:protocol`, `${create}:null-field:type`],
    check: judgeAccepted(createConsole, {}, (_, accepted) => [
      ...expectValue(accepted, '/remote_console/protocol', vnc.protocol),
      ...expectValue(accepted, '/remote_console/type', vnc.type),
    ]),
  },
  {
    id: `${create}#gives-a-token`,
    statement: 'The URL of a created console MUST have a token whose connection is that of the server.',
    quotes: [opening('The URL has a token, whose connection administrators are shown from 2.31 on.')],
    ...{ cases: 'once', identities: ['admin'] },
    killedBy: [`${create}:skip-effect`],
    check: async (ctx) => {
      const { resources, body = {} } = await createConsole.accepted(ctx);
      const response = await createConsole.send(ctx, resources, { members: body });
      const token = tokenIn(response, '/remote_console/url') ?? ctx.uuid();
      return [
        ...expectStatus(response, 200),
        ...expectResponse(await observeConnection(ctx, token), 200, (seen) =>
          expectValue(seen, '/console/instance_uuid', resources.server?.id ?? ''),
        ),
      ];
    },
  },
  ...[spice, serial].map((wanted) => accepts(wanted, each)),
  accepts(mks, withMks),
  accepts(directSpice, withDirect),
  refusesEarly(mks, '2.6-2.7', withMks, ['compute:mks-consoles-come-early']),
  refusesEarly(directSpice, '2.8-2.98', withDirect, [`${create}:shift-range:body.type.values:begins-early`]),
  {
    id: `${create}#refuses-a-type-of-another-protocol`,
    statement: 'A creation of a console with a type that its protocol does not have MUST be answered with 400.',
    quotes: [opening('A type that does not belong to the protocol is answered with 400.')],
    cases: 'once',
    killedBy: [`${create}:drop-check:offered`],
    check: async (ctx) => {
      await requireConsole(ctx, vnc);
      return refuses(ctx, { protocol: vnc.protocol, type: serial.type });
    },
  },
  {
    id: `${show}#shows-the-server`,
    statement: 'The connection of a console MUST name the server of the console.',
    quotes: [connecting('The connection of a console names its server, and the host and port of the console.')],
    ...{ cases: 'boundaries', identities: ['admin'] },
    killedBy: [`${show}:null-field:instance_uuid`],
    check: async (ctx) => {
      const server = await serverToKeep(ctx, { state: 'active' });
      const token = await tokenOf(ctx, server, vnc);
      return expectResponse(await showConnection.send(ctx, { token }), 200, (seen) =>
        expectValue(seen, '/console/instance_uuid', server.id),
      );
    },
  },
  {
    id: `${show}#shows-the-tls-port-of-direct-consoles`,
    about: ['response /console/tls_port'],
    statement: 'The connection of a console of the type spice-direct MUST have tls_port from 2.99 on.',
    quotes: [connecting('From 2.99 on that of a console of the type ``spice-direct`` also has its ``tls_port``.')],
    ...{ range: '2.99-', cases: 'once', identities: ['admin'] },
    killedBy: [`${show}:drop-field:tls_port`],
    check: async (ctx) => {
      const server = await serverToKeep(ctx, { state: 'active' });
      const token = await tokenOf(ctx, server, directSpice);
      return expectResponse(await showConnection.send(ctx, { token }), 200, (seen) =>
        atPointer(bodyOf(seen), '/console/tls_port') === undefined
          ? [{ kind: 'value', exchange: seen.id, pointer: '/console/tls_port', expected: 'a port, or null' }]
          : [],
      );
    },
  },
];

function accepts(wanted: ConsoleType, quote: ReturnType<typeof opening>): WrittenClause {
  const { protocol, type, since } = wanted;
  return {
    id: `${create}#accepts-${type}`,
    about: ['request /remote_console/protocol', 'request /remote_console/type'],
    statement: `A creation of a console with the protocol ${protocol} and the type ${type} MUST be accepted where the cloud offers it.`,
    quotes: [quote],
    ...{ range: `${since}-`, cases: since === '2.6' ? 'once' : 'ends' },
    killedBy: [`${create}:refuse-value:body.type.${type}`],
    check: async (ctx) => {
      await requireConsole(ctx, wanted);
      const server = await serverToChange(ctx, { state: 'active' });
      const response = await createConsole.send(ctx, { server }, { members: bodyFor(wanted) });
      return expectResponse(response, 200, (seen) => expectValue(seen, '/remote_console/type', type));
    },
  };
}

function refusesEarly(
  wanted: ConsoleType,
  range: string,
  quote: ReturnType<typeof opening>,
  killedBy: WrittenClause['killedBy'],
): WrittenClause {
  const { type, since } = wanted;
  return {
    id: `${create}#refuses-${type}-early`,
    statement: `A creation of a console with the type ${type} MUST be answered with 400 before ${since}.`,
    quotes: [quote],
    range,
    killedBy,
    check: async (ctx) => {
      await requireConsole(ctx, wanted);
      return refuses(ctx, wanted);
    },
  };
}

async function refuses(ctx: CheckContext, wanted: Pick<ConsoleType, 'protocol' | 'type'>): Promise<readonly Finding[]> {
  const server = await serverToKeep(ctx, { state: 'active' });
  return expectRefused(await createConsole.send(ctx, { server }, { members: bodyFor(wanted) }), 400);
}
