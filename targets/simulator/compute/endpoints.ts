/**
 * The declared endpoints of the compute service: one line for each resource.
 */

import type { Endpoint } from '../kernel/endpoint.ts';
import { deferredDeleteActions } from './server-actions/deferred-delete.ts';
import { lockActions } from './server-actions/lock.ts';
import { powerActions } from './server-actions/power.ts';
import { rescueActions } from './server-actions/rescue.ts';
import { resizeActions } from './server-actions/resize.ts';
import { shelveActions } from './server-actions/shelve.ts';
import { serverGroupEndpoints } from './server-groups/endpoints.ts';
import { serverEndpoints } from './servers/endpoints.ts';
import { volumeAttachmentEndpoints } from './volume-attachments/endpoints.ts';

export const computeEndpoints: readonly Endpoint[] = [
  ...serverEndpoints,
  ...powerActions,
  ...resizeActions,
  ...shelveActions,
  ...rescueActions,
  ...lockActions,
  ...deferredDeleteActions,
  ...serverGroupEndpoints,
  ...volumeAttachmentEndpoints,
];
