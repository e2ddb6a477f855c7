/** The parts of OpenAPI 3.1 that are written here. */
import type { Json } from '../json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

export interface Reference {
  readonly $ref: string;
}

export interface SchemaUnion {
  readonly oneOf?: readonly Reference[];
  readonly anyOf?: readonly Reference[];
}

export interface MediaType {
  readonly schema: JsonSchema | Reference | SchemaUnion;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: Readonly<Record<string, MediaType>>;
}

export interface Header {
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly (ParameterObject | Reference)[];
  readonly requestBody?: RequestBody;
  readonly responses: Readonly<Record<string, Response | Reference>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

export type Paths = Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;

/** As JSON: nothing in it is undefined. */
export type OpenApiDocument = Readonly<Record<string, Json>>;
