/**
 * JSON as text for files that people review: two blanks of indentation, on one line what fits there, and lists of
 * plain values filled line by line.
 */
import { jsonObject, type Json, type JsonObject } from '../json.ts';

const WIDTH = 118;

/** Ends with a line feed; keys stay in their order. */
export function printJson(value: Json): string {
  return `${print(value, '', 0)}\n`;
}

/** `taken` is what already stands on the line besides the indentation. */
function print(value: Json, indent: string, taken: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (widthOf(value, WIDTH - indent.length - taken) !== undefined) return onOneLine(value);
  if (Array.isArray(value)) return printList(value as readonly Json[], indent);
  const inner = `${indent}  `;
  const members = Object.entries(value).map(([key, member]) => {
    const label = `${JSON.stringify(key)}: `;
    return `${inner}${label}${print(member, inner, label.length)}`;
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function printList(items: readonly Json[], indent: string): string {
  const inner = `${indent}  `;
  const plain = items.every((item) => item === null || typeof item !== 'object');
  const lines = plain ? filled(items, WIDTH - inner.length) : items.map((item) => print(item, inner, 0));
  return `[\n${lines.map((line) => inner + line).join(',\n')}\n${indent}]`;
}

/** As many values on each line as fit. */
function filled(items: readonly Json[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const text = JSON.stringify(item);
    const last = lines.at(-1);
    if (last !== undefined && last.length + text.length + 3 <= width) lines[lines.length - 1] = `${last}, ${text}`;
    else lines.push(text);
  }
  return lines;
}

function onOneLine(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(onOneLine).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** The length on one line; undefined, without looking further, as soon as that is more than the room. */
function widthOf(value: Json, room: number): number | undefined {
  if (value === null || typeof value !== 'object') return within(JSON.stringify(value).length, room);
  return Array.isArray(value) ? widthOfList(value as readonly Json[], room) : widthOfObject(jsonObject(value), room);
}

function widthOfList(items: readonly Json[], room: number): number | undefined {
  let width = 2;
  for (const item of items) {
    const own = widthOf(item, room - width);
    if (own === undefined) return undefined;
    width += own + 2;
  }
  return within(Math.max(width - 2, 2), room);
}

function widthOfObject(members: JsonObject, room: number): number | undefined {
  let width = 4;
  for (const key in members) {
    const label = JSON.stringify(key).length + 2;
    const own = widthOf(members[key] ?? null, room - width - label);
    if (own === undefined) return undefined;
    width += label + own + 2;
  }
  return within(Math.max(width - 2, 2), room);
}

function within(width: number, room: number): number | undefined {
  return width <= room ? width : undefined;
}
