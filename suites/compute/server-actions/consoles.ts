/** Actions that open a console of a server, up to 2.5. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { OperationId } from '../../../src/contract/model.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import {
  observeConnection,
  requireConsole,
  serial,
  spice,
  tokenIn,
  vnc,
  type ConsoleType,
} from '../fixtures/consoles.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import { everyState } from './lock.ts';
import type { DeclaredAction } from './action-types.ts';
import { nameOf, serverAction } from './server-action.ts';

export const getVncConsole = consoleAction('compute/get-vnc-console', 'os-getVNCConsole', 'VNC', vnc);
export const getSpiceConsole = consoleAction('compute/get-spice-console', 'os-getSPICEConsole', 'SPICE', spice);
export const getSerialConsole = consoleAction('compute/get-serial-console', 'os-getSerialConsole', 'serial', serial);

function consoleAction(id: OperationId, key: string, words: string, wanted: ConsoleType): DeclaredAction {
  const { type } = wanted;
  return serverAction(id, {
    ...{ key, log: false, noun: `A request for a ${words} console`, section: 'Consoles', by: 'member', success: 200 },
    lastVersion: '2.5',
    does: 'Opens a console of a server; its status stays.',
    argument: async (ctx) => {
      await requireConsole(ctx, wanted);
      return { type };
    },
    refusedArgument: { type },
    values: ['type'],
    // A hypervisor may have no console of a server that does not run.
    ...{ from: 'active', open: everyState.filter((state) => state !== 'shelved-offloaded') },
    stateFaults: { 'shelved-offloaded': `${id}:drop-check:host` },
    states: 'A server without a host is answered with 409.',
    locked: 'accepted',
    stateQuotes: { locked: 'A locked server is accepted.' },
  });
}

export const consoleClauses: readonly WrittenClause[] = [getVncConsole, getSpiceConsole, getSerialConsole].flatMap(
  (operation): readonly WrittenClause[] => {
    const { id, noun, quote, declared } = operation;
    const { key, refusedArgument = {} } = declared;
    return [
      {
        id: `${id}#names-its-type`,
        about: [`request /${key}/type`],
        statement: `The response to ${noun.toLowerCase()} MUST have the type of the request.`,
        quotes: [quote('The response has the type of the request and the URL of the console.')],
        cases: 'once',
        killedBy: [`${id}:null-field:type`, `compute:${nameOf(id)}-names-another-type`],
        check: judgeAccepted(operation, {}, (_, accepted) =>
          expectValue(accepted, '/console/type', refusedArgument.type ?? null),
        ),
      },
      {
        id: `${id}#gives-a-token`,
        statement: `The URL in the response to ${noun.toLowerCase()} MUST have a token whose connection is that of the server.`,
        quotes: [quote('The URL has a token, whose connection administrators are shown from 2.31 on.')],
        ...{ cases: 'once', identities: ['admin'] },
        killedBy: [`${id}:skip-effect`],
        check: async (ctx) => {
          const server = await serverToChange(ctx, { state: 'active' });
          const argument = (await declared.argument?.(ctx, server)) ?? {};
          const response = await operation.send(ctx, { server }, { members: { [`/${key}`]: argument } });
          return expectResponse(response, 200, () => []).concat(
            expectResponse(await observeConnection(ctx, tokenIn(response, '/console/url') ?? ctx.uuid()), 200, (seen) =>
              expectValue(seen, '/console/instance_uuid', server.id),
            ),
          );
        },
      },
    ];
  },
);
