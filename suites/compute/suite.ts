/** The clauses of the compute service, by resource. */
import { recipesOf } from '../../src/clauses/derive-recipe.ts';
import type { ServiceSuite } from '../../src/clauses/service-definition.ts';
import { readOnlyRecipes } from './read-only/recipes.ts';
import { serverActionClauses } from './server-actions/clauses.ts';
import { serverActionOperations } from './server-actions/operations.ts';
import { singleServerClauses } from './servers/clauses.ts';
import { singleServerOperations } from './servers/operations.ts';
import { serverGroupClauses } from './server-groups/clauses.ts';
import { serverGroupOperations } from './server-groups/operations.ts';
import { serverMetadataClauses } from './server-metadata/clauses.ts';
import { serverMetadataOperations } from './server-metadata/operations.ts';
import { versionDocumentClauses } from './version-documents.ts';
import { serverTagClauses } from './server-tags/clauses.ts';
import { serverTagOperations } from './server-tags/operations.ts';
import { volumeAttachmentClauses } from './volume-attachments/index.ts';
import { volumeAttachmentOperations } from './volume-attachments/operations.ts';

export const computeSuite: ServiceSuite = {
  type: 'compute',
  resources: [
    { id: 'volume-attachments', recipes: recipesOf(volumeAttachmentOperations), clauses: volumeAttachmentClauses },
    { id: 'server-groups', recipes: recipesOf(serverGroupOperations), clauses: serverGroupClauses },
    { id: 'servers', recipes: recipesOf(singleServerOperations), clauses: singleServerClauses },
    { id: 'server-actions', recipes: recipesOf(serverActionOperations), clauses: serverActionClauses },
    { id: 'server-metadata', recipes: recipesOf(serverMetadataOperations), clauses: serverMetadataClauses },
    { id: 'server-tags', recipes: recipesOf(serverTagOperations), clauses: serverTagClauses },
  ],
  clauses: versionDocumentClauses,
  otherRecipes: readOnlyRecipes,
};
