/** The clauses of the compute service, by resource. */
import { recipesOf } from '../../src/clauses/derive-recipe.ts';
import type { ServiceSuite } from '../../src/clauses/service-definition.ts';
import { instanceActionClauses } from './instance-actions/clauses.ts';
import { instanceActionOperations } from './instance-actions/operations.ts';
import { migrationClauses } from './migrations/clauses.ts';
import { migrationOperations } from './migrations/operations.ts';
import { removedInterfaces, removedOperations, removedServerActions } from './removed-operations.ts';
import { readOnlyRecipes } from './read-only/recipes.ts';
import { serverActionClauses } from './server-actions/clauses.ts';
import { serverActionOperations } from './server-actions/operations.ts';
import { serverDetailClauses } from './server-details/clauses.ts';
import { serverDetailOperations } from './server-details/operations.ts';
import { remoteConsoleClauses } from './remote-consoles/clauses.ts';
import { remoteConsoleOperations } from './remote-consoles/operations.ts';
import { serverClauses } from './servers/clauses.ts';
import { serverOperations } from './servers/declared.ts';
import { interfaceClauses } from './interfaces/clauses.ts';
import { interfaceOperations } from './interfaces/operations.ts';
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
    { id: 'servers', recipes: recipesOf(serverOperations), clauses: serverClauses },
    {
      id: 'server-actions',
      recipes: recipesOf(serverActionOperations),
      clauses: serverActionClauses,
      removed: removedServerActions,
    },
    { id: 'server-details', recipes: recipesOf(serverDetailOperations), clauses: serverDetailClauses },
    {
      id: 'interfaces',
      recipes: recipesOf(interfaceOperations),
      clauses: interfaceClauses,
      removed: removedInterfaces,
    },
    { id: 'server-metadata', recipes: recipesOf(serverMetadataOperations), clauses: serverMetadataClauses },
    { id: 'remote-consoles', recipes: recipesOf(remoteConsoleOperations), clauses: remoteConsoleClauses },
    { id: 'migrations', recipes: recipesOf(migrationOperations), clauses: migrationClauses },
    { id: 'instance-actions', recipes: recipesOf(instanceActionOperations), clauses: instanceActionClauses },
    { id: 'server-tags', recipes: recipesOf(serverTagOperations), clauses: serverTagClauses },
    { id: 'removed-operations', recipes: {}, clauses: [], removed: removedOperations },
  ],
  clauses: versionDocumentClauses,
  otherRecipes: readOnlyRecipes,
};
