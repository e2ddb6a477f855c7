/**
 * Writes and reads shapes of contract files: a scalar is a word (`string`, `integer or null`), everything else an
 * object; omitted properties have the default value (not nullable, not open, not required).
 */
import { isJsonObject, jsonList, jsonObject, jsonText, type Json, type JsonObject, type NonEmpty } from '../json.ts';
import { ContractFileError } from './contract-file-error.ts';
import type {
  AnyShape,
  ChoiceShape,
  Member,
  NullShape,
  ObjectShape,
  RepeatedFrom,
  ScalarShape,
  Shape,
} from './model.ts';
import { readPlace, quoteValue, readRange, writePlace, type Around } from './place-file.ts';
import { formatRange } from '../microversion.ts';

const NULL_TOO = ' or null';
const scalars: readonly string[] = ['string', 'integer', 'number', 'boolean'] satisfies readonly ScalarShape['type'][];

export function writeShape(shape: Shape, around: Around): Json {
  switch (shape.type) {
    case 'any':
    case 'null':
      return shape.type;
    case 'object': {
      const members = shape.members.map((member) => writeMember(member, around));
      const values = shape.values && { values: writeShape(shape.values, around) };
      return { object: members, ...values, ...flag('nullable', shape.nullable), ...writeOpen(shape) };
    }
    case 'array':
      return { array: writeShape(shape.items, around), ...flag('nullable', shape.nullable) };
    case 'choice':
      return { choice: shape.options.map((option) => writeShape(option, around)) };
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean': {
      const word = `${shape.type}${shape.nullable ? NULL_TOO : ''}`;
      return shape.facets ? { scalar: word, facets: shape.facets as JsonObject } : word;
    }
  }
}

/** @throws ContractFileError */
export function readShape(value: Json | undefined, around: Around): Shape {
  if (typeof value === 'string') return readWord(value);
  if (!isJsonObject(value))
    throw new ContractFileError(`The contract file has ${quoteValue(value)} where a shape belongs.`);
  const nullable = value.nullable === true;
  if ('object' in value) {
    const members = jsonList(value.object).map((member) => readMember(jsonObject(member), around));
    const values = value.values !== undefined && { values: readShape(value.values, around) };
    return { type: 'object', nullable, members, ...readOpen(value.open), ...values };
  }
  if ('array' in value) return { type: 'array', nullable, items: readShape(value.array, around) };
  if ('choice' in value) return { type: 'choice', options: readOptions(value.choice, around) };
  const scalar = readWord(jsonText(value.scalar) ?? '');
  return 'nullable' in scalar ? { ...scalar, facets: jsonObject(value.facets) } : scalar;
}

function writeMember(member: Member, around: Around): Json {
  const { name, required, shape, confidence, repeats } = member;
  return {
    name,
    shape: writeShape(shape, around),
    ...flag('required', required),
    ...(repeats && { repeats: repeats.in === 'path' ? repeats.name : repeats.pointer }),
    ...writePlace(member, around),
    ...(confidence && { confidence }),
  };
}

/** `open`: in all microversions, or a list of ranges. */
function writeOpen({ open, openIn }: ObjectShape): JsonObject {
  return openIn ? { open: openIn.map(formatRange) } : flag('open', open);
}

function readOpen(value: Json | undefined): Pick<ObjectShape, 'open' | 'openIn'> {
  return Array.isArray(value) ? { open: false, openIn: jsonList(value).map(readRange) } : { open: value === true };
}

/** @throws ContractFileError */
function readConfidence(value: Json): NonNullable<Member['confidence']> {
  if (value === 'shown' || value === 'inferred') return value;
  throw new ContractFileError(`The contract file has ${quoteValue(value)} where a confidence belongs.`);
}

function readMember(value: JsonObject, around: Around): Member {
  return {
    name: jsonText(value.name) ?? '',
    required: value.required === true,
    shape: readShape(value.shape, around),
    ...(value.repeats !== undefined && { repeats: repeatedFrom(jsonText(value.repeats) ?? '') }),
    ...readPlace(value, around),
    ...(value.confidence !== undefined && { confidence: readConfidence(value.confidence) }),
  };
}

/** A JSON pointer refers to the body; any other text is a parameter of the path. */
export function repeatedFrom(text: string): RepeatedFrom {
  return text.startsWith('/') ? { in: 'body', pointer: text } : { in: 'path', name: text };
}

function readOptions(value: Json | undefined, around: Around): ChoiceShape['options'] {
  const [first, ...rest] = jsonList(value).map((option) => readShape(option, around));
  if (first) return [first, ...rest] satisfies NonEmpty<Shape>;
  throw new ContractFileError('The contract file has a choice without options.');
}

function readWord(text: string): ScalarShape | NullShape | AnyShape {
  if (text === 'any' || text === 'null') return { type: text };
  const nullable = text.endsWith(NULL_TOO);
  const type = nullable ? text.slice(0, -NULL_TOO.length) : text;
  if (scalars.includes(type)) return { type: type as ScalarShape['type'], nullable };
  throw new ContractFileError(`The contract file has "${text}" where a type belongs.`);
}

function flag(name: string, is: boolean): JsonObject {
  return is ? { [name]: true } : {};
}
