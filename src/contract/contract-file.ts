/**
 * Writes and reads the contract as a file: ranges (`2.70-`) and sources (`limits.inc:29 List limits`) as text, keys in
 * a fixed order, nothing that changes between runs.
 *
 * Under `schemas/` the head is one file and every operation is another, so that a run reads only what it needs; a run
 * folder has one file with everything.
 */
import { isJsonObject, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../json.ts';
import { formatRange, type MicroversionRange } from '../microversion.ts';
import { ContractFileError } from './contract-file-error.ts';
import type { DraftContract, DraftOperation } from './draft.ts';
import type { OperationId, Source } from './model.ts';
import { readOperation, writeOperation } from './operation-file.ts';
import { formatSource, readRange, readSource } from './place-file.ts';
import { printJson } from './print-json.ts';

export { ContractFileError } from './contract-file-error.ts';

/** Incremented when a reader of older files would misread a new one. */
const FORMAT = 2;

/** Keys in the order for human readers; others follow by name. */
const keyOrder = 'service id title kind text side status source'.split(' ');

const rank = new Map(keyOrder.map((key, index) => [key, index]));

/** Everything in one file. */
export function writeContract({ operations, ...head }: DraftContract): string {
  return printJson({ format: FORMAT, ...headJson(head), operations: operations.map(writeOperation) });
}

/**
 * Reads a contract from one file, or from a head and the files of some of its operations.
 * @throws ContractFileError if a text does not have this format.
 */
export function readContract(text: string, ...operationTexts: readonly string[]): DraftContract {
  const { operations, ...head } = parsed(text, 'errata', 'sentences', 'operations');
  const inside = jsonList(operations).filter((operation) => typeof operation !== 'string');
  return {
    ...(restored(head) as Omit<DraftContract, 'operations'>),
    operations: [...inside.map((operation) => readOperation(jsonObject(operation))), ...operationTexts.map(readOne)],
  };
}

/** The contract with the ids of its operations instead of the operations. */
export function writeHead({ operations, ...head }: DraftContract): string {
  return printJson({ format: FORMAT, ...headJson(head), operations: operations.map(({ id }) => id) });
}

/** The ids of operations in a head. @throws ContractFileError */
export function operationsIn(head: string): readonly OperationId[] {
  return jsonList(parsed(head, 'operations').operations).flatMap((id) => (jsonText(id) as OperationId) ?? []);
}

export function writeOperationFile(operation: DraftOperation): string {
  return printJson({ format: FORMAT, ...writeOperation(operation) });
}

function readOne(text: string): DraftOperation {
  return readOperation(parsed(text, 'responses'));
}

function headJson(head: Omit<DraftContract, 'operations'>): JsonObject {
  return ordered(head) as JsonObject;
}

function parsed(text: string, ...lists: readonly string[]): JsonObject {
  const { format, ...rest } = parseObject(text);
  if (format !== FORMAT)
    throw new ContractFileError(`The contract file has format ${JSON.stringify(format)}, not ${FORMAT}.`);
  const missing = lists.find((key) => !Array.isArray(rest[key]));
  if (missing !== undefined) throw new ContractFileError(`The contract file has no list of ${missing}.`);
  return rest;
}

function parseObject(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw new ContractFileError('The contract file is not JSON.', { cause });
  }
  throw new ContractFileError('The contract file is not a JSON object.');
}

function ordered(value: unknown, key = ''): Json {
  if (value === null || typeof value !== 'object') return value as Json;
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
  if (key === 'range') return readRange(value);
  if (key === 'source') return readSource(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => restored(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, restored(member, name)]));
}
