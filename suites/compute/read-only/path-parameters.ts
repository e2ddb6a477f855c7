/**
 * The sources of path parameters of read operations: for each path prefix that ends with a parameter, the list that
 * contains a value and its position in the response. Only read requests use these values.
 */
import type { ListedValue } from '../../../src/clauses/take-from-list.ts';

export const idLists: Readonly<Record<string, ListedValue>> = {
  '/extensions/{alias}': { list: '/extensions', at: '/extensions/0/alias' },
  '/flavors/{flavor_id}': { list: '/flavors', at: '/flavors/0/id' },
  '/flavors/{flavor_id}/os-extra_specs/{flavor_extra_spec_key}': {
    list: '/flavors/{flavor_id}/os-extra_specs',
    at: '/extra_specs',
    firstKey: true,
  },
  '/images/{image_id}': { list: '/images', at: '/images/0/id' },
  '/images/{image_id}/metadata/{key}': { list: '/images/{image_id}/metadata', at: '/metadata', firstKey: true },
  '/os-aggregates/{aggregate_id}': { list: '/os-aggregates', at: '/aggregates/0/id' },
  '/os-floating-ips/{floating_ip_id}': { list: '/os-floating-ips', at: '/floating_ips/0/id' },
  '/os-hosts/{host_name}': { list: '/os-hosts', at: '/hosts/0/host_name' },
  '/os-hypervisors/{hypervisor_hostname_pattern}': {
    list: '/os-hypervisors',
    at: '/hypervisors/0/hypervisor_hostname',
  },
  '/os-hypervisors/{hypervisor_id}': { list: '/os-hypervisors', at: '/hypervisors/0/id' },
  '/os-keypairs/{keypair_name}': { list: '/os-keypairs', at: '/keypairs/0/keypair/name' },
  '/os-networks/{network_id}': { list: '/os-networks', at: '/networks/0/id' },
  '/os-security-groups/{security_group_id}': { list: '/os-security-groups', at: '/security_groups/0/id' },
  '/os-server-groups/{server_group_id}': { list: '/os-server-groups', at: '/server_groups/0/id' },
  '/os-snapshots/{snapshot_id}': { list: '/os-snapshots', at: '/snapshots/0/id' },
  '/os-tenant-networks/{network_id}': { list: '/os-tenant-networks', at: '/networks/0/id' },
  '/os-volumes/{volume_id}': { list: '/os-volumes', query: 'all_tenants=1', at: '/volumes/0/id' },
  '/servers/{server_id}/consoles/{console_id}': {
    list: '/servers/{server_id}/consoles',
    at: '/consoles/0/console/id',
  },
  '/servers/{server_id}/ips/{network_label}': { list: '/servers/{server_id}/ips', at: '/addresses', firstKey: true },
  '/servers/{server_id}/metadata/{key}': { list: '/servers/{server_id}/metadata', at: '/metadata', firstKey: true },
  '/servers/{server_id}/migrations/{migration_id}': {
    list: '/servers/{server_id}/migrations',
    at: '/migrations/0/id',
  },
  '/servers/{server_id}/os-instance-actions/{request_id}': {
    list: '/servers/{server_id}/os-instance-actions',
    at: '/instanceActions/0/request_id',
  },
  '/servers/{server_id}/os-interface/{port_id}': {
    list: '/servers/{server_id}/os-interface',
    at: '/interfaceAttachments/0/port_id',
  },
  '/servers/{server_id}/shares/{share_id}': { list: '/servers/{server_id}/shares', at: '/shares/0/share_id' },
  '/servers/{server_id}/tags/{tag}': { list: '/servers/{server_id}/tags', at: '/tags/0' },
};

/** Operations that need a filtered list, by path and parameter. */
export const specialLists: Readonly<Record<string, ListedValue>> = {
  // Public flavors have no access list.
  '/flavors/{flavor_id}/os-flavor-access flavor_id': {
    list: '/flavors',
    query: 'is_public=false',
    at: '/flavors/0/id',
  },
};

/** Parameters whose value comes from the session or is fixed. */
export const fixedValues = {
  '/os-quota-sets/{tenant_id}': 'project',
  '/os-simple-tenant-usage/{tenant_id}': 'project',
  '/os-quota-class-sets/{id}': 'default',
  '/os-instance_usage_audit_log/{before_timestamp}': 'long ago',
} as const satisfies Readonly<Record<string, 'project' | 'default' | 'long ago'>>;

/** Queries with which these lists show an administrator the resources of all projects, including those of the run. */
export const allProjectsQueries: Readonly<Record<string, string>> = {
  '/servers': 'all_tenants=1',
  '/servers/detail': 'all_tenants=1',
  '/os-volumes': 'all_tenants=1',
  '/os-volumes/detail': 'all_tenants=1',
};

/** Operations that depend on an optional service: without it they respond with an arbitrary error. */
export const needsOtherService: ReadonlySet<string> = new Set(['/os-baremetal-nodes', '/os-baremetal-nodes/{node_id}']);

/** GET operations that change the host; they must never be sent. */
export const changesByGet: ReadonlySet<string> = new Set([
  '/os-hosts/{host_name}/reboot',
  '/os-hosts/{host_name}/shutdown',
  '/os-hosts/{host_name}/startup',
]);

/** Shares of a server: Nova 31 and older respond with 403 to an administrator of another project, Nova 34 with 200. */
export const projectOnlyPath = '/servers/{server_id}/shares';
