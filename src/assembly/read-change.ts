/**
 * Reads one change of an erratum. Scalars arrive as text, so numbers and flags are recognised by their field.
 */
import { pathKeys } from '../contract/members.ts';
import type { ArrayShape, Facets, ObjectShape, ScalarShape, UnknownQuery } from '../contract/model.ts';
import { repeatedFrom } from '../contract/shape-file.ts';
import type { Report } from '../diagnostic.ts';
import { flagField, mapField, requireText, textField, textListField } from '../yaml-fields.ts';
import type { YamlMap } from '../yaml.ts';
import type { Place } from '../reference/model.ts';
import type { ChangeOf, ShapeEdit } from './model.ts';
import { rangeField } from './range-field.ts';

const textFacets = ['format', 'pattern'] as const;
const numberFacets = ['minLength', 'maxLength', 'minimum', 'maximum'] as const;

export const changeKeys = [
  'change',
  'operations',
  'in',
  'at',
  'range',
  'status',
  'instead-of',
  'rule',
  'wrong-value',
  'repeats',
  'required',
  'nullable',
  'open',
  'type',
  'also',
  'any',
  'enum',
  ...textFacets,
  ...numberFacets,
];

export function changeOf(map: YamlMap, report: Report): ChangeOf | undefined {
  const change = requireText(map, 'change', report);
  switch (change) {
    case undefined:
      return undefined;
    case 'availability':
      return availability(map, report);
    case 'member':
    case 'new-member':
    case 'no-member':
      return memberChange(change, map, report);
    case 'parameter':
    case 'new-parameter':
    case 'no-parameter':
      return parameterChange(change, map, report);
    case 'no-body':
    case 'no-header':
    case 'success':
    case 'new-error':
      return statusChange(change, map, report);
    case 'unknown-query':
      return unknownQueryChange(map, report);
    default:
      return wrong(
        map,
        `"${change}" is no kind of change`,
        'availability, member, new-member, no-member, parameter, new-parameter, success, …',
        report,
      );
  }
}

function availability(map: YamlMap, report: Report): ChangeOf | undefined {
  const range = rangeField(map, 'range', report);
  return range ? { change: 'availability', range } : wrong(map, 'the change has no range', 'a range', report);
}

function memberChange(
  change: 'member' | 'new-member' | 'no-member',
  map: YamlMap,
  report: Report,
): ChangeOf | undefined {
  const side = requireText(map, 'in', report);
  const at = requireText(map, 'at', report);
  if (side !== 'request' && side !== 'response')
    return wrong(map, `"${side ?? ''}" is no side`, 'request or response', report);
  if (!at?.startsWith('/')) return wrong(map, 'the change names no member', 'a path such as /server/name', report);
  const path = pathKeys(at);
  const range = rangeField(map, 'range', report);
  if (change === 'no-member') return { change, side, path, ...(range && { range }) };
  if (change === 'member') return { change, side, path, set: shapeEdit(map, report), ...(range && { range }) };
  const shape = containers[textField(map, 'type', report) ?? ''] ?? scalarShape(map, report);
  const required = flagField(map, 'required', report) ?? false;
  return shape && { change, side, path, member: { required, shape, ...(range && { range }) } };
}

function parameterChange(
  change: 'parameter' | 'new-parameter' | 'no-parameter',
  map: YamlMap,
  report: Report,
): ChangeOf | undefined {
  const place = requireText(map, 'in', report);
  const name = requireText(map, 'at', report);
  if (place !== 'query' && place !== 'path' && place !== 'header') {
    return wrong(map, `"${place ?? ''}" is no place of parameters`, 'path, query or header', report);
  }
  if (change === 'no-parameter') return name === undefined ? undefined : { change, in: place, name };
  if (change === 'new-parameter') return name === undefined ? undefined : newParameter(place, name, map, report);
  const wrongValue = textField(map, 'wrong-value', report);
  if (wrongValue !== undefined && wrongValue !== 'rejected')
    return wrong(map, `"${wrongValue}" is no rule for wrong values`, 'rejected', report);
  const set = shapeEdit(map, report);
  return name === undefined
    ? undefined
    : { change, in: place, name, set, ...(wrongValue !== undefined && { wrongValue }) };
}

function newParameter(place: Exclude<Place, 'body'>, name: string, map: YamlMap, report: Report): ChangeOf | undefined {
  const shape = scalarShape(map, report);
  const required = flagField(map, 'required', report) ?? false;
  const range = rangeField(map, 'range', report);
  return shape && { change: 'new-parameter', in: place, name, required, shape, ...(range && { range }) };
}

function statusChange(
  change: 'no-body' | 'no-header' | 'success' | 'new-error',
  map: YamlMap,
  report: Report,
): ChangeOf | undefined {
  const status = Number(requireText(map, 'status', report));
  if (!isStatus(status)) return wrong(map, 'the change names no status', 'a status code', report);
  if (change === 'no-body') return { change, status };
  if (change === 'no-header') {
    const name = requireText(map, 'at', report);
    return name === undefined ? undefined : { change, status, name };
  }
  if (change === 'success') {
    const other = textField(map, 'instead-of', report);
    const insteadOf = other === undefined ? undefined : Number(other);
    if (insteadOf !== undefined && !isStatus(insteadOf))
      return wrong(map, `"${other ?? ''}" is no status`, 'the status code that the text has', report);
    return { change, status, ...(insteadOf !== undefined && { insteadOf }) };
  }
  const range = rangeField(map, 'range', report);
  return { change, status, ...(range && { range }) };
}

function isStatus(status: number): boolean {
  return status >= 100 && status <= 599;
}

const rules: readonly UnknownQuery[] = ['ignored', 'rejected', 'undocumented'];

function unknownQueryChange(map: YamlMap, report: Report): ChangeOf | undefined {
  const text = requireText(map, 'rule', report);
  const rule = rules.find((word) => word === text);
  const range = rangeField(map, 'range', report);
  if (!rule) return wrong(map, `"${text ?? ''}" is no rule for unknown parameters`, rules.join(' or '), report);
  return { change: 'unknown-query', rule, ...(range && { range }) };
}

function shapeEdit(map: YamlMap, report: Report): ShapeEdit {
  const required = flagField(map, 'required', report);
  const nullable = flagField(map, 'nullable', report);
  const open = flagField(map, 'open', report);
  const repeats = textField(map, 'repeats', report);
  const facets = facetsOf(map, report);
  const other = mapField(map, 'also', report);
  const also = other && scalarShape(other, report);
  return {
    ...(required !== undefined && { required }),
    ...(nullable !== undefined && { nullable }),
    ...(open !== undefined && { open }),
    ...(repeats !== undefined && { repeats: repeatedFrom(repeats) }),
    ...(facets && { facets }),
    ...(also && { also }),
    ...(flagField(map, 'any', report) === true && { any: true }),
  };
}

const containers: Readonly<Record<string, ArrayShape | ObjectShape>> = {
  array: { type: 'array', nullable: false, items: { type: 'any' } },
  object: { type: 'object', nullable: false, members: [], open: true },
};

const scalarTypes: readonly ScalarShape['type'][] = ['string', 'integer', 'number', 'boolean'];

function scalarShape(map: YamlMap, report: Report): ScalarShape | undefined {
  const text = requireText(map, 'type', report);
  const type = scalarTypes.find((word) => word === text);
  if (!type) return wrong(map, `"${text ?? ''}" is no scalar type`, scalarTypes.join(', '), report);
  const facets = facetsOf(map, report);
  return { type, nullable: flagField(map, 'nullable', report) ?? false, ...(facets && { facets }) };
}

/** Values of an `enum` stay texts. */
function facetsOf(map: YamlMap, report: Report): Facets | undefined {
  const given = [
    ...textFacets.map((key) => [key, textField(map, key, report)] as const),
    ...numberFacets.map((key) => [key, numberOf(map, key, report)] as const),
    ['enum', textListField(map, 'enum', report)] as const,
  ].filter(([, value]) => value !== undefined);
  return given.length > 0 ? (Object.fromEntries(given) as Facets) : undefined;
}

function numberOf(map: YamlMap, key: string, report: Report): number | undefined {
  const text = textField(map, key, report);
  if (text === undefined) return undefined;
  return /^-?\d+$/.test(text) ? Number(text) : wrong(map, `${key} is "${text}"`, 'a whole number', report);
}

function wrong(map: YamlMap, message: string, expected: string, report: Report): undefined {
  report({ severity: 'error', code: 'erratum-change', at: map.at, message, expected });
}
