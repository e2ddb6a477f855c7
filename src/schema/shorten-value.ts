/** What is shown of a value that departs: enough to recognise it, never all of a large one. */
import { atPointer, isJsonObject, jsonObject, type Json } from '../json.ts';
import type { SchemaError } from './validators.ts';

const LONGEST_TEXT = 200;
const MOST_ENTRIES = 8;
const DEEPEST = 2;

export function glimpse({ keyword }: SchemaError, pointer: string, value: Json): Json {
  const seen = atPointer(value, pointer) ?? null;
  return keyword === 'required' ? shortened(Object.keys(jsonObject(seen)), 0) : shortened(seen, 0);
}

function shortened(value: Json, depth: number): Json {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (value === null || typeof value !== 'object') return value;
  if (depth === DEEPEST) return '…';
  return isJsonObject(value) ? shortenedObject(value, depth) : shortenedList(value, depth);
}

function shortenedList(items: readonly Json[], depth: number): Json {
  const shown = items.slice(0, MOST_ENTRIES).map((item) => shortened(item, depth + 1));
  return items.length > MOST_ENTRIES ? [...shown, '…'] : shown;
}

function shortenedObject(value: Readonly<Record<string, Json>>, depth: number): Json {
  const entries = Object.entries(value);
  const shown = entries.slice(0, MOST_ENTRIES).map(([key, member]) => [key, shortened(member, depth + 1)] as const);
  return Object.fromEntries(entries.length > MOST_ENTRIES ? [...shown, ['…', '…'] as const] : shown);
}
