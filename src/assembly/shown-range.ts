/**
 * The microversions that a sample stands for when nothing but itself says so: those at which everything that it shows
 * exists.
 */
import type { Member, Shape } from '../contract/model.ts';
import { isJsonObject, type Json } from '../json.ts';
import { intersect, type MicroversionRange } from '../microversion.ts';
import { around } from './span-of.ts';

/** `whole` where the parts of the sample never exist together. */
export function shownRange(shape: Shape, value: Json, whole: MicroversionRange): MicroversionRange {
  const spans = spansShown(shape, value);
  const shared = spans.reduce<MicroversionRange | undefined>((left, span) => left && intersect(left, span), whole);
  return shared ?? whole;
}

function spansShown(shape: Shape, value: Json): readonly MicroversionRange[] {
  if (shape.type === 'choice') return shape.options.flatMap((option) => spansShown(option, value));
  if (shape.type === 'array' && Array.isArray(value))
    return (value as readonly Json[]).flatMap((item) => spansShown(shape.items, item));
  if (shape.type !== 'object' || !isJsonObject(value)) return [];
  const { members, values } = shape;
  return Object.entries(value).flatMap(([key, inner]) => {
    const isMember = members.some(({ name }) => name === key);
    return isMember || !values ? spansOf(members, key, inner) : spansShown(values, inner);
  });
}

/** One name may have several members, each for its microversions. */
function spansOf(members: readonly Member[], key: string, value: Json): readonly MicroversionRange[] {
  const named = members.filter(({ name }) => name === key);
  const [first, ...rest] = named.map(({ range }) => range);
  const newest = named.at(-1);
  return first && newest ? [rest.reduce(around, first), ...spansShown(newest.shape, value)] : [];
}
