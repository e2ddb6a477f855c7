/**
 * The files of a contract: its head, one file per operation, and one per operation with all its schemas.
 *
 * The schema file of an operation names under `x-sides` which of its `$defs` holds for a side at which microversions;
 * what several revisions have in common stands there once.
 */
import { writeHead, writeOperationFile } from '../contract/contract-file.ts';
import { contractOf } from '../contract/cut-revisions.ts';
import type { DraftContract } from '../contract/draft.ts';
import type { Operation, OperationId } from '../contract/model.ts';
import { printJson } from '../contract/print-json.ts';
import type { Json } from '../json.ts';
import { formatRange } from '../microversion.ts';
import { dialect, type JsonSchema } from './json-schema.ts';
import { sourceText } from './shape-schema.ts';
import { sharedSchemas } from './shared-schemas.ts';
import { sideSchemas, type SideName, type SidePiece } from './side-schemas.ts';

export interface SchemaFile {
  /** Relative to the folder of all schemas: `compute/contract.json`. */
  readonly path: string;
  readonly text: string;
}

/** In the order of their paths. */
export function schemaFiles(draft: DraftContract): readonly SchemaFile[] {
  const { service, operations } = contractOf(draft);
  const files = [
    { path: `${service}/contract.json`, text: writeHead(draft) },
    ...draft.operations.map((operation) => ({ path: contractFile(operation.id), text: writeOperationFile(operation) })),
    ...operations.map((operation) => ({ path: schemaFile(operation.id), text: schemaText(operation) })),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `compute/contract/attach-volume.json`. */
export function contractFile(operation: OperationId): string {
  return `${operation.replace('/', '/contract/')}.json`;
}

/** `compute/attach-volume.json`. */
export function schemaFile(operation: OperationId): string {
  return `${operation}.json`;
}

function schemaText(operation: Operation): string {
  const { id, title, method, path, range, source } = operation;
  const sides = [...sideSchemas(operation)];
  const schemas = sides.flatMap(([side, pieces]) => schemasOf(side, pieces));
  return printJson({
    $schema: dialect,
    $id: schemaFile(id),
    title,
    'x-source': sourceText(source),
    'x-call': `${method} ${path}`,
    'x-range': formatRange(range),
    'x-sides': Object.fromEntries(sides.map(([side, pieces]) => [side, placesOf(side, pieces)])),
    $defs: Object.fromEntries(sharedSchemas(schemas).map(([name, schema]) => [name, withShortClauses(schema, id)])),
  });
}

function schemasOf(side: SideName, pieces: readonly SidePiece[]): readonly (readonly [string, JsonSchema])[] {
  return pieces.flatMap((piece) => {
    return piece.content.kind === 'json' ? [[nameOf(side, piece), piece.content.schema] as const] : [];
  });
}

/** Per range the schema, or why there is none. */
function placesOf(side: SideName, pieces: readonly SidePiece[]): Json {
  return Object.fromEntries(
    pieces.map((piece) => {
      const { range, content } = piece;
      return [formatRange(range), content.kind === 'json' ? `#/$defs/${nameOf(side, piece)}` : `(${content.kind})`];
    }),
  );
}

/** `response-200@2.79-2.100`. */
function nameOf(side: SideName, { range }: SidePiece): string {
  return `${side}@${formatRange(range)}`;
}

/** The clauses of the file's own operation go by the part after the `#`. */
function withShortClauses(schema: JsonSchema, id: OperationId): Json {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    const isClause = typeof value === 'string' && key !== '' && value.startsWith(`${id}#`);
    return isClause ? value.slice(id.length) : value;
  });
  return JSON.parse(text) as Json;
}
