/**
 * The declared endpoints of the image service: one line for each resource.
 */

import type { Endpoint } from '../kernel/endpoint.ts';
import { imageEndpoints } from './images/endpoints.ts';

export const imageServiceEndpoints: readonly Endpoint[] = [...imageEndpoints];
