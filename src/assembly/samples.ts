/**
 * Samples with the microversions they stand for: from their own up to the next form of the same file.
 */
import type { ContractSample, Shape } from '../contract/model.ts';
import type { Json } from '../json.ts';
import { intersect, type MicroversionRange } from '../microversion.ts';
import type { Side } from '../reference/model.ts';
import { sourceAt, type Reading } from './reading.ts';
import { sampleFamilies, type FormInRange } from './sample-families.ts';
import { shownRange } from './shown-range.ts';

/** The shapes of the bodies that a side may have. */
export type ShapesOf = (side: Side) => readonly Shape[];

export function samplesOf(reading: Reading, shapesOf: ShapesOf): readonly ContractSample[] {
  return sampleFamilies(reading.operation).flatMap((forms) => withRanges(forms, reading, shapesOf));
}

function withRanges(forms: readonly FormInRange[], reading: Reading, shapesOf: ShapesOf): readonly ContractSample[] {
  const samples = forms.flatMap(({ use, sample, range: own }) => {
    const range = sample.newest
      ? shownIn(shapesOf(use.side), sample.value, reading.range)
      : intersect(reading.range, own);
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
