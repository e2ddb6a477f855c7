/**
 * All operations of the compute service.
 */

import type { Route } from '../kernel/router.ts';
import type { ComputeHandle } from './call.ts';
import { computeEndpoints } from './endpoints.ts';
import { flavorRoutes } from './flavors.ts';
import { instanceActionRoutes } from './instance-actions.ts';
import { routesOf } from './run-endpoint.ts';
import { usageRoutes } from './usage.ts';

export const computeRoutes: readonly Route<ComputeHandle>[] = [
  ...flavorRoutes,
  ...instanceActionRoutes,
  ...usageRoutes,
  ...routesOf(computeEndpoints),
];
