/**
 * The declared endpoints of the compute service: one line for each resource.
 */

import type { Endpoint } from '../kernel/endpoint.ts';
import { serverGroupEndpoints } from './server-groups/endpoints.ts';
import { volumeAttachmentEndpoints } from './volume-attachments/endpoints.ts';

export const computeEndpoints: readonly Endpoint[] = [...serverGroupEndpoints, ...volumeAttachmentEndpoints];
