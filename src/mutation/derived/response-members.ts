/** Faults in members of a success: dropped, renamed, retyped, nulled, present where they must not be, undocumented. */
import { isNullable, membersOf, pathKeys, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Revision, Shape } from '../../contract/model.ts';
import type { Json } from '../../json.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { editAt, type Edit } from './edit-at.ts';
import { derive, revisionsWhere, successBody, withBody, type FaultSubject } from './make.ts';

export function responseMemberFaults(subject: FaultSubject): readonly DerivedFault[] {
  const inJson = revisionsWhere(subject, (revision) => bodyShape(revision) !== undefined);
  return inJson.flatMap((revision) => [
    ...membersIn(revision).flatMap((placed) => presentFaults(subject, revision, placed)),
    ...absentMembers(subject, revision).map((placed) => earlyOrLate(subject, revision, placed)),
    ...objectsIn(revision).map((path) => extraMember(subject, revision, path)),
  ]);
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

/** Members of other revisions whose parent object exists in this one. */
function absentMembers({ operation }: FaultSubject, revision: Revision): readonly PlacedMember[] {
  const here = new Set(membersIn(revision).map(({ path }) => pathText(path)));
  const parents = new Set(objectsIn(revision).map(pathText));
  const others = new Map(
    operation.revisions.flatMap(membersIn).map((placed) => [pathText(placed.path), placed] as const),
  );
  return [...others.values()].filter(
    ({ path }) => !here.has(pathText(path)) && parents.has(pathText(path.slice(0, -1))),
  );
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
