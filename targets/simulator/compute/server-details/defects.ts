/**
 * Faults of what can be read of a server beside its details that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault, type RulesChange, showing } from '../../faults/of-endpoints.ts';
import type { Shown } from '../../kernel/endpoint.ts';
import { isObject, type Json, type JsonObject } from '../../kernel/http.ts';
import { conflict } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Server } from '../state.ts';
import { stableId } from './stable-id.ts';

const addresses = 'compute/list-ips';
const groups = 'compute/list-security-groups-by-server';
const showPassword = 'compute/show-server-password';
const clearPassword = 'compute/clear-admin-password';
const diagnostics = 'compute/show-server-diagnostics';
const topology = 'compute/show-server-topology';

export const serverDetailDefects: readonly Fault[] = [
  endpointFault(
    'compute:addresses-lack-the-last',
    [addresses],
    'A list of addresses lacks the last one of each network.',
    changing('addresses', (all) => (isObject(all) ? withoutLast(all) : all)),
  ),
  endpointFault(
    'compute:no-addresses-is-null',
    [addresses],
    'The addresses of a server that has none are null.',
    changing('addresses', (all) => (isObject(all) && Object.keys(all).length === 0 ? null : all)),
  ),
  endpointFault(
    'compute:network-addresses-lack-the-last',
    ['compute/show-ip-details'],
    'The addresses in a network lack the last one.',
    ({ response }) =>
      response
        ? {
            response: {
              ...response,
              others: (shown: Shown<never, never>) => withoutLast(response.others?.(shown) ?? {}),
            },
          }
        : {},
  ),
  endpointFault(
    'compute:security-groups-lack-the-last',
    [groups],
    'A list of security groups lacks the last one.',
    changing('security_groups', (all) => (Array.isArray(all) ? all.slice(0, -1) : all)),
  ),
  endpointFault(
    'compute:security-groups-of-another-project',
    [groups],
    'Security groups belong to another project.',
    changing('security_groups', (all) =>
      Array.isArray(all) ? all.map((one: Json) => (isObject(one) ? { ...one, tenant_id: 'osc-other' } : one)) : all,
    ),
  ),
  endpointFault(
    'compute:security-groups-without-ports',
    [groups],
    'A server without ports has the groups of its creation.',
    showing('security_groups', ({ securityGroups, projectId }: Server) =>
      securityGroups.map((name) => ({ id: stableId(name), name, description: '', rules: [], tenant_id: projectId })),
    ),
  ),
  endpointFault(
    'compute:no-password-is-null',
    [showPassword],
    'A missing password is null.',
    showing('password', ({ encryptedPassword }: Server) => (encryptedPassword === '' ? null : encryptedPassword)),
  ),
  endpointFault(
    'compute:clearing-a-password-ends-in-error',
    [clearPassword],
    'A server whose password was cleared is in error.',
    ({ effect }) => ({
      effect: (subject: Of<OnServer>, server: Server) => {
        effect?.(subject as never, server as never);
        server.vmState = 'error';
      },
    }),
  ),
  endpointFault(
    'compute:clearing-needs-a-password',
    [clearPassword],
    'A password that is empty cannot be cleared.',
    ({ checks, refusals }) => ({
      checks: [...checks, 'password'],
      refusals: {
        ...refusals,
        password: ({ found }: Of<OnServer>) =>
          found.server?.encryptedPassword === '' ? conflict('There is no password.') : undefined,
      },
    }),
  ),
  endpointFault(
    'compute:diagnostics-of-servers-without-host',
    [diagnostics],
    'A server that is shelved and offloaded has diagnostics.',
    ({ checks, states }) => ({
      checks: checks.filter((check) => check !== 'host'),
      ...(states && { states: { ...states, permitted: [...states.permitted, 'shelved_offloaded'] } }),
    }),
  ),
  endpointFault(
    'compute:diagnostics-count-one-more',
    [diagnostics],
    'Diagnostics count one disk more than they describe.',
    showing('num_disks', ({ mappings }: Server) => mappings.length + 1),
  ),
  endpointFault(
    'compute:topology-shows-hosts-to-everybody',
    [topology],
    'Every caller sees the host of a node.',
    nodes((node) => ({ ...node, host_node: 0, cpu_pinning: {} })),
  ),
  endpointFault(
    'compute:topology-hides-hosts',
    [topology],
    'No caller sees the host of a node.',
    nodes(({ memory_mb = 0, siblings = [], vcpu_set = [] }) => ({ memory_mb, siblings, vcpu_set })),
  ),
];

function nodes(change: (node: JsonObject) => JsonObject): RulesChange {
  return changing('nodes', (all) =>
    Array.isArray(all) ? all.map((node: Json) => (isObject(node) ? change(node) : node)) : all,
  );
}

/** Changes the value of a field. */
function changing(name: string, change: (value: Json) => Json): RulesChange {
  return ({ response }) => {
    if (!response) return {};
    const fields = response.fields.map((field) =>
      field.name === name
        ? { ...field, value: (shown: Shown<ComputeCall, Server>) => change(field.value(shown as never) ?? null) }
        : field,
    );
    return { response: { ...response, fields } };
  };
}

/** Each list of an object without its last item. */
function withoutLast(lists: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(lists).map(([label, list]): [string, Json] => [
      label,
      Array.isArray(list) ? (list as readonly Json[]).slice(0, -1) : list,
    ]),
  );
}
