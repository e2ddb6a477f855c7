/** The network service, Neutron: what the suites declare of it. */
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { networkChanges } from './changes.ts';
import { floatingIp } from './floating-ip.ts';
import { port } from './port.ts';
import { securityGroup } from './security-group.ts';

export const network: ServiceDefinition = {
  type: 'network',
  words: 'the Networking API',
  resourceTypes: [port, securityGroup, floatingIp],
  changes: networkChanges,
};
