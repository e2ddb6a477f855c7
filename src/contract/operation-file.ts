/** Writes and reads one operation of a contract file: each part once, with its range if that differs. */
import { jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../json.ts';
import { formatRange } from '../microversion.ts';
import { ContractFileError } from './contract-file-error.ts';
import { discriminatorForms, formatDiscriminator, parseDiscriminator, type Discriminator } from './discriminator.ts';
import type { DraftOperation, DraftRequest, Ranged } from './draft.ts';
import type {
  DocumentedResponse,
  Body,
  ContractNote,
  ContractSample,
  OperationId,
  Parameter,
  Removal,
  UnknownQuery,
} from './model.ts';
import {
  formatSource,
  readOwnRange,
  readOwnSource,
  readPlace,
  readRange,
  readSource,
  writeOwnRange,
  writeOwnSource,
  writePlace,
  type Around,
} from './place-file.ts';
import { readShape, writeShape } from './shape-file.ts';

export function writeOperation(draft: DraftOperation): JsonObject {
  const { id, title, method, path, when, removal, request, responses, errors, notes, samples } = draft;
  return {
    ...{ id, title, method, path, ...(when && { when: formatDiscriminator(when) }) },
    range: formatRange(draft.range),
    ...(removal && { removed: { ...removal } }),
    source: formatSource(draft.source),
    ...filled('request', writeRequest(request, draft)),
    responses: responses.map((response) => writeResponse(response, draft)),
    ...many(
      'errors',
      errors.map((error) => ({ status: error.status, ...writePlace(error, draft) })),
    ),
    ...many(
      'notes',
      notes.map(({ source, ...note }) => ({ ...note, ...writeOwnSource(source, draft) })),
    ),
    ...many(
      'samples',
      samples.map(({ side, file, value, ...place }) => ({ side, file, ...writePlace(place, draft), value })),
    ),
  };
}

/** @throws ContractFileError */
export function readOperation(value: JsonObject): DraftOperation {
  const around: Around = { range: readRange(value.range), source: readSource(value.source) };
  return {
    id: text(value, 'id') as OperationId,
    title: text(value, 'title'),
    method: text(value, 'method'),
    path: text(value, 'path'),
    ...(value.when !== undefined && { when: readWhen(text(value, 'when')) }),
    source: around.source,
    range: around.range,
    ...(value.removed !== undefined && { removal: jsonObject(value.removed) as unknown as Removal }),
    request: readRequest(jsonObject(value.request), around),
    responses: list(value.responses, (response) => readResponse(response, around)),
    errors: list(value.errors, (error) => ({ status: Number(error.status), ...readPlace(error, around) })),
    notes: list(value.notes, (note) => ({ ...note, source: readOwnSource(note, around) }) as unknown as ContractNote),
    samples: list(
      value.samples,
      (sample) => ({ ...sample, ...readPlace(sample, around) }) as unknown as ContractSample,
    ),
  };
}

function readWhen(text: string): Discriminator {
  const when = parseDiscriminator(text);
  if (!when)
    throw new ContractFileError(`"when" is not a condition on requests: ${text}. Expected ${discriminatorForms}.`);
  return when;
}

function writeRequest({ path, query, header, body, unknownQuery }: DraftRequest, around: Around): JsonObject {
  return {
    ...many('path', writeParameters(path, around)),
    ...many('query', writeParameters(query, around)),
    ...many('header', writeParameters(header, around)),
    ...many(
      'unknownQuery',
      unknownQuery.map(({ rule, range }) => ({ rule, ...writeOwnRange(range, around) })),
    ),
    ...(body.kind !== 'undocumented' && { body: writeBody(body, around) }),
  };
}

function readRequest(value: JsonObject, around: Around): DraftRequest {
  return {
    path: readParameters(value.path, around),
    query: readParameters(value.query, around),
    header: readParameters(value.header, around),
    body: readBody(value.body, around),
    unknownQuery: list(value.unknownQuery, (entry) => ({
      rule: text(entry, 'rule') as UnknownQuery,
      range: readOwnRange(entry, around),
    })),
  };
}

function writeResponse(response: Ranged<DocumentedResponse>, around: Around): Json {
  const { status, header, body, assumed } = response;
  return {
    status,
    ...many('header', writeParameters(header, around)),
    ...(body.kind !== 'undocumented' && { body: writeBody(body, around) }),
    ...writePlace(response, around),
    ...(assumed && { assumed }),
  };
}

function readResponse(value: JsonObject, around: Around): Ranged<DocumentedResponse> {
  return {
    status: Number(value.status),
    header: readParameters(value.header, around),
    body: readBody(value.body, around),
    ...readPlace(value, around),
    ...(value.assumed === true && { assumed: true }),
  };
}

function writeParameters(parameters: readonly Parameter[], around: Around): readonly Json[] {
  return parameters.map((parameter) => {
    const { name, shape, required, wrongValue } = parameter;
    const written = { name, shape: writeShape(shape, around), ...(required && { required }) };
    return { ...written, ...(wrongValue && { wrongValue }), ...writePlace(parameter, around) };
  });
}

function readParameters(value: Json | undefined, around: Around): readonly Parameter[] {
  return list(value, (parameter) => ({
    name: text(parameter, 'name'),
    required: parameter.required === true,
    shape: readShape(parameter.shape, around),
    ...(parameter.wrongValue === 'rejected' && { wrongValue: parameter.wrongValue }),
    ...readPlace(parameter, around),
  }));
}

function writeBody(body: Exclude<Body, { readonly kind: 'undocumented' }>, around: Around): JsonObject {
  return body.kind === 'none'
    ? { none: true, ...writeOwnSource(body.source, around) }
    : { shape: writeShape(body.shape, around) };
}

function readBody(value: Json | undefined, around: Around): Body {
  if (value === undefined) return { kind: 'undocumented' };
  const body = jsonObject(value);
  if (body.none === true) return { kind: 'none', source: readOwnSource(body, around) };
  return { kind: 'json', shape: readShape(body.shape, around) };
}

function text(value: JsonObject, key: string): string {
  const found = jsonText(value[key]);
  if (found !== undefined) return found;
  throw new ContractFileError(`The contract file has no ${key} where one belongs.`);
}

function list<T>(value: Json | undefined, read: (entry: JsonObject) => T): readonly T[] {
  return jsonList(value).map((entry) => read(jsonObject(entry)));
}

/** Empty for an empty list. */
function many(key: string, items: readonly unknown[]): JsonObject {
  return items.length === 0 ? {} : { [key]: items as readonly Json[] };
}

function filled(key: string, value: JsonObject): JsonObject {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}
