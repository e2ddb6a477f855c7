/** The resource types that suites create in a target. */
import { services } from './services.ts';
import { project } from './identity/project.ts';
import { user } from './identity/user.ts';
import type { Suite } from '../src/clauses/extension-suite.ts';
import type { Target } from '../src/planning/target.ts';
import type { ResourceKind } from '../src/resources/resource-type.ts';

export const resourceKinds: readonly ResourceKind[] = services.flatMap(({ resourceTypes = [] }) => resourceTypes);

/** The resource types of the services that a run uses, and those of its extension suites. */
export function kindsOn(
  { services: used }: Pick<Target, 'services'>,
  suites: readonly Suite[] = [],
): readonly ResourceKind[] {
  return [
    ...services.flatMap(({ type, resourceTypes = [] }) => (used[type] ? resourceTypes : [])),
    ...kindsOfSuites(suites),
  ];
}

/** The resource types that extension suites add. */
export function kindsOfSuites(suites: readonly Suite[]): readonly ResourceKind[] {
  return suites.flatMap(({ resourceTypes = [] }) => resourceTypes);
}

/** The resource types of provisioned identities, which an administrator creates before the suites run. */
export const identityKinds: readonly ResourceKind[] = [user, project];

export const allKinds: readonly ResourceKind[] = [...resourceKinds, ...identityKinds];
