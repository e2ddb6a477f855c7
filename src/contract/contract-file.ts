/**
 * The contract as a file and back: ranges (`2.70-`) and sources (`limits.inc:29 List limits`) as text, keys in one
 * order, nothing that changes between runs.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { formatRange, range, type MicroversionRange } from '../microversion.ts';
import type { Contract, Source } from './model.ts';
import { printJson } from './print-json.ts';

/** Counts up when a reader of older files would misread a new one. */
const FORMAT = 1;

/** Values under these keys are data of others and stay as they are. */
const verbatim: ReadonlySet<string> = new Set(['value', 'enum']);

/** Keys in the order in which a person wants to read them; others follow by name. */
const keyOrder =
  'format service id title method name kind text side status path range type required nullable open inferred source'.split(
    ' ',
  );

const rank = new Map(keyOrder.map((key, index) => [key, index]));

export class ContractFileError extends Error {
  readonly code = 'contract-file';
}

export function writeContract(contract: Contract): string {
  return printJson({ format: FORMAT, ...(ordered(contract) as JsonObject) });
}

/** @throws ContractFileError when the text is not a contract of this format. */
export function readContract(text: string): Contract {
  const { format, ...contract } = parseObject(text);
  if (format !== FORMAT)
    throw new ContractFileError(`The contract file has format ${JSON.stringify(format)}, not ${FORMAT}.`);
  const lists = [contract.operations, contract.errata, contract.sentences];
  if (typeof contract.service !== 'string' || !lists.every(Array.isArray)) {
    throw new ContractFileError('The contract file names no service, or lacks operations, errata or sentences.');
  }
  return restored(contract) as Contract;
}

function parseObject(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw new ContractFileError('The contract file is not JSON.', { cause });
  }
  throw new ContractFileError('The contract file holds no object.');
}

function ordered(value: unknown, key = ''): Json {
  if (verbatim.has(key) || value === null || typeof value !== 'object') return value as Json;
  if (key === 'range') return formatRange(value as MicroversionRange);
  if (key === 'source') return formatSource(value as Source);
  if (Array.isArray(value)) return value.map((item) => ordered(item));
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  return Object.fromEntries(names.sort(byKeyOrder).map((name) => [name, ordered(members[name], name)]));
}

function byKeyOrder(a: string, b: string): number {
  const difference = (rank.get(a) ?? keyOrder.length) - (rank.get(b) ?? keyOrder.length);
  return difference || (a < b ? -1 : 1);
}

function restored(value: Json, key = ''): unknown {
  if (verbatim.has(key)) return value;
  if (key === 'range' && typeof value === 'string') return readRange(value);
  if (key === 'source' && typeof value === 'string') return readSource(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => restored(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, restored(member, name)]));
}

function readRange(text: string): MicroversionRange {
  try {
    return range(text);
  } catch (cause) {
    throw new ContractFileError(`The contract file has "${text}" where a range belongs.`, { cause });
  }
}

function formatSource({ file, line, section }: Source): string {
  return `${file}:${line} ${section}`;
}

function readSource(text: string): Source {
  const [, file, line, section] = /^(.+?):(\d+) (.*)$/s.exec(text) ?? [];
  if (file !== undefined && section !== undefined) return { file, section, line: Number(line) };
  throw new ContractFileError(`The contract file has "${text}" where a source belongs.`);
}
