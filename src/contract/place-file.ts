/** Writes ranges (`2.70-`) and sources (`limits.inc:29 List limits`) as text; those of the operation are left out. */
import { jsonText, type Json, type JsonObject } from '../json.ts';
import { formatRange, range, type MicroversionRange } from '../microversion.ts';
import { ContractFileError } from './contract-file-error.ts';
import type { Source } from './model.ts';

/** Range and source of the enclosing operation. */
export interface Around {
  readonly range: MicroversionRange;
  readonly source: Source;
}

export function writePlace(place: Around, around: Around): JsonObject {
  return { ...writeOwnRange(place.range, around), ...writeOwnSource(place.source, around) };
}

export function readPlace(value: JsonObject, around: Around): Around {
  return { range: readOwnRange(value, around), source: readOwnSource(value, around) };
}

export function writeOwnRange(own: MicroversionRange, around: Around): JsonObject {
  const text = formatRange(own);
  return text === formatRange(around.range) ? {} : { range: text };
}

export function writeOwnSource(own: Source, around: Around): JsonObject {
  const text = formatSource(own);
  return text === formatSource(around.source) ? {} : { source: text };
}

export function readOwnRange(value: JsonObject, around: Around): MicroversionRange {
  return value.range === undefined ? around.range : readRange(value.range);
}

export function readOwnSource(value: JsonObject, around: Around): Source {
  return value.source === undefined ? around.source : readSource(value.source);
}

/** @throws ContractFileError */
export function readRange(value: Json | undefined): MicroversionRange {
  try {
    return range(jsonText(value) ?? '');
  } catch (cause) {
    throw new ContractFileError(`The contract file has ${quoteValue(value)} where a range belongs.`, { cause });
  }
}

export function formatSource({ file, line, section }: Source): string {
  return `${file}:${line} ${section}`;
}

/** @throws ContractFileError */
export function readSource(value: Json | undefined): Source {
  const [, file, line, section] = /^(.+?):(\d+) (.*)$/s.exec(jsonText(value) ?? '') ?? [];
  if (file !== undefined && section !== undefined) return { file, section, line: Number(line) };
  throw new ContractFileError(`The contract file has ${quoteValue(value)} where a source belongs.`);
}

/** Quotes a value of a file in a message. */
export function quoteValue(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
