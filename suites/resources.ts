/** The kinds of things that suites create in a target. */
import { server } from './compute/server.ts';
import { volume } from './block-storage/volume.ts';
import type { ResourceKind } from '../src/conformance/resource.ts';

export const resourceKinds: readonly ResourceKind[] = [server, volume];
