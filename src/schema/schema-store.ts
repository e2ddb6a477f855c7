/**
 * Looks up the schema that holds for an operation at a microversion. Schemas are made when they are first asked for.
 */
import { findOperation } from '../contract/questions.ts';
import type { Contract, OperationId } from '../contract/model.ts';
import type { Microversion } from '../microversion.ts';
import { pieceAt, sideSchemas, type SideContent, type SideName, type SideSchemas } from './side-schemas.ts';
import type { JsonSchema } from './json-schema.ts';

/** Each answer is undefined where the contract has no such operation, microversion or status. */
export interface SchemaStore {
  readonly request: (operation: OperationId, version: Microversion) => SideContent | undefined;
  readonly response: (operation: OperationId, version: Microversion, status: number) => SideContent | undefined;
  /** For a parsed query: names to texts, or to lists of texts. Undefined too when nothing is said about the query. */
  readonly query: (operation: OperationId, version: Microversion) => JsonSchema | undefined;
}

export function schemaStore(contract: Contract): SchemaStore {
  const made = new Map<OperationId, SideSchemas>();
  const sidesOf = (id: OperationId): SideSchemas => {
    const known = made.get(id);
    if (known) return known;
    const operation = findOperation(contract, id);
    const sides: SideSchemas = operation ? sideSchemas(operation) : new Map();
    made.set(id, sides);
    return sides;
  };
  const content = (id: OperationId, version: Microversion, side: SideName): SideContent | undefined => {
    return pieceAt(sidesOf(id).get(side), version)?.content;
  };
  return {
    request: (id, version) => content(id, version, 'request'),
    response: (id, version, status) => content(id, version, `response-${status}`),
    query: (id, version) => {
      const query = content(id, version, 'query');
      return query?.kind === 'json' ? query.schema : undefined;
    },
  };
}
