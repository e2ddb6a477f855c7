/**
 * Edits of shapes at a path, and of single values; undefined when there is nothing at the path.
 */
import { ITEMS, KEYS } from '../contract/members.ts';
import type { Member, ScalarShape, Shape } from '../contract/model.ts';
import type { ShapeEdit } from './model.ts';

type MemberEdit = (member: Member) => readonly Member[];

/** Replaces every member at the path by what the edit makes of it; members of one name differ by microversion. */
export function editMember(shape: Shape, path: readonly string[], edit: MemberEdit): Shape | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (shape.type === 'choice') {
    const edited = shape.options.map((option) => editMember(option, path, edit));
    const [first, ...rest] = shape.options.map((option, index) => edited[index] ?? option);
    return first && edited.some((option) => option !== undefined)
      ? { type: 'choice', options: [first, ...rest] }
      : undefined;
  }
  if (shape.type === 'array' && key === ITEMS) {
    const items = editMember(shape.items, rest, edit);
    return items && { ...shape, items };
  }
  if (shape.type === 'object' && shape.values && key === KEYS) {
    const values = editMember(shape.values, rest, edit);
    return values && { ...shape, values };
  }
  if (shape.type !== 'object' || !shape.members.some(({ name }) => name === key)) return undefined;
  let found = false;
  const members = shape.members.flatMap((member) => {
    const edited = member.name === key ? editInside(member, rest, edit) : undefined;
    found ||= edited !== undefined;
    return edited ?? [member];
  });
  return found ? { ...shape, members } : undefined;
}

function editInside(member: Member, path: readonly string[], edit: MemberEdit): readonly Member[] | undefined {
  if (path.length === 0) return edit(member);
  const shape = editMember(member.shape, path, edit);
  return shape && [{ ...member, shape }];
}

/** Adds a member to the object above the path; undefined when there is no such object, or it has the name already. */
export function addMember(shape: Shape, path: readonly string[], member: Member): Shape | undefined {
  const [key, ...rest] = path;
  if (shape.type === 'array' && key === ITEMS) {
    const items = addMember(shape.items, rest, member);
    return items && { ...shape, items };
  }
  if (shape.type === 'choice') {
    const [first, ...others] = shape.options.map((option) => addMember(option, path, member) ?? option);
    const isAdded = shape.options.some((option, index) => option !== [first, ...others][index]);
    return first && isAdded ? { type: 'choice', options: [first, ...others] } : undefined;
  }
  if (key === undefined || shape.type !== 'object') return undefined;
  if (rest.length === 0) {
    const taken = shape.members.some(({ name }) => name === key);
    return taken ? undefined : { ...shape, members: [...shape.members, member] };
  }
  let found = false;
  const members = shape.members.map((outer) => {
    const inner = outer.name === key ? addMember(outer.shape, rest, member) : undefined;
    found ||= inner !== undefined;
    return inner ? { ...outer, shape: inner } : outer;
  });
  return found ? { ...shape, members } : undefined;
}

export function editedValue<T extends { readonly required: boolean; readonly shape: Shape }>(
  value: T,
  { required, nullable, open, repeats, facets, also, any }: ShapeEdit,
): T {
  const opened = open === undefined ? value.shape : withOpen(value.shape, open);
  const limited = facets ? withFacets(opened, facets) : opened;
  const settled = nullable === undefined ? limited : withNull(limited, nullable);
  const shape: Shape = any ? { type: 'any' } : also ? withOption(settled, also) : settled;
  return { ...value, ...(required !== undefined && { required }), shape, ...(repeats && { repeats }) };
}

/** Of a list, each of its objects. */
function withOpen(shape: Shape, open: boolean): Shape {
  if (shape.type === 'choice') {
    const [first, ...others] = shape.options;
    return { type: 'choice', options: [withOpen(first, open), ...others.map((option) => withOpen(option, open))] };
  }
  if (shape.type === 'array') return { ...shape, items: withOpen(shape.items, open) };
  if (shape.type !== 'object') return shape;
  const { type, nullable, members, values } = shape;
  return { type, nullable, members, open, ...(values && { values }) };
}

function withFacets(shape: Shape, facets: NonNullable<ScalarShape['facets']>): Shape {
  if (!('nullable' in shape) || shape.type === 'object' || shape.type === 'array') return shape;
  return { ...shape, facets: { ...shape.facets, ...facets } };
}

function withNull(shape: Shape, nullable: boolean): Shape {
  return 'nullable' in shape ? { ...shape, nullable } : shape;
}

function withOption(shape: Shape, option: Shape): Shape {
  return shape.type === 'choice'
    ? { type: 'choice', options: [...shape.options, option] }
    : { type: 'choice', options: [shape, option] };
}
