/**
 * The declared endpoints of the volume service: one line for each resource.
 */

import type { Endpoint } from '../kernel/endpoint.ts';
import { attachmentEndpoints } from './attachments/endpoints.ts';
import { quotaEndpoints } from './quotas/endpoints.ts';
import { volumeTypeEndpoints } from './types/endpoints.ts';
import { volumeActions } from './volumes/actions.ts';
import { volumeEndpoints } from './volumes/endpoints.ts';

export const blockStorageEndpoints: readonly Endpoint[] = [
  ...volumeEndpoints,
  ...volumeActions,
  ...attachmentEndpoints,
  ...volumeTypeEndpoints,
  ...quotaEndpoints,
];
