/**
 * The shape of a request body as data, and the first deviation of a value from it.
 *
 * A property may belong to a range of microversions; outside it the name is unknown. The order of the checks and the
 * wording of the messages are those of the services.
 */

import { includes, type Microversion, type MicroversionRange } from '../../../src/microversion.ts';
import { isObject, type Json, type JsonObject } from './http.ts';
import { isIPv4, isIPv6 } from './ip-address.ts';
import { pythonLiteral, pythonText, unexpectedNames } from './python-text.ts';

export type JsonType = 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'null';

export interface Shape {
  readonly types?: readonly JsonType[];
  /** Types that are accepted at some microversions only. */
  readonly typesAt?: readonly { readonly range: MicroversionRange; readonly types: readonly JsonType[] }[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
  /** Properties that are required at some microversions only. */
  readonly requiredAt?: readonly { readonly range: MicroversionRange; readonly names: readonly string[] }[];
  /** Refuses properties that are not listed, always or at some microversions only. */
  readonly closed?: boolean | MicroversionRange;
  /** Properties that are not listed: the pattern of their names, and their shape. */
  readonly others?: { readonly names: string; readonly shape: Shape };
  readonly maxProperties?: number;
  /** At some microversions only. */
  readonly minPropertiesAt?: { readonly range: MicroversionRange; readonly count: number };
  readonly minProperties?: number;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly Json[];
  /** Values that belong to the enumeration at some microversions only. */
  readonly enumAt?: readonly { readonly range: MicroversionRange; readonly values: readonly Json[] }[];
  readonly unique?: boolean;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** With Python's semantics: a final `$` also matches before one trailing newline. */
  readonly pattern?: string;
  /** `name`: printable characters of the basic plane without space around them. */
  readonly format?: 'uuid' | 'name' | 'ipv4' | 'ipv6' | 'ip' | 'base64' | 'host';
}

export interface Property extends Shape {
  readonly range?: MicroversionRange;
  /** Earlier microversions that had it too. */
  readonly formerly?: MicroversionRange;
}

interface Deviation {
  readonly path: readonly string[];
  readonly value: Json | undefined;
  readonly message: string;
}

/** The message for the first deviation; undefined when the value conforms. */
export function deviation(shape: Shape, value: Json | undefined, at: Microversion): string | undefined {
  const found = firstDeviation(shape, value, at, []);
  if (!found) return undefined;
  const field = found.path.at(-1);
  if (field === undefined) return found.message;
  return `Invalid input for field/attribute ${field}. Value: ${pythonText(found.value)}. ${found.message}`;
}

/** The value without properties unknown to the shape: what the legacy endpoint checks. */
export function known(shape: Shape, value: Json, at: Microversion): Json {
  if (!isObject(value) || !shape.properties) return value;
  const properties = shape.properties;
  const kept = Object.entries(value).filter(([name]) => isOffered(properties[name], at));
  if (kept.length === 0) return value;
  return Object.fromEntries(kept.map(([name, one]) => [name, known(properties[name] ?? {}, one, at)]));
}

export function isUuidLike(text: string): boolean {
  const bare = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(bare);
}

const visible = '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}';
const namePattern = `^([${visible}]([${visible}\\p{Zs}]*[${visible}])?)?$`;

function isName(text: string): boolean {
  return matches(namePattern, text) && !/[\u{10000}-\u{10ffff}]/u.test(text);
}

/** A pattern as Python's `re.search` reads it. */
export function matches(pattern: string, text: string): boolean {
  return (compiled.get(pattern) ?? compile(pattern)).test(text);
}

const compiled = new Map<string, RegExp>();

/** Clients can send patterns too, so the cache is limited. */
function compile(pattern: string): RegExp {
  const made = new RegExp(pattern.replace(/\$$/, '\\n?$'), 'u');
  if (compiled.size < 100) compiled.set(pattern, made);
  return made;
}

function firstDeviation(
  shape: Shape,
  value: Json | undefined,
  at: Microversion,
  path: readonly string[],
): Deviation | undefined {
  const message = valueDeviation(shape, value, at);
  if (message !== undefined) return { path, value, message };
  if (isObject(value)) return memberDeviation(shape, value, at, path);
  if (!Array.isArray(value) || !shape.items) return undefined;
  for (const [index, item] of (value as readonly Json[]).entries()) {
    const found = firstDeviation(shape.items, item, at, [...path, String(index)]);
    if (found) return found;
  }
  return undefined;
}

function memberDeviation(
  shape: Shape,
  value: JsonObject,
  at: Microversion,
  path: readonly string[],
): Deviation | undefined {
  const properties = Object.entries(shape.properties ?? {}).filter(([, property]) => isOffered(property, at));
  for (const [name, property] of properties) {
    if (!Object.hasOwn(value, name)) continue;
    const found = firstDeviation(property, value[name], at, [...path, name]);
    if (found) return found;
  }
  const missing = requiredNames(shape, at).find(
    (name) => !Object.hasOwn(value, name) && isOffered(shape.properties?.[name], at),
  );
  if (missing !== undefined) return { path, value, message: `'${missing}' is a required property` };
  const names = properties.map(([name]) => name);
  const rest = Object.keys(value).filter((name) => !names.includes(name));
  return otherDeviation(shape, value, rest, at, path);
}

/** Deviations of the members that the shape does not list. */
function otherDeviation(
  shape: Shape,
  value: JsonObject,
  rest: readonly string[],
  at: Microversion,
  path: readonly string[],
): Deviation | undefined {
  const { others, closed, maxProperties = Infinity } = shape;
  const refused = typeof closed === 'object' ? includes(closed, at) : closed;
  const unexpected = rest.filter((name) => (others ? !matches(others.names, name) : refused));
  if (unexpected.length > 0) {
    return { path, value, message: `Additional properties are not allowed ${unexpectedNames(unexpected)}` };
  }
  for (const name of others ? rest : []) {
    const found = firstDeviation(others?.shape ?? {}, value[name], at, [...path, name]);
    if (found) return found;
  }
  const count = Object.keys(value).length;
  if (count < leastProperties(shape, at))
    return { path, value, message: `${pythonLiteral(value)} does not have enough properties` };
  if (count > maxProperties) return { path, value, message: `${pythonLiteral(value)} has too many properties` };
  return undefined;
}

function leastProperties({ minProperties = 0, minPropertiesAt: some }: Shape, at: Microversion): number {
  return some && includes(some.range, at) ? some.count : minProperties;
}

function requiredNames({ required = [], requiredAt = [] }: Shape, at: Microversion): readonly string[] {
  return [...required, ...requiredAt.flatMap(({ range, names }) => (includes(range, at) ? names : []))];
}

function valueDeviation(shape: Shape, value: Json | undefined, at: Microversion): string | undefined {
  const types = typesIn(shape, at);
  if (types && !types.some((type) => isOfType(type, value ?? null))) {
    return `${pythonLiteral(value)} is not of type ${types.map((type) => `'${type}'`).join(', ')}`;
  }
  const values = valuesAt(shape, at);
  if (values && !values.includes(value ?? null))
    return `${pythonLiteral(value)} is not one of ${pythonLiteral(values)}`;
  if (shape.minimum !== undefined && numberOf(value) < shape.minimum) {
    return `${pythonText(value)} is less than the minimum of ${shape.minimum}`;
  }
  if (Array.isArray(value)) return lengthDeviation(shape, value);
  return typeof value === 'string' ? textDeviation(shape, value) : undefined;
}

function typesIn({ types, typesAt = [] }: Shape, at: Microversion): readonly JsonType[] | undefined {
  return types && [...types, ...typesAt.flatMap(({ range, types: more }) => (includes(range, at) ? more : []))];
}

function valuesAt(shape: Shape, at: Microversion): readonly Json[] | undefined {
  if (!shape.enum) return undefined;
  return [...shape.enum, ...(shape.enumAt ?? []).flatMap(({ range, values }) => (includes(range, at) ? values : []))];
}

/** Numbers may be sent as text. */
function numberOf(value: Json | undefined): number {
  if (typeof value === 'string') return /^\s*-?\d+\s*$/.test(value) ? Number(value) : Number.NaN;
  return typeof value === 'number' ? value : Number.NaN;
}

function lengthDeviation(shape: Shape, list: readonly Json[]): string | undefined {
  const { minItems = 0, maxItems = Infinity, unique = false } = shape;
  if (list.length < minItems) return `${pythonLiteral(list)} is too short`;
  if (list.length > maxItems) return `${pythonLiteral(list)} is too long`;
  const isRepeating = unique && new Set(list.map((one) => JSON.stringify(one))).size < list.length;
  return isRepeating ? `${pythonLiteral(list)} has non-unique elements` : undefined;
}

function textDeviation(shape: Shape, text: string): string | undefined {
  const length = charactersOf(shape, text);
  if (shape.minLength !== undefined && length < shape.minLength) {
    return shape.minLength === 1 ? `${pythonLiteral(text)} should be non-empty` : `${pythonLiteral(text)} is too short`;
  }
  if (shape.maxLength !== undefined && length > shape.maxLength) return `${pythonLiteral(text)} is too long`;
  if (shape.pattern !== undefined && !matches(shape.pattern, text))
    return `${pythonLiteral(text)} does not match '${shape.pattern}'`;
  if (shape.format === undefined || hasFormat[shape.format](text)) return undefined;
  if (shape.format === 'name') return 'Only printable characters are allowed, with no space around them.';
  return `${pythonLiteral(text)} is not a '${shape.format}'`;
}

const hasFormat: Readonly<Record<NonNullable<Shape['format']>, (text: string) => boolean>> = {
  uuid: isUuidLike,
  name: isName,
  ipv4: isIPv4,
  ipv6: isIPv6,
  ip: (text) => isIPv4(text) || isIPv6(text),
  base64: (text) => /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text.replace(/\s/g, '')),
  host: (text) => matches('^[a-zA-Z0-9-._]*$', text),
};

/** Counts code points, not UTF-16 units, but only where a limit needs it. */
function charactersOf({ minLength, maxLength }: Shape, text: string): number {
  return minLength === undefined && maxLength === undefined ? text.length : [...text].length;
}

function isOfType(type: JsonType, value: Json): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** Whether a property is known at a microversion. */
export function isOffered(property: Property | undefined, at: Microversion): boolean {
  if (property?.range === undefined) return property !== undefined;
  return includes(property.range, at) || (property.formerly !== undefined && includes(property.formerly, at));
}
