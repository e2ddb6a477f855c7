/** Projects that an administrator makes for a run. */
import { createResource, type ResourceKind } from '../../src/conformance/resource.ts';
import { idsByName } from '../../src/conformance/listing.ts';
import type { Ground } from '../../src/conformance/world.ts';
import { removeFromKeystone } from './remove-from-keystone.ts';

const service = 'identity';

export const project: ResourceKind = {
  type: 'project',
  ids: 'uuid',
  removalOrder: 4,
  remove: (ground, id, as, budgetMs) => removeFromKeystone(ground, `/projects/${id}`, as, budgetMs),
  find: (ground, name, as) => idsByName(ground, { service, path: '/projects', key: 'projects' }, name, as),
  command: (words) => `openstack project delete ${words}`,
};

/** Its id; `name` stands after the run's. @throws Unreached */
export async function createProject(ground: Ground, name: string, domainId: string): Promise<string> {
  const description = 'Made for a run of openstack-conformance, which removes it at its end.';
  const owned = await createResource(ground, {
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
