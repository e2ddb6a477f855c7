/**
 * The network service's rules.
 */

import { rulesByOperation } from '../kernel/endpoint.ts';
import type { NetworkBehaviour } from './behaviour.ts';
import { networkServiceEndpoints } from './endpoints.ts';

export const networkBehaviour: NetworkBehaviour = {
  policies: {
    get_network: ['anyone'],
    get_port: ['project-reader', 'admin'],
    create_port: ['project-member', 'admin'],
    delete_port: ['project-member', 'admin'],
    get_security_group: ['project-reader', 'admin'],
    create_security_group: ['project-member', 'admin'],
    update_security_group: ['project-member', 'admin'],
    delete_security_group: ['project-member', 'admin'],
    get_floatingip: ['project-reader', 'admin'],
    create_floatingip: ['project-member', 'admin'],
    delete_floatingip: ['project-member', 'admin'],
    get_router: ['project-reader', 'admin'],
  },
  endpoints: rulesByOperation(networkServiceEndpoints),
};
