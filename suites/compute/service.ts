/** The compute service, Nova: what the suites declare of it. */
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { computeCapabilities } from '../capabilities.ts';
import { chooseFixtures } from '../target-resources/choose.ts';
import { computeChanges } from './changes.ts';
import { hostOutage } from './resource-types/host-outage.ts';
import { serverGroup } from './resource-types/server-group.ts';
import { server } from './resource-types/server.ts';

export const compute: ServiceDefinition = {
  type: 'compute',
  words: 'the Compute API',
  uses: ['block-storage', 'image'],
  mayUse: ['network'],
  chooseFixtures,
  capabilities: computeCapabilities,
  resourceTypes: [server, serverGroup, hostOutage],
  changes: computeChanges,
};
