/** Two forms of one value, member by member. */
import type { BodySide } from '../contract/members.ts';
import type { ArrayShape, Member, ObjectShape, Shape } from '../contract/model.ts';
import type { Found } from './model.ts';

/** Places of members have the keys from the root; the items of arrays are not shown. */
export function compareShapes(before: Shape, after: Shape, place: string, side: BodySide): readonly Found[] {
  const [was, is] = [objectIn(before), objectIn(after)];
  const [list, newList] = [arrayIn(before), arrayIn(after)];
  return [
    ...compareTypes(before, after, place, side),
    ...(was && is ? compareObjects(was, is, place, side) : []),
    ...(list && newList ? compareShapes(list.items, newList.items, place, side) : []),
  ];
}

function compareObjects(before: ObjectShape, after: ObjectShape, place: string, side: BodySide): readonly Found[] {
  const prefix = side === 'request' ? 'request' : 'reply';
  const later = new Map(after.members.map((member) => [member.name, member]));
  const earlier = new Set(before.members.map(({ name }) => name));
  const kept = before.members.flatMap((member): readonly Found[] => {
    const own = `${place}/${member.name}`;
    const now = later.get(member.name);
    return now ? compareMembers(member, now, own, side) : [{ kind: `${prefix}-field-removed`, place: own }];
  });
  const added = after.members
    .filter(({ name }) => !earlier.has(name))
    .map((member): Found => {
      const own = `${place}/${member.name}`;
      if (side === 'response') return { kind: 'reply-field-added', place: own };
      return { kind: member.required ? 'request-field-added-required' : 'request-field-added', place: own };
    });
  const values = before.values && after.values ? compareShapes(before.values, after.values, `${place}/{}`, side) : [];
  return [...kept, ...added, ...values, ...compareOpenness(before, after, place, prefix)];
}

/** An object of which nothing was told has opened to nobody. */
function compareOpenness(
  before: ObjectShape,
  after: ObjectShape,
  place: string,
  prefix: 'request' | 'reply',
): readonly Found[] {
  if (before.open === after.open || before.members.length === 0 || after.members.length === 0) return [];
  return [{ kind: after.open ? `${prefix}-opened` : `${prefix}-closed`, place: place || '/' }];
}

function compareMembers(before: Member, after: Member, place: string, side: BodySide): readonly Found[] {
  const inner = compareShapes(before.shape, after.shape, place, side);
  if (before.required === after.required) return inner;
  const prefix = side === 'request' ? 'request' : 'reply';
  return [{ kind: after.required ? `${prefix}-field-required` : `${prefix}-field-optional`, place }, ...inner];
}

function compareTypes(before: Shape, after: Shape, place: string, side: BodySide): readonly Found[] {
  const [was, is] = [typesOf(before), typesOf(after)];
  const where = { place: place || '/', before: was.join(' or '), after: is.join(' or ') };
  if (where.before === where.after) return [];
  if (was.includes('any')) return [{ kind: 'type-told', ...where }];
  if (is.includes('any')) return [{ kind: 'type-untold', ...where }];
  const prefix = side === 'request' ? 'request' : 'reply';
  if (was.every((type) => is.includes(type))) return [{ kind: `${prefix}-type-wider`, ...where }];
  if (is.every((type) => was.includes(type))) return [{ kind: `${prefix}-type-narrower`, ...where }];
  return [{ kind: `${prefix}-type-other`, ...where }];
}

export function typesOf(shape: Shape): readonly string[] {
  const all =
    shape.type === 'choice'
      ? shape.options.flatMap(typesOf)
      : [shape.type, ...('nullable' in shape && shape.nullable ? ['null'] : [])];
  return [...new Set(all)].sort();
}

function objectIn(shape: Shape): ObjectShape | undefined {
  if (shape.type === 'choice') return shape.options.find((option) => option.type === 'object');
  return shape.type === 'object' ? shape : undefined;
}

function arrayIn(shape: Shape): ArrayShape | undefined {
  if (shape.type === 'choice') return shape.options.find((option) => option.type === 'array');
  return shape.type === 'array' ? shape : undefined;
}
