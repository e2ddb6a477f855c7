/**
 * Samples with the microversions they stand for: from their own up to the next form of the same file.
 */
import type { ContractSample, Shape } from '../contract/model.ts';
import type { Json } from '../json.ts';
import {
  compareMicroversions,
  intersect,
  previousMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type { Sample, SampleUse, Side } from '../reference/model.ts';
import { familyOf } from '../reference/read-samples.ts';
import { withVariants } from './body.ts';
import { sourceAt, type Reading } from './reading.ts';
import { shownRange } from './shown-range.ts';

/** The shapes of the bodies that a side may have. */
export type ShapesOf = (side: Side) => readonly Shape[];

export function samplesOf(reading: Reading, shapesOf: ShapesOf): readonly ContractSample[] {
  return [...formsByName(reading).values()].flatMap((forms) => withRanges(forms, reading, shapesOf));
}

interface Form {
  readonly use: SampleUse;
  readonly sample: Sample;
}

/** All forms of each sample file, each once, whichever of them the text includes. */
function formsByName({ operation }: Reading): ReadonlyMap<string, ReadonlyMap<string, Form>> {
  const families = new Map<string, Map<string, Form>>();
  for (const use of operation.samples) {
    const family = `${use.side} ${familyOf(use.file)}`;
    const forms = families.get(family) ?? new Map<string, Form>();
    families.set(family, forms);
    for (const sample of withVariants(use)) {
      if (!forms.has(sample.file) || use.file === sample.file) forms.set(sample.file, { use, sample });
    }
  }
  return families;
}

function withRanges(forms: ReadonlyMap<string, Form>, reading: Reading, shapesOf: ShapesOf): readonly ContractSample[] {
  const first = ({ sample }: Form): Microversion => sample.version ?? { major: 0, minor: 0 };
  const ordered = [...forms.values()].sort((a, b) => compareMicroversions(first(a), first(b)));
  const samples = ordered.flatMap((form, index) => {
    const next = ordered[index + 1];
    const { use, sample } = form;
    const last = sample.until ?? (next && previousMicroversion(first(next)));
    const range = sample.newest
      ? shownIn(shapesOf(use.side), sample.value, reading.range)
      : rangeOf(first(form), last, reading.range);
    const source = sourceAt(reading, use.at);
    return range ? [{ side: use.side, file: sample.file, range, value: sample.value, source }] : [];
  });
  return samples.reduce(joinSame, []);
}

/** Imported forms that show the same share their value, and stand for one range. */
function joinSame(samples: readonly ContractSample[], next: ContractSample): readonly ContractSample[] {
  const before = samples.at(-1);
  const isSame = before?.value === next.value && typeof next.value === 'object';
  if (!before || !isSame) return [...samples, next];
  return [...samples.slice(0, -1), { ...before, range: { first: before.range.first, last: next.range.last } }];
}

function shownIn(shapes: readonly Shape[], value: Json, whole: MicroversionRange): MicroversionRange {
  return shapes.reduce((left, shape) => shownRange(shape, value, left), whole);
}

function rangeOf(
  first: Microversion,
  last: Microversion | undefined,
  whole: MicroversionRange,
): MicroversionRange | undefined {
  return intersect(whole, { first, last });
}
