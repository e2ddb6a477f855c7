/**
 * The files of a contract: the contract itself, one schema per side and range, and an index of them.
 *
 * A schema is found without the index too: the file of an operation and side whose range holds the microversion.
 */
import { writeContract } from '../contract/contract-file.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { printJson } from '../contract/print-json.ts';
import type { Json } from '../json.ts';
import { formatRange } from '../microversion.ts';
import { schemaFile, sideSchemas, type SideName, type SidePiece } from './side-schemas.ts';

export interface SchemaFile {
  /** Relative to the folder of all schemas: `compute/contract.json`. */
  readonly path: string;
  readonly text: string;
}

/** In the order of their paths. */
export function schemaFiles(contract: Contract): readonly SchemaFile[] {
  const operations = contract.operations.map((operation) => ({ operation, sides: [...sideSchemas(operation)] }));
  const schemas = operations.flatMap(({ operation, sides }) =>
    sides.flatMap(([side, pieces]) => filesOf(operation, side, pieces)),
  );
  const index = Object.fromEntries(operations.map(({ operation, sides }) => [operation.id, indexOf(operation, sides)]));
  const files = [
    { path: `${contract.service}/contract.json`, text: writeContract(contract) },
    { path: `${contract.service}/index.json`, text: printJson(index) },
    ...schemas,
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function filesOf({ id }: Operation, side: SideName, pieces: readonly SidePiece[]): readonly SchemaFile[] {
  return pieces.flatMap(({ range, content }) => {
    if (content.kind !== 'json') return [];
    return [{ path: schemaFile(id, range, side), text: printJson(content.schema as unknown as Json) }];
  });
}

/** Per side and range the file, or why there is none. */
function indexOf({ id }: Operation, sides: readonly (readonly [SideName, readonly SidePiece[]])[]): Json {
  const entry = (side: SideName, { range, content }: SidePiece): readonly [string, Json] => [
    formatRange(range),
    content.kind === 'json' ? schemaFile(id, range, side) : `(${content.kind})`,
  ];
  return Object.fromEntries(
    sides.map(([side, pieces]) => [side, Object.fromEntries(pieces.map((piece) => entry(side, piece)))]),
  );
}
