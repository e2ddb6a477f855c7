/** Compares two forms of one value, member by member. */
import type { BodySide } from '../contract/members.ts';
import type { ArrayShape, Member, ObjectShape, Shape } from '../contract/model.ts';
import type { Found } from './model.ts';

/** The place of a member is its keys from the root; items of arrays are not shown. */
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
  const later = new Map(after.members.map((member) => [member.name, member]));
  const earlier = new Set(before.members.map(({ name }) => name));
  const kept = before.members.flatMap((member): readonly Found[] => {
    const own = `${place}/${member.name}`;
    const now = later.get(member.name);
    return now ? compareMembers(member, now, own, side) : [{ kind: `${side}-field-removed`, place: own }];
  });
  const added = after.members
    .filter(({ name }) => !earlier.has(name))
    .map((member): Found => {
      const own = `${place}/${member.name}`;
      if (side === 'response') return { kind: 'response-field-added', place: own };
      return { kind: member.required ? 'request-field-added-required' : 'request-field-added', place: own };
    });
  const values = before.values && after.values ? compareShapes(before.values, after.values, `${place}/{}`, side) : [];
  return [...kept, ...added, ...values, ...compareOpenness(before, after, place, side)];
}

/** Ignores an object whose members are undocumented on either side. */
function compareOpenness(before: ObjectShape, after: ObjectShape, place: string, side: BodySide): readonly Found[] {
  if (before.open === after.open || before.members.length === 0 || after.members.length === 0) return [];
  return [{ kind: after.open ? `${side}-opened` : `${side}-closed`, place: place || '/' }];
}

function compareMembers(before: Member, after: Member, place: string, side: BodySide): readonly Found[] {
  const inner = compareShapes(before.shape, after.shape, place, side);
  if (before.required === after.required) return inner;
  return [{ kind: after.required ? `${side}-field-required` : `${side}-field-optional`, place }, ...inner];
}

function compareTypes(before: Shape, after: Shape, place: string, side: BodySide): readonly Found[] {
  const [was, is] = [typesOf(before), typesOf(after)];
  const where = { place: place || '/', before: was.join(' or '), after: is.join(' or ') };
  if (where.before === where.after) return [];
  if (was.includes('any')) return [{ kind: 'type-documented', ...where }];
  if (is.includes('any')) return [{ kind: 'type-undocumented', ...where }];
  if (was.every((type) => is.includes(type))) return [{ kind: `${side}-type-wider`, ...where }];
  if (is.every((type) => was.includes(type))) return [{ kind: `${side}-type-narrower`, ...where }];
  return [{ kind: `${side}-type-other`, ...where }];
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
