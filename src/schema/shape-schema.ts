/**
 * Shapes of bodies as JSON Schema. An object is closed where the contract has all its members, and open elsewhere.
 */
import { clauseId } from '../contract/clause-names.ts';
import { confidenceOf } from '../contract/confidence.ts';
import { ITEMS, KEYS, knownNames, pathText, type BodySide } from '../contract/members.ts';
import type { ChoiceShape, Member, ObjectShape, Operation, ScalarShape, Shape, Source } from '../contract/model.ts';
import type { Json } from '../json.ts';
import type { ClosedBy, JsonSchema } from './json-schema.ts';

/** What the schemas of one side of an operation are made with. */
export interface SideContext {
  readonly operation: Operation;
  readonly side: BodySide;
  /** The names that any microversion knows, by the path of their object. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
}

export function sideContext(operation: Operation, side: BodySide): SideContext {
  return { operation, side, known: knownNames(operation, side) };
}

export function shapeSchema(shape: Shape, path: readonly string[], context: SideContext): JsonSchema {
  switch (shape.type) {
    case 'object':
      return objectSchema(shape, path, context);
    case 'array':
      return { type: typeOf('array', shape.nullable), items: shapeSchema(shape.items, [...path, ITEMS], context) };
    case 'null':
      return { type: 'null' };
    case 'any':
      return {};
    case 'choice':
      return choiceSchema(shape, path, context);
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return scalarSchema(shape, context.side);
  }
}

function objectSchema(shape: ObjectShape, path: readonly string[], context: SideContext): JsonSchema {
  const required = shape.members.filter((member) => member.required).map(({ name }) => name);
  const properties = shape.members.map((member) => [member.name, memberSchema(member, path, context)] as const);
  return {
    type: typeOf('object', shape.nullable),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
    ...(shape.values && { additionalProperties: shapeSchema(shape.values, [...path, KEYS], context) }),
    ...(!shape.open && { additionalProperties: false, 'x-closed': closedBy(shape, path, context) }),
  };
}

function memberSchema(member: Member, path: readonly string[], context: SideContext): JsonSchema {
  const { operation, side } = context;
  const place = [...path, member.name];
  const about = member.required ? 'required' : 'optional';
  const source = sourceText(member.source);
  return {
    ...shapeSchema(member.shape, place, context),
    'x-clause': clauseId(operation, { about, side, path: place }),
    'x-confidence': confidenceOf(member),
    ...(source !== sourceText(operation.source) && { 'x-source': source }),
  };
}

function closedBy(
  { members }: ObjectShape,
  path: readonly string[],
  { operation, side, known }: SideContext,
): ClosedBy {
  const present = new Set(members.map(({ name }) => name));
  const absent = [...(known.get(pathText(path)) ?? [])]
    .filter((name) => !present.has(name))
    .sort()
    .map((name) => [name, clauseId(operation, { about: 'absent', side, path: [...path, name] })] as const);
  const clause = clauseId(operation, { about: 'closed', side, path });
  return { clause, ...(absent.length > 0 && { absent: Object.fromEntries(absent) }) };
}

/**
 * Options of different types are one schema, since each keyword but `enum` concerns values of one type; a deviation is
 * then one of the member where it is. Anything else is a list of schemas.
 */
function choiceSchema({ options }: ChoiceShape, path: readonly string[], context: SideContext): JsonSchema {
  const schemas = options.map((option) => shapeSchema(option, path, context));
  const types = [...new Set(schemas.flatMap(({ type }) => (type === undefined ? [] : [type].flat())))];
  const isPlain = schemas.every((schema) => Object.keys(schema).join() === 'type');
  if (isPlain) return { type: types };
  const own = options.map(({ type }) => (type === 'integer' ? 'number' : type));
  const differ = new Set(own).size === own.length;
  const canMerge = differ && schemas.every((schema) => schema.type !== undefined && schema.enum === undefined);
  return canMerge ? { ...(Object.assign({}, ...schemas) as JsonSchema), type: types } : { anyOf: schemas };
}

/**
 * Requests accept every spelling of a UUID that Python's `uuid` module reads: capitals, hyphens anywhere or nowhere,
 * braces, and a urn prefix.
 */
const uuidInRequests = '^(urn:)?(uuid:)?\\{*(-*[0-9A-Fa-f]){32}-*\\}*$';

function scalarSchema({ type, nullable, facets = {} }: ScalarShape, side: BodySide): JsonSchema {
  const { enum: values, format, ...limits } = facets;
  const lenient = format === 'uuid' && side === 'request' && limits.pattern === undefined;
  return {
    type: typeOf(type, nullable),
    ...(lenient ? { pattern: uuidInRequests } : format !== undefined && { format }),
    ...limits,
    ...(values && { enum: withNull(values, nullable) }),
  };
}

function withNull(values: readonly Json[], nullable: boolean): readonly Json[] {
  return nullable && !values.includes(null) ? [...values, null] : values;
}

function typeOf(type: string, nullable: boolean): string | readonly string[] {
  return nullable ? [type, 'null'] : type;
}

/** `os-volume-attachments.inc: Attach a volume to an instance`. */
export function sourceText({ file, section }: Source): string {
  return `${file.slice(file.lastIndexOf('/') + 1)}: ${section}`;
}
