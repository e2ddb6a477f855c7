/** Extracts the facts from a reference, without its sentences. */
import { saysResponseHasNoBody } from '../assembly/no-body.ts';
import { saysMap, saysOrEmpty, saysOrOne, saysTopLevel } from '../assembly/said-of-place.ts';
import { statedFormat, statedValues } from '../assembly/stated-facets.ts';
import { statedLength } from '../assembly/stated-length.ts';
import { fieldsAmong, statedFields } from '../assembly/stated-fields.ts';
import { statedPartial, statedPresence } from '../assembly/stated-presence.ts';
import { nullOf, statesNullOfAll } from '../assembly/stated-null.ts';
import { isUnlimited } from '../assembly/stated-range.ts';
import { isJsonObject, type Json } from '../json.ts';
import {
  compareMicroversions,
  formatMicroversion,
  formatRange,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type {
  ParameterDefinition,
  ParameterUse,
  Reference,
  ReferenceOperation,
  Sample,
  SampleUse,
  Side,
  StatedValue,
} from '../reference/model.ts';
import { documentedType } from '../assembly/documented-type.ts';
import { familyOf } from '../reference/read-samples.ts';
import type { FactFile, OperationFacts, ParameterFacts, SampleFacts } from './facts.ts';
import { formOf } from './sample-form.ts';

/** By fragment, in the order of the reference; the names of fragments are relative to `folder`. */
export function factsOf({ operations }: Reference, folder: string): readonly FactFile[] {
  const files = new Map<string, OperationFacts[]>();
  for (const operation of operations) {
    const source = nameIn(folder, operation.at.file);
    const known = files.get(source) ?? [];
    files.set(source, known);
    known.push(operationFacts(operation));
  }
  return [...files].map(([source, facts]) => ({ source, operations: facts }));
}

function nameIn(folder: string, file: string): string {
  return folder !== '' && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
}

export function operationFacts(operation: ReferenceOperation): OperationFacts {
  const { title, at, method, path, minVersion, maxVersion } = operation;
  const request = parametersOf(operation, 'request');
  const response = parametersOf(operation, 'response');
  const samples = samplesOf(operation.samples);
  const partial = statedPartial(operation);
  return {
    title,
    line: at.line,
    call: `${method} ${path}`,
    ...(minVersion && { from: formatMicroversion(minVersion) }),
    ...(maxVersion && { until: formatMicroversion(maxVersion) }),
    responses: codesOf(operation, 'success'),
    errors: codesOf(operation, 'error'),
    ...(saysResponseHasNoBody(operation) && { bodiless: true }),
    ...(statesNullOfAll(operation) && { nullable: true }),
    ...(partial && { partial: formatRange(partial) }),
    ...(request.length > 0 && { request }),
    ...(response.length > 0 && { response }),
    ...(samples.length > 0 && { samples }),
  };
}

function codesOf({ codes }: ReferenceOperation, kind: 'success' | 'error'): readonly string[] {
  const own = codes.filter((code) => code.kind === kind);
  return own.map(({ status, range }) => (range ? `${status} ${formatRange(range)}` : String(status)));
}

function parametersOf({ parameters, samples }: ReferenceOperation, side: Side): readonly ParameterFacts[] {
  const forms = samples.filter((use) => use.side === side).flatMap(({ sample, variants }) => [sample, ...variants]);
  const shown = forms.flatMap((form) => (form ? objectsIn(form.value, '') : []));
  return parameters.filter((use) => use.side === side).flatMap((use) => parameterFacts(use, shown));
}

/** The keys of each object in it, with the key under which it stands, through arrays. */
interface ShownObject {
  readonly name: string;
  readonly keys: readonly string[];
}

function objectsIn(value: Json, name: string): readonly ShownObject[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => objectsIn(item, name));
  if (!isJsonObject(value)) return [];
  const inner = Object.entries(value).flatMap(([key, member]) => objectsIn(member, key));
  return [{ name, keys: Object.keys(value) }, ...inner];
}

/** Empty for a name without a definition. */
function parameterFacts(use: ParameterUse, shown: readonly ShownObject[]): readonly ParameterFacts[] {
  const { name, definition, headingRange } = use;
  if (!definition) return [];
  const { in: place, type, minVersion, maxVersion } = definition;
  const nulls = place === 'body' ? nullOf(definition) : undefined;
  return [
    [
      name,
      place,
      type,
      ...presenceWords(definition),
      ...(nulls ? [inWord('null', nulls)] : []),
      ...facetWords(use),
      ...(saysMap(use) ? ['map'] : []),
      ...(saysTopLevel(use) ? ['top-level'] : []),
      ...(place === 'body' ? fieldWords(use, shown) : []),
      ...(place === 'body' && saysOrOne(definition) ? ['or one'] : []),
      ...(place === 'body' && saysOrEmpty(definition) ? ['or empty'] : []),
      ...(minVersion ? [`from ${formatMicroversion(minVersion)}`] : []),
      ...(maxVersion ? [`until ${formatMicroversion(maxVersion)}`] : []),
      ...(headingRange ? [`under ${formatRange(headingRange)}`] : []),
    ],
  ];
}

function presenceWords(definition: ParameterDefinition): readonly string[] {
  const { only, required, empty } = statedPresence(definition);
  return [
    ...(required ? [inWord('required', required)] : []),
    ...(only.length > 0 ? [`only ${only.map(formatRange).join(' ')}`] : []),
    ...(empty ? [inWord('empty', empty)] : []),
  ];
}

function inWord(word: string, range: MicroversionRange): string {
  return isUnlimited(range) ? word : `${word} ${formatRange(range)}`;
}

/** Members that only the text of their container names; words in running text count where samples show no other. */
function fieldWords(use: ParameterUse, shown: readonly ShownObject[]): readonly string[] {
  const fields = use.definition && !saysMap(use) ? statedFields(use.definition) : [];
  const certain = fields.filter(({ ifShown }) => !ifShown).map(({ name, type = '' }) => [name, type] as const);
  if (certain.length > 0) return [`fields ${JSON.stringify(Object.fromEntries(certain))}`];
  const own = shown.filter(({ name }) => name === use.name.split('.').at(-1)).map(({ keys }) => new Set(keys));
  const named = fieldsAmong(fields, own);
  if (named.length === 0) return [];
  return [`${named.every(({ always }) => always) ? 'includes' : 'names'} ${named.map(({ name }) => name).join(' ')}`];
}

/** For strings in request bodies and queries. */
function facetWords({ side, definition }: ParameterUse): readonly string[] {
  if (side !== 'request' || !definition || documentedType(definition.type) !== 'string') return [];
  if (definition.in !== 'body' && definition.in !== 'query') return [];
  const values = statedValues(definition);
  const format = definition.in === 'body' ? statedFormat(definition) : undefined;
  const length = statedLength(definition);
  return [
    ...(values.length > 0 ? [`values ${JSON.stringify(Object.fromEntries(values.map(valueEntry)))}`] : []),
    ...(format === undefined ? [] : [`format ${format}`]),
    ...(length ? [inWord(`length ${length.least ?? ''}..${length.greatest ?? ''}`, length.range)] : []),
  ];
}

function valueEntry({ value, range }: StatedValue): readonly [string, string] {
  return [value, isUnlimited(range) ? '' : formatRange(range)];
}

/** All forms of each file, even those that the text does not include. */
function samplesOf(uses: readonly SampleUse[]): readonly SampleFacts[] {
  const families = new Map<string, { readonly side: Side; readonly file: string; readonly samples: Sample[] }>();
  for (const { side, file, sample, variants } of uses) {
    const plain = plainName(file);
    const key = `${side} ${plain}`;
    const family = families.get(key) ?? { side, file: plain, samples: [] };
    families.set(key, family);
    family.samples.push(...(sample ? [sample] : []), ...variants);
  }
  return [...families.values()].map(({ side, file, samples }) => ({ side, file, forms: formsOf(samples) }));
}

function plainName(file: string): string {
  return familyOf(file.replace(/^.*api_samples\//, ''));
}

function formsOf(samples: readonly Sample[]): Readonly<Record<string, Json>> {
  const forms = new Map<string, { readonly form: Json; readonly versions: Map<string, Microversion | undefined> }>();
  for (const sample of samples) {
    const form = formOf(sample.value);
    const key = JSON.stringify(form);
    const known = forms.get(key) ?? { form, versions: new Map<string, Microversion | undefined>() };
    forms.set(key, known);
    known.versions.set(spanText(sample), sample.version);
  }
  return Object.fromEntries([...forms.values()].map(({ form, versions }) => [inOrder(versions), form]));
}

function spanText({ version, until, newest }: Sample): string {
  if (!version) return newest ? 'newest' : 'first';
  return until ? formatRange({ first: version, last: until }) : formatMicroversion(version);
}

const beginning: Microversion = { major: 0, minor: 0 };

function inOrder(versions: ReadonlyMap<string, Microversion | undefined>): string {
  const ordered = [...versions].sort(([, a], [, b]) => compareMicroversions(a ?? beginning, b ?? beginning));
  return ordered.map(([text]) => text).join(' ');
}
