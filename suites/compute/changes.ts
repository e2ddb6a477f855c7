/** The declared changes of the compute service: what each request refers to and creates. */
import { changesOf } from '../../src/clauses/derive-recipe.ts';
import type { DeclaredChange } from '../../src/resources/declared-change.ts';
import { hostOutageChanges } from './resource-types/host-outage.ts';
import { removedChanges } from './removed-operations.ts';
import { otherMethodsOf } from './rules/other-methods.ts';
import { serverActionOperations } from './server-actions/operations.ts';
import { interfaceOperations } from './interfaces/operations.ts';
import { serverDetailOperations } from './server-details/operations.ts';
import { migrationOperations } from './migrations/operations.ts';
import { remoteConsoleOperations } from './remote-consoles/operations.ts';
import { serverOperations } from './servers/declared.ts';
import { serverGroupOperations } from './server-groups/operations.ts';
import { serverMetadataOperations } from './server-metadata/operations.ts';
import { serverTagOperations } from './server-tags/operations.ts';
import { volumeAttachmentOperations } from './volume-attachments/operations.ts';

export const computeChanges: readonly DeclaredChange[] = [
  ...changesOf(serverOperations),
  ...changesOf(serverActionOperations),
  ...changesOf(serverDetailOperations),
  ...changesOf(interfaceOperations),
  ...changesOf(volumeAttachmentOperations),
  ...changesOf(serverGroupOperations),
  ...changesOf(serverTagOperations),
  ...changesOf(serverMetadataOperations),
  ...changesOf(remoteConsoleOperations),
  ...changesOf(migrationOperations),
  ...removedChanges,
  ...hostOutageChanges,
  ...otherMethodsOf(volumeAttachmentOperations),
  ...otherMethodsOf(serverGroupOperations),
  ...otherMethodsOf(serverOperations),
];
