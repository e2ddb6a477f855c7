/** The resource types that suites create in a target. */
import { server } from './compute/server.ts';
import { serverGroup } from './compute/server-group.ts';
import { volume } from './block-storage/volume.ts';
import { project } from './identity/project.ts';
import { user } from './identity/user.ts';
import type { ResourceKind } from '../src/resources/resource-type.ts';

export const resourceKinds: readonly ResourceKind[] = [server, volume, serverGroup];

/** The resource types of provisioned identities, which an administrator creates before the suites run. */
export const identityKinds: readonly ResourceKind[] = [user, project];

export const allKinds: readonly ResourceKind[] = [...resourceKinds, ...identityKinds];
