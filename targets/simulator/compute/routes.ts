/**
 * All operations of the compute service.
 */

import type { Route } from '../kernel/router.ts';
import type { ComputeHandle } from './call.ts';
import { computeEndpoints } from './endpoints.ts';
import { routesOf } from './run-endpoint.ts';

export const computeRoutes: readonly Route<ComputeHandle>[] = routesOf(computeEndpoints);
