/** Reads fact files back as operations of a reference, with neutral values in their samples. */
import { isJsonObject, jsonObject, jsonText, parseJson, type Json, type JsonObject } from '../json.ts';
import { unlimited } from '../assembly/stated-range.ts';
import { includes, microversion, range, type Microversion, type MicroversionRange } from '../microversion.ts';
import type {
  ParameterDefinition,
  ParameterUse,
  Place,
  ReferenceOperation,
  Sample,
  SampleUse,
  Side,
  StatedField,
  StatedLength,
  StatedPresence,
  StatedValue,
  StatusCode,
} from '../reference/model.ts';
import type { Position } from '../diagnostic.ts';
import type { FactFile, OperationFacts } from './facts.ts';
import { valueOf } from './sample-form.ts';

/** A file that `reference import` did not write. */
export class FactFileError extends Error {
  readonly code = 'fact-file';
}

/** @throws FactFileError */
export function readFactFile(text: string, file: string): FactFile {
  const value = jsonObject(parseJson(text));
  if (typeof value.source === 'string' && Array.isArray(value.operations)) return value as unknown as FactFile;
  throw new FactFileError(`${file} is not a fact file of a reference. Run \`reference import\` to write it again.`);
}

/** @throws FactFileError if the facts do not have the form that the import writes */
export function operationsOf({ source, operations }: FactFile): readonly ReferenceOperation[] {
  return operations.map((facts) => {
    try {
      return operationOf(facts, source);
    } catch (cause) {
      throw new FactFileError(
        `The facts on "${facts.title}" of ${source} cannot be read. Run \`reference import\` to write them again.`,
        { cause },
      );
    }
  });
}

function operationOf(facts: OperationFacts, source: string): ReferenceOperation {
  const { title, line, call, from, until, bodiless, nullable, partial, samples = [] } = facts;
  const at: Position = { file: source, line, column: 1 };
  const [method = '', path = ''] = call.split(' ');
  const request = (facts.request ?? []).map((row) => parameterOf(row, 'request', at));
  const values = valuesByKey(request);
  return {
    title,
    at,
    method,
    path,
    ...(from !== undefined && { minVersion: microversion(from) }),
    ...(until !== undefined && { maxVersion: microversion(until) }),
    parameters: [...request, ...(facts.response ?? []).map((row) => parameterOf(row, 'response', at))],
    codes: [
      ...facts.responses.map((code) => codeOf(code, 'success', at)),
      ...facts.errors.map((code) => codeOf(code, 'error', at)),
    ],
    notes: [],
    paragraphs: [],
    samples: samples.map(({ side, file, forms }) => {
      return sampleUse(side, file, jsonObject(forms), { at, values: side === 'request' ? values : new Map() });
    }),
    ...(bodiless && { bodiless }),
    ...(nullable && { nullable }),
    ...(partial !== undefined && { partial: range(partial) }),
  };
}

function codeOf(text: string, kind: StatusCode['kind'], at: Position): StatusCode {
  const [status, window] = text.split(' ');
  return { kind, status: Number(status), at, ...(window !== undefined && { range: range(window) }) };
}

function parameterOf(row: readonly string[], side: Side, at: Position): ParameterUse {
  const [name = '', place, type = '', ...said] = row;
  const heading = after('under ', said);
  const from = after('from ', said);
  const until = after('until ', said);
  const nulls = rangeOf('null', said);
  const values = after('values ', said);
  const format = after('format ', said);
  const length = after('length ', said);
  const definition: ParameterDefinition = {
    key: name,
    at,
    description: '',
    lines: [],
    in: place as Place,
    type,
    required: rangeOf('required', said) !== undefined,
    ...(nulls && { nullable: nulls }),
    presence: presenceOf(said),
    fields: fieldsOf(said),
    ...(said.includes('or one') && { orOne: true }),
    ...(said.includes('or empty') && { orEmpty: true }),
    ...(length !== undefined && { length: lengthOf(length) }),
    ...(values !== undefined && { values: valuesOf(values) }),
    ...(format !== undefined && { stated: format }),
    ...(said.includes('map') && { map: true }),
    ...(said.includes('top-level') && { topLevel: true }),
    ...(from !== undefined && { minVersion: microversion(from) }),
    ...(until !== undefined && { maxVersion: microversion(until) }),
    extra: {},
  };
  return {
    side,
    name,
    reference: name,
    at,
    ...(heading !== undefined && { headingRange: range(heading) }),
    block: 0,
    definition,
  };
}

function valuesOf(text: string): readonly StatedValue[] {
  const entries = Object.entries(jsonObject(parseJson(text)));
  return entries.map(([value, own]) => ({ value, range: own === '' ? unlimited : range(jsonText(own) ?? '') }));
}

/** `1..255`, `..255 2.94-`. */
function lengthOf(text: string): StatedLength {
  const [span = '', own] = text.split(' ');
  const [least = '', greatest = ''] = span.split('..');
  return {
    ...(least !== '' && { least: Number(least) }),
    ...(greatest !== '' && { greatest: Number(greatest) }),
    range: own === undefined ? unlimited : range(own),
  };
}

/** Of a word that stands alone, or with microversions. */
function rangeOf(word: string, said: readonly string[]): MicroversionRange | undefined {
  if (said.includes(word)) return unlimited;
  const limited = after(`${word} `, said);
  return limited === undefined ? undefined : range(limited);
}

function presenceOf(said: readonly string[]): StatedPresence {
  const required = rangeOf('required', said);
  const empty = rangeOf('empty', said);
  const only = after('only ', said)?.split(' ') ?? [];
  return { only: only.map(range), ...(required && { required }), ...(empty && { empty }) };
}

function fieldsOf(said: readonly string[]): readonly StatedField[] {
  const certain = Object.entries(jsonObject(parseJson(after('fields ', said) ?? '{}'))).map(([name, type]) => {
    return { name, always: true, ...(type !== '' && { type: jsonText(type) ?? '' }) };
  });
  const named = (word: string, always: boolean): readonly StatedField[] =>
    (after(`${word} `, said)?.split(' ') ?? []).map((name) => ({ name, always, ifShown: true }));
  return [...certain, ...named('includes', true), ...named('names', false)];
}

function after(word: string, said: readonly string[]): string | undefined {
  return said.find((text) => text.startsWith(word))?.slice(word.length);
}

/** The first form is the sample that the text includes, the others are its variants; equal forms share their value. */
function sampleUse(side: Side, file: string, forms: JsonObject, { at, values }: Around): SampleUse {
  const samples = Object.entries(forms).flatMap(([versions, form]) => {
    const value = valueOf(form);
    return versions.split(' ').map((version): Sample => {
      const sample = formIn(version, file, value);
      return { ...sample, value: withStatedValues(value, values, sample.version) };
    });
  });
  const [sample, ...variants] = samples;
  return {
    side,
    at,
    file: sample?.file ?? file,
    ...(sample?.version && { version: sample.version }),
    ...(sample && { sample }),
    variants,
  };
}

interface Around {
  readonly at: Position;
  readonly values: ValuesByKey;
}

type ValuesByKey = ReadonlyMap<string, readonly StatedValue[]>;

/** Of the parameters in the body whose values are named, by the last part of their names. */
function valuesByKey(parameters: readonly ParameterUse[]): ValuesByKey {
  const named = parameters.flatMap(({ name, definition }) => {
    const key = name.split('.').at(-1) ?? '';
    return definition?.in === 'body' && definition.values ? [[key, definition.values] as const] : [];
  });
  return new Map(named.toReversed());
}

/** Neutral texts do not fit where the facts name the values; the first that the microversion knows does. */
function withStatedValues(value: Json, values: ValuesByKey, version: Microversion | undefined): Json {
  if (values.size === 0) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withStatedValues(item, values, version));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): readonly [string, Json] => {
    const stated = typeof inner === 'string' ? values.get(key) : undefined;
    if (!stated) return [key, withStatedValues(inner, values, version)];
    const known = stated.find((one) => includes(one.range, version ?? unlimited.first)) ?? stated[0];
    return [key, known?.value ?? inner];
  });
  return Object.fromEntries(entries);
}

function formIn(span: string, file: string, value: Json): Sample {
  if (span === 'first') return { file, value };
  if (span === 'newest') return { file, newest: true, value };
  const [first = '', last] = span.split('-');
  const slash = file.lastIndexOf('/') + 1;
  return {
    file: `${file.slice(0, slash)}v${first}/${file.slice(slash)}`,
    version: microversion(first),
    ...(last !== undefined && { until: microversion(last) }),
    value,
  };
}
