/**
 * Faults of the interfaces of servers that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault, type RulesChange } from '../../faults/of-endpoints.ts';
import type { EndpointRules } from '../../kernel/endpoint.ts';
import { json, type Json } from '../../kernel/http.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { type Port, portsOf, ports, release } from '../networks/networks.ts';
import type { Of, OnServer } from '../on-server.ts';

const list = 'compute/list-port-interfaces';
const show = 'compute/show-port-interface-details';
const create = 'compute/create-interface';
const detach = 'compute/detach-interface';

type Subject = Of<OnServer & { readonly port?: Port | undefined }>;

export const interfaceDefects: readonly Fault[] = [
  endpointFault('compute:interfaces-have-another-address', [list], 'A list shows other addresses.', showing(other)),
  endpointFault(
    'compute:interface-shows-another-address',
    [show],
    'An interface shows another address.',
    showing(other),
  ),
  {
    id: 'compute:no-interfaces-is-null',
    summary: 'The list of a server without ports is null.',
    kind: 'tamper',
    tamper: (next) => async (request, cloud) => {
      const response = await next(request, cloud);
      const isEmpty = request.operation === list && response.body === '{"interfaceAttachments":[]}';
      return isEmpty ? { ...response, body: json(200, { interfaceAttachments: null }).body } : response;
    },
  },
  endpointFault(
    'compute:created-interfaces-are-not-listed',
    [create],
    'A created interface is none of the server.',
    creating((call, port) => {
      ports(call.cloud.compute).remove(port);
    }),
  ),
  endpointFault(
    'compute:created-interfaces-are-not-logged',
    [create],
    'A creation is none of the actions of the server.',
    creating((_, __, { found }) => {
      found.server?.actions.pop();
    }),
  ),
  endpointFault(
    'compute:unknown-networks-break-a-creation',
    [create],
    'A network that does not exist is answered with 500.',
    ({ refusals }) => ({
      refusals: {
        ...refusals,
        network: (subject: Subject) =>
          refusals.network?.(subject as never) && new Refusal(500, 'Unexpected API Error.'),
      },
    }),
  ),
  endpointFault('compute:interfaces-have-a-tag', [create], 'Every interface has a tag.', tagged),
  detaching('detach-takes-every-port', 'A detach takes every port from the server.', (subject) => {
    const { server } = subject.found;
    if (server) for (const port of portsOf(subject.call, server)) release(subject.call, port);
  }),
  detaching('detach-deletes-every-port', 'A detached port is deleted, whoever has made it.', ({ call, found }) => {
    if (found.port) ports(call.cloud.compute).remove(found.port);
  }),
  detaching('detach-keeps-every-port', 'A detached port is not deleted, whoever has made it.', ({ found }) => {
    if (found.port) found.port.stays = true;
  }),
  endpointFault('compute:detaches-are-not-logged', [detach], 'A detach is none of the actions.', ({ effect }) => ({
    effect: (subject: Subject, port: never) => {
      effect?.(subject as never, port);
      subject.found.server?.actions.pop();
    },
  })),
];

function other(): Json {
  return [{ subnet_id: '00000000-0000-4000-8000-000000000000', ip_address: '192.0.2.1' }];
}

function showing(value: () => Json): RulesChange {
  return withField('fixed_ips', value);
}

function tagged(rules: EndpointRules): Partial<EndpointRules> {
  return withField('tag', () => 'osc')(rules);
}

function withField(name: string, value: () => Json): RulesChange {
  return ({ response }) =>
    response
      ? {
          response: {
            ...response,
            fields: response.fields.map((field) => (field.name === name ? { ...field, value } : field)),
          },
        }
      : {};
}

function creating(change: (call: ComputeCall, port: Port, subject: Subject) => void): RulesChange {
  return ({ result }) => ({
    result: async (subject: Subject) => {
      const port = (await result?.(subject as never)) as Port | undefined;
      if (port) change(subject.call, port, subject);
      return port;
    },
  });
}

/** What happens in addition, at once. */
function detaching(name: string, summary: string, change: (subject: Subject) => void): Fault {
  return endpointFault(`compute:${name}`, [detach], summary, ({ effect }) => ({
    effect: (subject: Subject, port: never) => {
      effect?.(subject as never, port);
      change(subject);
    },
  }));
}
