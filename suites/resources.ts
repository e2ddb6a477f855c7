/** The kinds of things that suites create in a target. */
import { server } from './compute/server.ts';
import { volume } from './block-storage/volume.ts';
import { project } from './identity/project.ts';
import { user } from './identity/user.ts';
import type { ResourceKind } from '../src/conformance/resource.ts';

export const resourceKinds: readonly ResourceKind[] = [server, volume];

/** What an administrator makes before the suites begin, and removes after them. */
export const identityKinds: readonly ResourceKind[] = [user, project];
