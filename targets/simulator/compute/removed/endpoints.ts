/**
 * Operations that releases no longer have. Clouds of the releases before that have neither cells nor agents, certificates,
 * cloudpipes, XVP consoles or a network of their own do not find what they are asked for.
 *
 * Read from os-cells.inc, os-agents.inc, os-certificates.inc, os-cloudpipe.inc, os-consoles.inc, os-networks.inc,
 * os-tenant-network.inc, os-fixed-ips.inc, os-floating-ips-bulk.inc, os-floating-ip-dns.inc, os-fping.inc and
 * os-security-group-default-rules.inc, and from the release notes of Nova.
 */

import type { HTTPMethod } from 'find-my-way';
import { type MicroversionRange, range } from '../../../../src/microversion.ts';
import type { Choice, Endpoint } from '../../kernel/endpoint.ts';
import { unreadQuery } from '../../kernel/endpoint.ts';
import { isObject, type Json } from '../../kernel/http.ts';
import { isIPv4 } from '../../kernel/ip-address.ts';
import { notFound } from '../../kernel/refusal.ts';
import { collectionOf } from '../below-server.ts';
import type { ComputeCall } from '../call.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { removedSince } from './removed-since.ts';

type Row = readonly [name: string, call: `${string} ${string}`, choice?: Choice<ComputeCall>];

interface Group {
  /** The newest microversion of the first release without its operations. */
  readonly since: string;
  readonly range?: MicroversionRange;
  readonly rows: readonly Row[];
}

const untilProxies = range('2.1-2.35');
const network = '/os-networks/:network_id/action';
const entry = '/os-floating-ip-dns/:domain/entries/:name';

const groups: readonly Group[] = [
  {
    since: '2.53',
    rows: [
      ['create-root-certificate', 'POST /os-certificates'],
      ['show-root-certificate-details', 'GET /os-certificates/root'],
      ['list-cloudpipes', 'GET /os-cloudpipe'],
      ['create-cloudpipe', 'POST /os-cloudpipe'],
      ['update-cloudpipe', 'PUT /os-cloudpipe/configure-project'],
    ],
  },
  {
    since: '2.65',
    range: untilProxies,
    rows: [
      ['ping-instances', 'GET /os-fping'],
      ['ping-an-instance', 'GET /os-fping/:instance_id'],
      ['show-fixed-ip-details', 'GET /os-fixed-ips/:fixed_ip'],
      ['reserve-or-release-a-fixed-ip', 'POST /os-fixed-ips/:fixed_ip/action'],
      ['list-floating-ips', 'GET /os-floating-ips-bulk'],
      ['create-floating-ips', 'POST /os-floating-ips-bulk'],
      ['bulk-delete-floating-ips', 'PUT /os-floating-ips-bulk/delete'],
      ['list-floating-ips-by-host', 'GET /os-floating-ips-bulk/:host_name'],
      ['list-dns-domains', 'GET /os-floating-ip-dns'],
      ['create-or-update-dns-domain', 'PUT /os-floating-ip-dns/:domain'],
      ['delete-dns-domain', 'DELETE /os-floating-ip-dns/:domain'],
      [
        'list-dns-entries',
        `GET ${entry}`,
        { named: (_, { name = '' }) => isIPv4(name), meant: ({ params: { name = '' } }) => isIPv4(name) },
      ],
      ['find-unique-dns-entry', `GET ${entry}`],
      ['create-or-update-dns-entry', `PUT ${entry}`],
      ['delete-dns-entry', `DELETE ${entry}`],
      ['associate-host', `POST ${network}`, action('associate_host')],
      ['disassociate-host', `POST ${network}`, action('disassociate_host')],
      ['disassociate-project', `POST ${network}`, action('disassociate_project')],
    ],
  },
  {
    since: '2.79',
    rows: [
      ['list-cells', 'GET /os-cells'],
      ['create-cell', 'POST /os-cells'],
      ['capacities', 'GET /os-cells/capacities'],
      ['list-cells-with-details', 'GET /os-cells/detail'],
      ['info-for-this-cell', 'GET /os-cells/info'],
      ['show-cell-data', 'GET /os-cells/:cell_id'],
      ['update-a-cell', 'PUT /os-cells/:cell_id'],
      ['delete-a-cell', 'DELETE /os-cells/:cell_id'],
      ['show-cell-capacities', 'GET /os-cells/:cell_id/capacities'],
    ],
  },
  {
    since: '2.87',
    rows: [
      ['lists-consoles', `GET ${collectionOf('consoles')}`],
      ['create-console-in-os-consoles', `POST ${collectionOf('consoles')}`],
      ['show-console-details', `GET ${collectionOf('consoles/:console_id')}`],
      ['delete-console', `DELETE ${collectionOf('consoles/:console_id')}`],
    ],
  },
  {
    since: '2.87',
    range: untilProxies,
    rows: [
      ['create-network', 'POST /os-networks'],
      ['add-network', 'POST /os-networks/add'],
      ['delete-network', 'DELETE /os-networks/:network_id'],
      ['disassociate-network', `POST ${network}`, action('disassociate')],
      ['create-project-network', 'POST /os-tenant-networks'],
      ['delete-project-network', 'DELETE /os-tenant-networks/:network_id'],
      ['list-default-security-group-rules', 'GET /os-security-group-default-rules'],
      ['show-default-security-group-rule-details', 'GET /os-security-group-default-rules/:rule_id'],
      ['create-default-security-group-rule', 'POST /os-security-group-default-rules'],
      ['delete-default-security-group-rule', 'DELETE /os-security-group-default-rules/:rule_id'],
    ],
  },
  {
    since: '2.88',
    rows: [
      ['list-agent-builds', 'GET /os-agents'],
      ['create-agent-build', 'POST /os-agents'],
      ['update-agent-build', 'PUT /os-agents/:agent_build_id'],
      ['delete-agent-build', 'DELETE /os-agents/:agent_build_id'],
    ],
  },
];

export const removedEndpoints: readonly Endpoint[] = groups.flatMap(({ since, range: versions, rows }) =>
  rows.map(([name, call, choice]) => {
    const [method = '', path = ''] = call.split(' ');
    return computeEndpoint(`compute/${name}`, {
      ...{ method: method as HTTPMethod, path, query: unreadQuery, ...(versions && { range: versions }) },
      ...(choice && { choice }),
      policy: { rule: 'removed' },
      checks: ['removed', 'absent'],
      refusals: { removed: removedSince(since), absent: () => notFound('The resource could not be found.') },
      success: [{ status: 200, content: 'none' }],
    });
  }),
);

function action(key: string): Choice<ComputeCall> {
  const isKey = (body: Json | undefined): boolean => isObject(body) && Object.keys(body).join() === key;
  return { named: isKey, meant: ({ body }) => isKey(body) };
}
