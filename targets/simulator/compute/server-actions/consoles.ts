/**
 * The output of a server's console, and the former actions that open one.
 *
 * Read from servers-action-console-output.inc and servers-action-remote-consoles.inc.
 */

import { range } from '../../../../src/microversion.ts';
import type { Check } from '../../kernel/checks.ts';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import { type Of, type OnServer, anyState } from '../on-server.ts';
import { removedSince } from '../removed/removed-since.ts';
import { newConsole, openConsole, type RemoteConsole } from '../remote-consoles/consoles.ts';
import { serverAction } from './action.ts';

interface Output {
  readonly text: string;
}

const showOutput = serverAction<Output>('compute/show-console-output', {
  key: 'os-getConsoleOutput',
  method: 'get_console_output',
  policy: 'os-console-output',
  argument: {
    types: ['object'],
    properties: {
      // -1 and null mean the whole text.
      length: { types: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$', minimum: -1 },
    },
    closed: true,
  },
  states: anyState,
  checks: ['host'],
  result: (subject) => ({ text: tail(subject) }),
  success: [{ status: 200, content: 'item' }],
  response: { fields: [{ name: 'output', value: ({ item: { text } }) => text }] },
});

/** Each was replaced by one operation for all types of consoles. */
function consoleAction(
  operation: `compute/${string}`,
  key: string,
  types: readonly string[],
  offered: readonly string[],
  removed?: Check<Of<OnServer>>,
): Endpoint {
  return serverAction<RemoteConsole>(operation, {
    key,
    range: range('2.1-2.5'),
    method: 'get_console',
    policy: 'os-remote-consoles',
    argument: {
      types: ['object'],
      properties: { type: { types: ['string'], enum: types } },
      required: ['type'],
      closed: true,
    },
    states: anyState,
    ...(removed && { before: ['removed'] }),
    checks: ['host', 'offered'],
    refusals: {
      ...(removed && { removed }),
      offered: ({ wanted }) =>
        offered.includes(textMember(wanted, 'type') ?? '')
          ? undefined
          : badRequest(`Unavailable console type ${textMember(wanted, 'type') ?? ''}.`),
    },
    result: ({ call, wanted, found: { server } }) =>
      server && newConsole(call, server, '', textMember(wanted, 'type') ?? ''),
    effect: openConsole,
    success: [{ status: 200, content: 'item' }],
    response: {
      envelope: 'console',
      fields: [
        { name: 'type', value: ({ item: { type } }) => type },
        { name: 'url', value: ({ item: { url } }) => url },
      ],
    },
  });
}

export const consoleActions: readonly Endpoint[] = [
  showOutput,
  consoleAction('compute/get-vnc-console', 'os-getVNCConsole', ['novnc', 'xvpvnc'], ['novnc']),
  consoleAction('compute/get-spice-console', 'os-getSPICEConsole', ['spice-html5'], ['spice-html5']),
  consoleAction('compute/get-serial-console', 'os-getSerialConsole', ['serial'], ['serial']),
  // The hypervisor with this type was removed.
  consoleAction('compute/get-rdp-console', 'os-getRDPConsole', ['rdp-html5'], [], (subject) =>
    removedSince('2.96')(subject) ? badRequest('Consoles of this type are no longer offered.') : undefined,
  ),
];

const output = Array.from({ length: 20 }, (_, index) => `[    ${index}.000000] Line ${index + 1} of the console`);

function tail({ wanted: { length } }: Of<unknown>): string {
  const lines = length === undefined || length === null ? -1 : Number(length);
  const shown = lines < 0 ? output : output.slice(Math.max(0, output.length - lines));
  return shown.map((line) => `${line}\n`).join('');
}
