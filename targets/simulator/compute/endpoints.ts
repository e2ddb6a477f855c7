/**
 * The declared endpoints of the compute service: one line for each resource.
 */

import type { Endpoint } from '../kernel/endpoint.ts';
import { flavorEndpoints } from './flavors/endpoints.ts';
import { floatingIpEndpoints } from './floating-ips/endpoints.ts';
import { instanceActionEndpoints } from './instance-actions/endpoints.ts';
import { interfaceEndpoints } from './interfaces/endpoints.ts';
import { migrationEndpoints } from './migrations/endpoints.ts';
import { remoteConsoleEndpoints } from './remote-consoles/endpoints.ts';
import { consoleActions } from './server-actions/consoles.ts';
import { deferredDeleteActions } from './server-actions/deferred-delete.ts';
import { floatingIpActions } from './server-actions/floating-ip.ts';
import { guestActions } from './server-actions/guest.ts';
import { imageActions } from './server-actions/images.ts';
import { lockActions } from './server-actions/lock.ts';
import { migrateActions } from './server-actions/migrate.ts';
import { powerActions } from './server-actions/power.ts';
import { rebuildActions } from './server-actions/rebuild.ts';
import { rescueActions } from './server-actions/rescue.ts';
import { resizeActions } from './server-actions/resize.ts';
import { shelveActions } from './server-actions/shelve.ts';
import { removedEndpoints } from './removed/endpoints.ts';
import { serverDetailEndpoints } from './server-details/endpoints.ts';
import { serverGroupEndpoints } from './server-groups/endpoints.ts';
import { serverMetadataEndpoints } from './server-metadata/endpoints.ts';
import { serverTagEndpoints } from './server-tags/endpoints.ts';
import { serverEndpoints } from './servers/endpoints.ts';
import { serviceEndpoints } from './services/endpoints.ts';
import { usageEndpoints } from './usage/endpoints.ts';
import { volumeAttachmentEndpoints } from './volume-attachments/endpoints.ts';

export const computeEndpoints: readonly Endpoint[] = [
  ...serverEndpoints,
  ...powerActions,
  ...resizeActions,
  ...rebuildActions,
  ...shelveActions,
  ...rescueActions,
  ...lockActions,
  ...imageActions,
  ...migrateActions,
  ...consoleActions,
  ...guestActions,
  ...floatingIpActions,
  ...deferredDeleteActions,
  ...serverMetadataEndpoints,
  ...serverTagEndpoints,
  ...serverDetailEndpoints,
  ...interfaceEndpoints,
  ...instanceActionEndpoints,
  ...migrationEndpoints,
  ...remoteConsoleEndpoints,
  ...serverGroupEndpoints,
  ...volumeAttachmentEndpoints,
  ...flavorEndpoints,
  ...floatingIpEndpoints,
  ...serviceEndpoints,
  ...usageEndpoints,
  ...removedEndpoints,
];
