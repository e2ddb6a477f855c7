/**
 * The forms of each sample file with the microversions they stand for: from their own up to the next form of the same
 * file.
 */
import {
  compareMicroversions,
  previousMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type { ReferenceOperation, Sample, SampleUse } from '../reference/model.ts';
import { familyOf } from '../reference/read-samples.ts';

export interface FormInRange {
  readonly use: SampleUse;
  readonly sample: Sample;
  readonly range: MicroversionRange;
}

type Form = Pick<FormInRange, 'use' | 'sample'>;

/** All forms of each sample file, each once, whichever of them the text includes; in the order of their versions. */
export function sampleFamilies({ samples }: ReferenceOperation): readonly (readonly FormInRange[])[] {
  const families = new Map<string, Map<string, Form>>();
  for (const use of samples) {
    const family = `${use.side} ${familyOf(use.file)}`;
    const forms = families.get(family) ?? new Map<string, Form>();
    families.set(family, forms);
    for (const sample of use.sample ? [use.sample, ...use.variants] : use.variants) {
      if (!forms.has(sample.file) || use.file === sample.file) forms.set(sample.file, { use, sample });
    }
  }
  return [...families.values()].map((forms) => inRanges([...forms.values()]));
}

function inRanges(forms: readonly Form[]): readonly FormInRange[] {
  const ordered = forms.toSorted((a, b) => compareMicroversions(firstOf(a), firstOf(b)));
  return ordered.map((form, index) => {
    const next = ordered[index + 1];
    const last = form.sample.until ?? (next && previousMicroversion(firstOf(next)));
    return { ...form, range: { first: firstOf(form), last } };
  });
}

function firstOf({ sample }: Form): Microversion {
  return sample.version ?? { major: 0, minor: 0 };
}
