/**
 * An operation of a service without microversions: what its text says about versions says since when something is
 * there, and the newest form of everything holds.
 */
import { compareMicroversions, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { ParameterDefinition, ParameterUse, ReferenceOperation, Sample, SampleUse } from '../reference/model.ts';
import { statedValues } from './stated-facets.ts';
import { nullOf } from './stated-null.ts';
import { newestPresence, statedPresence } from './stated-presence.ts';
import { unlimited } from './stated-range.ts';

export function newestForm(operation: ReferenceOperation): ReferenceOperation {
  return {
    ...without(operation, 'minVersion', 'maxVersion'),
    parameters: operation.parameters.flatMap(newestUse),
    codes: operation.codes.filter(({ range }) => isOpen(range)).map((code) => without(code, 'range')),
    samples: operation.samples.filter(({ headingRange }) => isOpen(headingRange)).map(newestSample),
  };
}

/** Whether it reaches to the newest. */
function isOpen(range: MicroversionRange | undefined): boolean {
  return range?.last === undefined;
}

function newestUse(use: ParameterUse): readonly ParameterUse[] {
  const { headingRange, definition } = use;
  if (!isOpen(headingRange) || definition?.maxVersion) return [];
  const plain = without(use, 'headingRange');
  return [definition ? { ...plain, definition: newestDefinition(definition) } : plain];
}

/** A version in its text is not one that a request asks for: what it says of null and of values applies always. */
function newestDefinition(definition: ParameterDefinition): ParameterDefinition {
  const nulls = definition.nullable ?? nullOf(definition);
  const values = statedValues(definition).map(({ value }) => ({ value, range: unlimited }));
  const presence = newestPresence(statedPresence(definition));
  return { ...without(definition, 'minVersion'), values, presence, ...(nulls && { nullable: unlimited }) };
}

/** The form of the highest version, which then is of none. */
function newestSample(use: SampleUse): SampleUse {
  const plain = { ...without(use, 'version', 'headingRange', 'sample'), variants: [] };
  const forms = use.sample ? [use.sample, ...use.variants] : use.variants;
  const [newest] = forms.toSorted((a, b) => compareEnds(b, a));
  return newest ? { ...plain, file: newest.file, sample: { file: newest.file, value: newest.value } } : plain;
}

function compareEnds({ version: a }: Sample, { version: b }: Sample): number {
  const first: Microversion = { major: 0, minor: 0 };
  return compareMicroversions(a ?? first, b ?? first);
}

function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  const kept = Object.entries(value).filter(([key]) => !(keys as readonly PropertyKey[]).includes(key));
  return Object.fromEntries(kept) as Omit<T, K>;
}
