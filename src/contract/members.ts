/**
 * Walks over the members of bodies, each with its path of keys; `[]` represents the items of an array and `{}` any key
 * of a map.
 */
import type { Body, Member, ObjectShape, Operation, Revision, Shape } from './model.ts';
import type { Topic } from './topic.ts';

/** Represents the items of an array in a path. */
export const ITEMS = '[]';

/** Represents any key of a map in a path. */
export const KEYS = '{}';

export type BodySide = 'request' | 'response';

export interface PlacedMember {
  /** `['volumeAttachments', '[]', 'tag']`. */
  readonly path: readonly string[];
  readonly member: Member;
}

/** The bodies of one side of a revision; the response side has one per success code. */
export function bodiesOf({ request, responses }: Revision, side: BodySide): readonly Body[] {
  return side === 'request' ? [request.body] : responses.map((response) => response.body);
}

/** All members of a shape, outer before inner. */
export function membersOf(shape: Shape, path: readonly string[] = []): readonly PlacedMember[] {
  if (shape.type === 'array') return membersOf(shape.items, [...path, ITEMS]);
  if (shape.type === 'choice') return shape.options.flatMap((option) => membersOf(option, path));
  if (shape.type !== 'object') return [];
  const own = shape.members.flatMap((member) => {
    const place = [...path, member.name];
    return [{ path: place, member }, ...membersOf(member.shape, place)];
  });
  return shape.values ? [...own, ...membersOf(shape.values, [...path, KEYS])] : own;
}

/** All objects of a shape, outer before inner. */
export function objectsOf(shape: Shape): readonly ObjectShape[] {
  if (shape.type === 'array') return objectsOf(shape.items);
  if (shape.type === 'choice') return shape.options.flatMap(objectsOf);
  if (shape.type !== 'object') return [];
  const inner = [...shape.members.map((member) => member.shape), ...(shape.values ? [shape.values] : [])];
  return [shape, ...inner.flatMap(objectsOf)];
}

/** The members of one body, indexed by path. */
export interface MemberIndex {
  readonly all: readonly PlacedMember[];
  /** By path as text; the first if a choice has several with one path. */
  readonly byPath: ReadonlyMap<string, PlacedMember>;
  /** The paths, as text, of all objects with members. */
  readonly objects: ReadonlySet<string>;
}

const indexes = new WeakMap<Shape, MemberIndex>();

/** Cached by shape. */
export function memberIndex(shape: Shape): MemberIndex {
  const known = indexes.get(shape);
  if (known) return known;
  const all = membersOf(shape);
  const byPath = new Map<string, PlacedMember>();
  const objects = new Set<string>();
  for (const placed of all) {
    const text = pathText(placed.path);
    if (!byPath.has(text)) byPath.set(text, placed);
    objects.add(pathText(placed.path.slice(0, -1)));
  }
  const index = { all, byPath, objects };
  indexes.set(shape, index);
  return index;
}

/** The path as text: `/volumeAttachments/[]/tag`, with `~` and `/` of keys escaped as in JSON pointers. */
export function pathText(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function pathKeys(text: string): readonly string[] {
  return text
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The names that each object of one side has in any revision, by the path of the object; inferred ones are not known. */
export function knownNames(operation: Operation, side: BodySide): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const revision of operation.revisions) {
    for (const body of bodiesOf(revision, side)) {
      if (body.kind !== 'json') continue;
      for (const { path, member } of memberIndex(body.shape).all) {
        if (member.confidence !== 'inferred') addName(names, path);
      }
    }
  }
  return names;
}

function addName(names: Map<string, Set<string>>, path: readonly string[]): void {
  const parent = pathText(path.slice(0, -1));
  const known = names.get(parent) ?? new Set();
  names.set(parent, known.add(path.at(-1) ?? ''));
}

/** The object at the root of a body, through arrays. */
export function rootObject(shape: Shape): ObjectShape | undefined {
  if (shape.type === 'object') return shape;
  return shape.type === 'array' ? rootObject(shape.items) : undefined;
}

/** The object at a path of a body, through arrays; undefined where there is none, and below a map. */
export function objectAt(shape: Shape, path: readonly string[]): ObjectShape | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return shape.type === 'object' ? shape : undefined;
  if (key === ITEMS) return shape.type === 'array' ? objectAt(shape.items, rest) : undefined;
  if (shape.type === 'choice') {
    return shape.options.map((option) => objectAt(option, path)).find((found) => found !== undefined);
  }
  const inner = shape.type === 'object' ? shape.members.find(({ name }) => name === key) : undefined;
  return inner && objectAt(inner.shape, rest);
}

/** Whether the shape allows null. */
export function isNullable(shape: Shape): boolean {
  if (shape.type === 'any' || shape.type === 'null') return true;
  return shape.type === 'choice' ? shape.options.some(isNullable) : shape.nullable;
}

export function memberTopic(side: BodySide, path: readonly string[]): Topic {
  return `${side} ${pathText(path) || '/'}`;
}

/** The topic of further members of an object; `path` is that of the object. */
export function otherMembersTopic(side: BodySide, path: readonly string[]): Topic {
  return `${side} ${pathText(path)}/*`;
}
