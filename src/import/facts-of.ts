/** Extracts the facts from a reference, without its sentences. */
import { saysReplyHasNoBody } from '../assembly/no-body.ts';
import { saysMap, saysTopLevel } from '../assembly/said-of-place.ts';
import { statedFormat, statedValues } from '../assembly/stated-facets.ts';
import { nullOf, statesNullOfAll } from '../assembly/stated-null.ts';
import { isUnlimited } from '../assembly/stated-range.ts';
import type { Json } from '../json.ts';
import { compareMicroversions, formatMicroversion, formatRange, type Microversion } from '../microversion.ts';
import type {
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
  return {
    title,
    line: at.line,
    call: `${method} ${path}`,
    ...(minVersion && { from: formatMicroversion(minVersion) }),
    ...(maxVersion && { until: formatMicroversion(maxVersion) }),
    answers: codesOf(operation, 'success'),
    errors: codesOf(operation, 'error'),
    ...(saysReplyHasNoBody(operation) && { bodiless: true }),
    ...(statesNullOfAll(operation) && { nullable: true }),
    ...(request.length > 0 && { request }),
    ...(response.length > 0 && { response }),
    ...(samples.length > 0 && { samples }),
  };
}

function codesOf({ codes }: ReferenceOperation, kind: 'success' | 'error'): readonly string[] {
  const own = codes.filter((code) => code.kind === kind);
  return own.map(({ status, range }) => (range ? `${status} ${formatRange(range)}` : String(status)));
}

function parametersOf({ parameters }: ReferenceOperation, side: Side): readonly ParameterFacts[] {
  return parameters.filter((use) => use.side === side).flatMap((use) => parameterFacts(use) ?? []);
}

/** Empty for a name without a definition. */
function parameterFacts(use: ParameterUse): readonly ParameterFacts[] {
  const { name, definition, headingRange } = use;
  if (!definition) return [];
  const { in: place, type, required, minVersion, maxVersion } = definition;
  const nulls = place === 'body' ? nullOf(definition) : undefined;
  return [
    [
      name,
      place,
      type,
      ...(required ? ['required'] : []),
      ...(nulls ? [isUnlimited(nulls) ? 'null' : `null ${formatRange(nulls)}`] : []),
      ...facetWords(use),
      ...(saysMap(use) ? ['map'] : []),
      ...(saysTopLevel(use) ? ['top-level'] : []),
      ...(minVersion ? [`from ${formatMicroversion(minVersion)}`] : []),
      ...(maxVersion ? [`until ${formatMicroversion(maxVersion)}`] : []),
      ...(headingRange ? [`under ${formatRange(headingRange)}`] : []),
    ],
  ];
}

/** For strings in request bodies. */
function facetWords({ side, definition }: ParameterUse): readonly string[] {
  if (side !== 'request' || definition?.in !== 'body' || documentedType(definition.type) !== 'string') return [];
  const values = statedValues(definition);
  const format = statedFormat(definition);
  return [
    ...(values.length > 0 ? [`values ${JSON.stringify(Object.fromEntries(values.map(valueEntry)))}`] : []),
    ...(format === undefined ? [] : [`format ${format}`]),
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
