/**
 * The operations that releases no longer have, by resource. Their requests name nothing that exists, and are sent only to
 * releases without them; see `removed` in the manifest.
 */
import type { OperationId } from '../../src/contract/model.ts';
import { namesIn, type DeclaredChange, type Place } from '../../src/resources/declared-change.ts';
import { server } from './resource-types/server.ts';

export const removedServerActions: readonly OperationId[] = [
  'compute/get-rdp-console',
  'compute/reset-networking-on-a-server',
];

export const removedInterfaces: readonly OperationId[] = ['compute/list-virtual-interfaces'];

/** Those that are not below `/servers`. */
export const removedOperations: readonly OperationId[] = [
  'compute/create-network',
  'compute/add-network',
  'compute/delete-network',
  'compute/associate-host',
  'compute/disassociate-network',
  'compute/disassociate-host',
  'compute/disassociate-project',
  'compute/create-project-network',
  'compute/delete-project-network',
  'compute/create-root-certificate',
  'compute/show-root-certificate-details',
  'compute/list-cloudpipes',
  'compute/create-cloudpipe',
  'compute/update-cloudpipe',
  'compute/ping-instances',
  'compute/ping-an-instance',
  'compute/show-fixed-ip-details',
  'compute/reserve-or-release-a-fixed-ip',
  'compute/list-floating-ips',
  'compute/create-floating-ips',
  'compute/bulk-delete-floating-ips',
  'compute/list-floating-ips-by-host',
  'compute/list-dns-domains',
  'compute/create-or-update-dns-domain',
  'compute/delete-dns-domain',
  'compute/list-dns-entries',
  'compute/find-unique-dns-entry',
  'compute/create-or-update-dns-entry',
  'compute/delete-dns-entry',
  'compute/list-cells',
  'compute/create-cell',
  'compute/capacities',
  'compute/list-cells-with-details',
  'compute/info-for-this-cell',
  'compute/show-cell-data',
  'compute/update-a-cell',
  'compute/delete-a-cell',
  'compute/show-cell-capacities',
  'compute/lists-consoles',
  'compute/create-console-in-os-consoles',
  'compute/show-console-details',
  'compute/delete-console',
  'compute/list-default-security-group-rules',
  'compute/show-default-security-group-rule-details',
  'compute/create-default-security-group-rule',
  'compute/delete-default-security-group-rule',
  'compute/list-agent-builds',
  'compute/create-agent-build',
  'compute/update-agent-build',
  'compute/delete-agent-build',
];

type RemovedCall = readonly [call: DeclaredChange['call'], action?: string, value?: Place];

/** By the newest microversion of the first release without them. */
const calls: Readonly<Record<string, readonly RemovedCall[]>> = {
  '2.53': [['POST /os-certificates'], ['POST /os-cloudpipe'], ['PUT /os-cloudpipe/configure-project']],
  '2.65': [
    ['POST /os-fixed-ips/{fixed_ip}/action', 'reserve'],
    ['POST /os-floating-ips-bulk'],
    ['PUT /os-floating-ips-bulk/delete'],
    ['PUT /os-floating-ip-dns/{domain}'],
    ['DELETE /os-floating-ip-dns/{domain}'],
    ['PUT /os-floating-ip-dns/{domain}/entries/{name}'],
    ['DELETE /os-floating-ip-dns/{domain}/entries/{name}'],
    ['POST /os-networks/{network_id}/action', 'associate_host', 'body /associate_host'],
    ['POST /os-networks/{network_id}/action', 'disassociate_host'],
    ['POST /os-networks/{network_id}/action', 'disassociate_project'],
  ],
  '2.79': [['POST /os-cells'], ['PUT /os-cells/{cell_id}'], ['DELETE /os-cells/{cell_id}']],
  '2.87': [
    ['POST /os-networks'],
    ['POST /os-networks/add'],
    ['DELETE /os-networks/{network_id}'],
    ['POST /os-networks/{network_id}/action', 'disassociate'],
    ['POST /os-tenant-networks'],
    ['DELETE /os-tenant-networks/{network_id}'],
    ['POST /servers/{server_id}/consoles'],
    ['DELETE /servers/{server_id}/consoles/{console_id}'],
    ['POST /os-security-group-default-rules'],
    ['DELETE /os-security-group-default-rules/{security_group_default_rule_id}'],
  ],
  '2.88': [
    ['POST /os-agents'],
    ['PUT /os-agents/{agent_build_id}'],
    ['DELETE /os-agents/{agent_build_id}'],
    ['POST /servers/{server_id}/action', 'resetNetwork'],
  ],
  '2.96': [['POST /servers/{server_id}/action', 'os-getRDPConsole', 'body /os-getRDPConsole/type']],
};

/** Nobody owns what they name, so that only ids of nothing are sent. */
export const removedChanges: readonly DeclaredChange[] = Object.entries(calls).flatMap(([removed, rows]) =>
  rows.map(([call, action, value]) => ({
    ...{ call, removed },
    ...(action !== undefined && { action }),
    ...(value !== undefined && { values: [value] }),
    refers: Object.fromEntries(
      namesIn(call).map((name) => [
        `path ${name}`,
        { to: name === 'server_id' ? server : ({ type: 'removed', ids: 'uuid' } as const) },
      ]),
    ),
  })),
);
