/**
 * Formats JSON for files that people review: two blanks of indentation, values on one line where they fit, and lists of
 * scalars filled line by line.
 */
import type { Json, JsonObject } from '../json.ts';

const WIDTH = 118;

/** Ends with a line feed; keys stay in their order. */
export function printJson(value: Json): string {
  return `${print(value, '', 0)}\n`;
}

/**
 * `taken` is the width already used on the line, without indentation. Inner values are printed first: one that needs
 * several lines keeps its outer values from fitting on one, so each value is printed once.
 */
function print(value: Json, indent: string, taken: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const capacity = WIDTH - indent.length - taken;
  return Array.isArray(value)
    ? printList(value as readonly Json[], indent, capacity)
    : printObject(value as JsonObject, indent, capacity);
}

function printObject(value: JsonObject, indent: string, capacity: number): string {
  const inner = `${indent}  `;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    const label = `${JSON.stringify(key)}: `;
    members.push(label + print(member, inner, label.length));
  }
  if (members.length === 0) return '{}';
  if (fits(members, capacity - 4)) return `{ ${members.join(', ')} }`;
  return `{\n${inner}${members.join(`,\n${inner}`)}\n${indent}}`;
}

function printList(items: readonly Json[], indent: string, capacity: number): string {
  const inner = `${indent}  `;
  const texts = items.map((item) => print(item, inner, 0));
  if (fits(texts, capacity - 2)) return `[${texts.join(', ')}]`;
  const plain = items.every((item) => item === null || typeof item !== 'object');
  const lines = plain ? filled(texts, WIDTH - inner.length) : texts;
  return `[\n${inner}${lines.join(`,\n${inner}`)}\n${indent}]`;
}

/** Whether the parts, joined by commas, fit on one line. Texts contain no line feeds. */
function fits(parts: readonly string[], width: number): boolean {
  let length = -2;
  for (const part of parts) {
    length += part.length + 2;
    if (length > width) return false;
  }
  return parts.every((part) => !part.includes('\n'));
}

/** As many values on each line as fit. */
function filled(texts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + text.length + 3 <= width) lines[lines.length - 1] = `${last}, ${text}`;
    else lines.push(text);
  }
  return lines;
}
