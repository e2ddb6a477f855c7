/**
 * Open a console of a server, and show the connection behind its token.
 *
 * Read from servers-remote-consoles.inc, and from the history of the API at 2.6, 2.8, 2.31 and 2.99.
 */

import { range } from '../../../../src/microversion.ts';
import { type Endpoint, enveloped, type Lookup, query, unreadQuery } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { badRequest, notFound } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { anyState, hostless, projectOfServer, server, unknownServer } from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { consoles, newConsole, openConsole, type RemoteConsole } from './consoles.ts';

/** The types of each protocol that the hypervisor offers. */
const offered: Readonly<Record<string, readonly string[]>> = {
  vnc: ['novnc'],
  spice: ['spice-html5', 'spice-direct'],
  serial: ['serial'],
  mks: ['webmks'],
};

const createConsole = computeEndpoint('compute/create-console-in-servers-remote-consoles', {
  method: 'POST',
  path: '/servers/:server_id/remote-consoles',
  range: range('2.6-'),
  query: unreadQuery,
  body: enveloped(
    'remote_console',
    {
      protocol: {
        types: ['string'],
        enum: ['vnc', 'spice', 'serial', 'rdp'],
        enumAt: [{ range: range('2.8-'), values: ['mks'] }],
      },
      type: {
        types: ['string'],
        enum: ['novnc', 'xvpvnc', 'spice-html5', 'rdp-html5', 'serial'],
        enumAt: [
          { range: range('2.8-'), values: ['webmks'] },
          { range: range('2.99-'), values: ['spice-direct'] },
        ],
      },
    },
    ['protocol', 'type'],
  ),
  policy: { rule: 'os-remote-consoles', project: projectOfServer },
  states: anyState,
  lookups: { server },
  checks: ['query', 'body', 'server', 'role', 'host', 'offered'],
  unobservable: {
    'shift-range:body.protocol.values:begins-early': 'The only type of the protocol is refused as before.',
  },
  refusals: {
    server: unknownServer,
    host: hostless,
    offered: ({ wanted }) => {
      const type = textMember(wanted, 'type') ?? '';
      return offered[textMember(wanted, 'protocol') ?? '']?.includes(type) === true
        ? undefined
        : badRequest(`Unavailable console type ${type}.`);
    },
  },
  result: ({ call, wanted, found }) =>
    found.server &&
    newConsole(call, found.server, textMember(wanted, 'protocol') ?? '', textMember(wanted, 'type') ?? ''),
  effect: openConsole,
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'remote_console',
    fields: [
      { name: 'protocol', value: ({ item: { protocol } }) => protocol },
      { name: 'type', value: ({ item: { type } }) => type },
      { name: 'url', value: ({ item: { url } }) => url },
    ],
  },
});

const token: Lookup<ComputeCall, RemoteConsole> = {
  noun: 'a console',
  id: ({ params }) => params.console_token ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => consoles(cloud.compute),
};

const showConnection = computeEndpoint('compute/show-console-connection-information', {
  method: 'GET',
  path: '/os-console-auth-tokens/:console_token',
  range: range('2.31-'),
  query: query({}, '2.99-'),
  policy: { rule: 'os-console-auth-tokens' },
  lookups: { token },
  checks: ['query', 'role', 'token'],
  refusals: { token: ({ found }) => (found.token ? undefined : notFound('Token not found')) },
  result: ({ found }) => found.token,
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'console',
    fields: [
      { name: 'instance_uuid', value: ({ item: { serverId } }) => serverId },
      { name: 'host', value: ({ item: { host } }) => host },
      { name: 'port', value: ({ item: { port } }) => port },
      {
        name: 'tls_port',
        range: range('2.99-'),
        value: ({ item: { type } }) => (type === 'spice-direct' ? 5901 : undefined),
      },
      { name: 'internal_access_path', value: () => null },
    ],
  },
});

export const remoteConsoleEndpoints: readonly Endpoint[] = [createConsole, showConnection];
