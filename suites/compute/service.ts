/** The compute service, Nova: what the suites declare of it. */
import { recipesOf } from '../../src/clauses/derive-recipe.ts';
import type { ServiceDefinition } from '../../src/clauses/service-definition.ts';
import { computeCapabilities } from '../capabilities.ts';
import { chooseFixtures, type Needs } from '../fixtures/choose.ts';
import { computeChanges } from './changes.ts';
import { readOnlyRecipes } from './read-only/recipes.ts';
import { serverGroup } from './server-group.ts';
import { serverGroupClauses } from './server-groups/clauses.ts';
import { serverGroupOperations } from './server-groups/operations.ts';
import { server } from './server.ts';
import { volumeAttachmentClauses } from './volume-attachments/index.ts';
import { volumeAttachmentOperations } from './volume-attachments/operations.ts';

export const compute: ServiceDefinition<Needs> = {
  type: 'compute',
  words: 'the Compute API',
  uses: ['block-storage', 'image'],
  chooseFixtures,
  capabilities: computeCapabilities,
  resourceTypes: [server, serverGroup],
  changes: computeChanges,
  resources: [
    { id: 'volume-attachments', recipes: recipesOf(volumeAttachmentOperations), clauses: volumeAttachmentClauses },
    { id: 'server-groups', recipes: recipesOf(serverGroupOperations), clauses: serverGroupClauses },
  ],
  otherRecipes: readOnlyRecipes,
};
