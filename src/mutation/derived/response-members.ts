/** Faults in members of a success: dropped, renamed, retyped, nulled, present where they must not be, undocumented. */
import { isNullable, membersOf, objectAt, pathKeys, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Revision, Shape } from '../../contract/model.ts';
import type { Json } from '../../json.ts';
import { intersect } from '../../microversion.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { editAt, type Edit } from './edit-at.ts';
import { derive, edges, successBody, withBody, type FaultSubject } from './make.ts';

export function responseMemberFaults(subject: FaultSubject): readonly DerivedFault[] {
  const { revisions } = subject.operation;
  const places = unique(revisions.flatMap((revision) => [...placesIn(revision).keys()]));
  const objects = unique(revisions.flatMap((revision) => objectsIn(revision).map(pathText)));
  const present = places.flatMap((place) =>
    edges(subject, (revision) => likenessOf(placesIn(revision).get(place))).flatMap((revision) => {
      const placed = placesIn(revision).get(place);
      return placed && isTold(placed) ? [{ revision, placed }] : [];
    }),
  );
  return [
    ...[...present, ...betweenEdges(subject, present)].flatMap(({ revision, placed }) =>
      presentFaults(subject, revision, placed),
    ),
    ...places.flatMap((place) => [
      ...edges(subject, (revision) => (isAbsent(revision, place) ? 'absent' : undefined)).flatMap((revision) => {
        const placed = revisions.map((one) => placesIn(one).get(place)).find((one) => one !== undefined);
        return placed && isTold(placed) ? [earlyOrLate(subject, revision, placed)] : [];
      }),
    ]),
    ...objects.flatMap((object) =>
      edges(subject, (revision) => (isKnown(revision, object) ? 'object' : undefined)).map((revision) =>
        extraMember(subject, revision, pathKeys(object)),
      ),
    ),
  ];
}

interface Present {
  readonly revision: Revision;
  readonly placed: PlacedMember;
}

/** The member at the root, at the revision of each sample that no faults of required members concern otherwise. */
function betweenEdges({ operation }: FaultSubject, present: readonly Present[]): readonly Present[] {
  const required = present.filter(({ placed: { member } }) => member.required);
  const first = operation.samples.flatMap(({ side, range }) => {
    const isTested = required.some(({ revision }) => intersect(revision.range, range));
    return side === 'request' || isTested ? [] : (operation.revisions.find((one) => intersect(one.range, range)) ?? []);
  });
  return unique(first).flatMap((revision) => {
    const placed = membersIn(revision).find(({ path, member }) => path.length === 1 && member.required);
    return placed ? [{ revision, placed }] : [];
  });
}

/** Nothing is said about inferred members. */
function isTold({ member }: PlacedMember): boolean {
  return member.confidence !== 'inferred';
}

/** The revision has the object, and says of all its members which they are. */
function isKnown(revision: Revision, object: string): boolean {
  return !isOpen(revision, object) && objectsIn(revision).map(pathText).includes(object);
}

/** Any member may be in such an object. */
function isOpen(revision: Revision, object: string): boolean {
  const shape = bodyShape(revision);
  return shape !== undefined && objectAt(shape, pathKeys(object))?.open === true;
}

function likenessOf(placed: PlacedMember | undefined): string | undefined {
  return placed && JSON.stringify([placed.member.required, placed.member.shape]);
}

const indexes = new WeakMap<Revision, ReadonlyMap<string, PlacedMember>>();

/** The members of the response by the texts of their paths. */
function placesIn(revision: Revision): ReadonlyMap<string, PlacedMember> {
  const known = indexes.get(revision) ?? new Map(membersIn(revision).map((placed) => [pathText(placed.path), placed]));
  indexes.set(revision, known);
  return known;
}

/** The revision has the object of a member that others know, without the member. */
function isAbsent(revision: Revision, place: string): boolean {
  const parent = pathText(pathKeys(place).slice(0, -1));
  return !placesIn(revision).has(place) && isKnown(revision, parent);
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}

const drop: Edit = (object, name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
const rename: Edit = (object, name) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key === name ? `${key}_` : key, value]));
const set =
  (value: Json): Edit =>
  (object, name) => ({ ...object, [name]: value });

function presentFaults(
  subject: FaultSubject,
  revision: Revision,
  { path, member }: PlacedMember,
): readonly DerivedFault[] {
  const edits: readonly (readonly [kind: string, words: string, edit: Edit])[] = [
    // Dropping an optional member is no deviation.
    ...(member.required
      ? ([
          ['drops-member', 'lacks', drop],
          ['renames-member', 'has under another name', rename],
        ] as const)
      : []),
    ['retypes-member', 'has with another type', set(otherType(member.shape))],
    ...(isNullable(member.shape) ? [] : ([['nulls-member', 'has as null', set(null)]] as const)),
  ];
  return edits.map(([kind, words, edit]) =>
    derive(subject, {
      kind,
      about: pathText(path),
      range: revision.range,
      summary: `The response ${words} ${pathText(path)}.`,
      change: (_, response) => {
        const body = successBody(response);
        const edited = body === undefined ? undefined : editAt(body, path, edit, 'where it is');
        return edited === undefined ? undefined : withBody(response, edited);
      },
    }),
  );
}

function earlyOrLate(subject: FaultSubject, revision: Revision, { path, member }: PlacedMember): DerivedFault {
  return derive(subject, {
    kind: 'member-early-or-late',
    about: pathText(path),
    range: revision.range,
    summary: `The response has ${pathText(path)} at a microversion that does not know it.`,
    change: (_, response) => {
      const body = successBody(response);
      const edited = body === undefined ? undefined : editAt(body, path, set(plausible(member.shape)), 'anywhere');
      return edited === undefined ? undefined : withBody(response, edited);
    },
  });
}

function extraMember(subject: FaultSubject, revision: Revision, path: readonly string[]): DerivedFault {
  return derive(subject, {
    kind: 'extra-member',
    about: pathText(path) || '/',
    range: revision.range,
    summary: `The response has an undocumented member in ${pathText(path) || 'its top level'}.`,
    change: (_, response) => {
      const body = successBody(response);
      const edited = body === undefined ? undefined : editAt(body, [...path, 'osc_extra'], set(true), 'anywhere');
      return edited === undefined ? undefined : withBody(response, edited);
    },
  });
}

function bodyShape({ responses }: Revision): Shape | undefined {
  const { body } = responses[0];
  return body.kind === 'json' ? body.shape : undefined;
}

function membersIn(revision: Revision): readonly PlacedMember[] {
  const shape = bodyShape(revision);
  return shape ? membersOf(shape) : [];
}

/** Paths of the objects whose members are known. */
function objectsIn(revision: Revision): readonly (readonly string[])[] {
  const parents = new Set(membersIn(revision).map(({ path }) => pathText(path.slice(0, -1))));
  return [...parents].map(pathKeys);
}

function otherType(shape: Shape): Json {
  return shape.type === 'object' || shape.type === 'array' || shape.type === 'integer' || shape.type === 'number'
    ? 'osc'
    : shape.type === 'boolean'
      ? 'true'
      : 12;
}

function plausible({ type }: Shape): Json {
  return plausibleValues[type] ?? '00000000-0000-4000-8000-000000000000';
}

const plausibleValues: Readonly<Partial<Record<Shape['type'], Json>>> = {
  boolean: false,
  integer: 1,
  number: 1,
  array: [],
  object: {},
};
