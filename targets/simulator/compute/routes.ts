/**
 * All operations of the compute service.
 */

import type { Route } from '../kernel/router.ts';
import { type EndpointHandle, routesOf } from '../kernel/run-endpoint.ts';
import type { ComputeCall } from './call.ts';
import { computeEndpoints } from './endpoints.ts';
import { computeCalls } from './compute-endpoint.ts';

export const computeRoutes: readonly Route<EndpointHandle<ComputeCall>>[] = routesOf(computeEndpoints, computeCalls);
