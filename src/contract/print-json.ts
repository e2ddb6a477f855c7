/**
 * JSON as text for files that people review: two blanks of indentation, and on one line what fits there.
 */
import type { Json } from '../json.ts';

const WIDTH = 110;

/** Ends with a line feed; keys stay in their order. */
export function printJson(value: Json): string {
  return `${print(value, '')}\n`;
}

function print(value: Json, indent: string, taken = 0): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const line = oneLine(value, WIDTH - indent.length - taken);
  if (line !== undefined) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return block(
      '[',
      ']',
      (value as readonly Json[]).map((item) => print(item, inner)),
      indent,
    );
  const members = Object.entries(value).map(([key, member]) => {
    const label = `${JSON.stringify(key)}: `;
    return `${label}${print(member, inner, label.length)}`;
  });
  return block('{', '}', members, indent);
}

function block(open: string, close: string, parts: readonly string[], indent: string): string {
  const lines = parts.map((part) => `${indent}  ${part}`);
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** Undefined as soon as the text is longer than the room. */
function oneLine(value: Json, room: number): string | undefined {
  if (value === null || typeof value !== 'object') return within(JSON.stringify(value), room);
  if (Array.isArray(value)) return joined('[', value as readonly Json[], ']', (item) => ['', item], room);
  const text = joined('{ ', Object.entries(value), ' }', ([key, member]) => [`${JSON.stringify(key)}: `, member], room);
  return text === '{  }' ? '{}' : text;
}

function joined<T>(
  open: string,
  parts: readonly T[],
  close: string,
  split: (part: T) => readonly [label: string, value: Json],
  room: number,
): string | undefined {
  let text = open;
  for (const [index, part] of parts.entries()) {
    const [label, value] = split(part);
    const before = `${text}${index === 0 ? '' : ', '}${label}`;
    const next = oneLine(value, room - before.length - close.length);
    if (next === undefined) return undefined;
    text = before + next;
  }
  return within(text + close, room);
}

function within(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}
