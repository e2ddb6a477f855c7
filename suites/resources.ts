/** The resource types that suites create in a target. */
import { services } from './services.ts';
import { project } from './identity/project.ts';
import { user } from './identity/user.ts';
import type { Target } from '../src/planning/target.ts';
import type { ResourceKind } from '../src/resources/resource-type.ts';

export const resourceKinds: readonly ResourceKind[] = services.flatMap(({ resourceTypes = [] }) => resourceTypes);

/** The resource types of the services that a run uses. */
export function kindsOn({ services: used }: Pick<Target, 'services'>): readonly ResourceKind[] {
  return services.flatMap(({ type, resourceTypes = [] }) => (used[type] ? resourceTypes : []));
}

/** The resource types of provisioned identities, which an administrator creates before the suites run. */
export const identityKinds: readonly ResourceKind[] = [user, project];

export const allKinds: readonly ResourceKind[] = [...resourceKinds, ...identityKinds];
