/** The identity service, Keystone: what the suites declare of it. */
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { identityChanges } from './changes.ts';

export const identity: ServiceDefinition = {
  type: 'identity',
  words: 'the Identity API',
  changes: identityChanges,
};
