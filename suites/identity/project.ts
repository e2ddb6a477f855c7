/** The resource type of projects that an administrator creates for a run. */
import { createResource, type ResourceKind } from '../../src/resources/resource-type.ts';
import { idsByName } from '../../src/resources/listing.ts';
import type { CleanupContext } from '../../src/execution/run-context.ts';
import { removeFromKeystone } from './remove-from-keystone.ts';

const service = 'identity';

export const project: ResourceKind = {
  type: 'project',
  ids: 'uuid',
  removalOrder: 4,
  remove: (cleanup, id, as, timeoutMs) => removeFromKeystone(cleanup, `/projects/${id}`, as, timeoutMs),
  find: (cleanup, name, as) => idsByName(cleanup, { service, path: '/projects', key: 'projects' }, name, as),
  command: 'project delete',
};

/** Creates a project and returns its id; `name` follows the name of the run. @throws Unreached */
export async function createProject(cleanup: CleanupContext, name: string, domainId: string): Promise<string> {
  const description = 'Created for a run of openstack-conformance, which deletes it when it completes.';
  const owned = await createResource(cleanup, {
    kind: project,
    label: '',
    name,
    key: 'project',
    request: (full) => ({
      service,
      method: 'POST',
      path: '/projects',
      as: 'admin',
      body: { project: { name: full, description, domain_id: domainId, enabled: true } },
    }),
  });
  return owned.id;
}
