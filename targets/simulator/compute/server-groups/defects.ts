/**
 * Faults of server groups that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault, showing } from '../../faults/of-endpoints.ts';
import type { Listing } from '../../kernel/endpoint.ts';
import type { ComputeCall } from '../call.ts';
import type { ServerGroup } from './groups.ts';

const list = 'compute/list-server-groups';

export const serverGroupDefects: readonly Fault[] = [
  endpointFault(
    'compute:groups-show-deleted-members',
    [list, 'compute/show-server-group-details'],
    'Deleted servers stay among the members of their group.',
    showing<ServerGroup>('members', ({ members }) => members),
  ),
  readingAllProjects(
    'groups-of-all-projects-for-anyone',
    'With all_projects every caller gets the server groups of all projects.',
    () => true,
  ),
  readingAllProjects(
    'all-projects-reads-its-value',
    'An administrator gets the server groups of all projects only with the value 1 of all_projects.',
    (value, roles) => value === '1' && roles.has('admin'),
  ),
];

/** `isEverything`: whether a caller with these roles gets the groups of all projects. */
function readingAllProjects(
  name: string,
  summary: string,
  isEverything: (value: string, roles: ReadonlySet<string>) => boolean,
): Fault {
  const includes: Listing<ComputeCall, ServerGroup>['includes'] = ({ call: { caller }, query }, { projectId }) => {
    const { all_projects: value } = query;
    return (value !== undefined && isEverything(value, caller.roles)) || projectId === caller.projectId;
  };
  return endpointFault(`compute:${name}`, [list], summary, ({ listing }) =>
    listing ? { listing: { ...listing, includes } } : {},
  );
}
