/** The block storage service, Cinder: what the suites declare of it. */
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { blockStorageChanges } from './changes.ts';
import { volume } from './volume.ts';

export const blockStorage: ServiceDefinition = {
  type: 'block-storage',
  words: 'the Block Storage API',
  versionHeader: { header: 'OpenStack-API-Version', serviceName: 'volume' },
  resourceTypes: [volume],
  changes: blockStorageChanges,
};
