/**
 * From when to when samples show each kind of value at a place.
 */
import {
  compareMicroversions,
  includes,
  intersect,
  nextMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type { JsonKind, SampleNode } from './sample-tree.ts';
import { around } from './span-of.ts';

/** Of its own a sample says nothing about versions before the first and after the last of its place. */
const ever: MicroversionRange = { first: { major: 0, minor: 0 }, last: undefined };

export interface ShownKind {
  readonly kind: JsonKind;
  readonly range: MicroversionRange;
}

/** Null is a value of any type, and not counted. A kind stands from the first sample that shows it to the last. */
export function shownKinds({ kinds }: SampleNode): readonly ShownKind[] {
  const spans = [...kinds].flatMap(([kind, ranges]) => {
    const range = kind === 'null' ? undefined : spanAround(ranges);
    return range ? [{ kind, range }] : [];
  });
  const whole = spanAround(spans.map(({ range }) => range));
  return whole ? spans.map(({ kind, range }) => ({ kind, range: scaled(range, whole) })) : [];
}

/**
 * Whether a sample of these microversions shows null; of all samples, where none of these microversions has a value.
 * Where the text says from when to when null is allowed, samples of those microversions say no more than that.
 */
export function showsNull(
  { kinds }: SampleNode,
  range: MicroversionRange,
  stated: MicroversionRange | undefined,
): boolean {
  const meets = (ranges: readonly MicroversionRange[]): boolean => ranges.some((own) => intersect(own, range));
  const nulls = (kinds.get('null') ?? []).filter(({ first }) => !stated || !includes(stated, first));
  return [...kinds.values()].some(meets) ? meets(nulls) : nulls.length > 0;
}

/** Whether a place is in samples at all in some range: the range in which it is, as far as samples of its container say. */
export function shownSpan(node: SampleNode, container: SampleNode): MicroversionRange {
  const own = spanAround([...node.kinds.values()].flat());
  const whole = spanAround([...container.kinds.values()].flat());
  return own && whole ? scaled(own, whole) : ever;
}

/** The microversions at which a range begins, or has just ended. */
export function ends({ first, last }: MicroversionRange): readonly Microversion[] {
  return last ? [first, nextMicroversion(last)] : [first];
}

function spanAround([first, ...rest]: readonly MicroversionRange[]): MicroversionRange | undefined {
  return first && rest.reduce(around, first);
}

function scaled(range: MicroversionRange, whole: MicroversionRange): MicroversionRange {
  const isFirst = compareMicroversions(range.first, whole.first) === 0;
  const isLast = range.last && whole.last ? compareMicroversions(range.last, whole.last) === 0 : !range.last;
  return { first: isFirst ? ever.first : range.first, last: isLast ? undefined : range.last };
}
