/** The compute service, Nova: what the suites declare of it. */
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { computeCapabilities } from '../capabilities.ts';
import { chooseFixtures } from '../target-resources/choose.ts';
import { computeChanges } from './changes.ts';
import { serverGroup } from './resource-types/server-group.ts';
import { server } from './resource-types/server.ts';

export const compute: ServiceDefinition = {
  type: 'compute',
  words: 'the Compute API',
  uses: ['block-storage', 'image'],
  chooseFixtures,
  capabilities: computeCapabilities,
  resourceTypes: [server, serverGroup],
  changes: computeChanges,
};
