/**
 * Values in Python's notation, as the services write them in their messages.
 */

import { isObject, type Json } from './http.ts';

export function pythonText(value: Json | undefined): string {
  return typeof value === 'string' ? value : pythonLiteral(value);
}

/** Deeper values are written as an ellipsis: clients may nest a body to any depth. */
const deepest = 200;

export function pythonLiteral(value: Json | undefined, depth = 0): string {
  if (depth > deepest) return '...';
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, one]) => `${quoted(name)}: ${pythonLiteral(one, depth + 1)}`);
    return `{${members.join(', ')}}`;
  }
  return `[${value.map((one) => pythonLiteral(one, depth + 1)).join(', ')}]`;
}

/** `('a' was unexpected)` or `('a', 'b' were unexpected)`. */
export function unexpectedNames(names: readonly string[]): string {
  const list = names.toSorted().map(quoted).join(', ');
  return `(${list} ${names.length === 1 ? 'was' : 'were'} unexpected)`;
}

function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(mark, `\\${mark}`);
  return mark + escaped + mark;
}
