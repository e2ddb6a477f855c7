/** The operations on servers, in the order of the contract. */
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import { createServer, createServers } from './create.ts';
import { serverLists } from './lists.ts';
import { singleServerOperations } from './operations.ts';

export const serverOperations: readonly DeclaredOperation[] = [
  ...serverLists,
  createServer,
  createServers,
  ...singleServerOperations,
];
