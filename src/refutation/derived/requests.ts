/** Requests taken that are to be refused, and refused that are to be taken. */
import { knownNames, membersOf, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Revision } from '../../contract/model.ts';
import { atPointer, isJsonObject } from '../../json.ts';
import { matchBody } from '../../schema/match.ts';
import { schemaStore, type SchemaStore } from '../../schema/schema-store.ts';
import type { Asked, DerivedFault } from '../derived-fault.ts';
import { generalFaults, queryFaults } from './around-the-body.ts';
import { derive, spans, type Ground } from './make.ts';
import { badRequest, bodyOf, takes } from './taking.ts';

export function requestFaults(ground: Ground): readonly DerivedFault[] {
  const schemas = schemaStore(ground.contract);
  return [...bodyFaults(ground), ...memberFaults(ground, schemas), ...queryFaults(ground), ...generalFaults(ground)];
}

function bodyFaults(ground: Ground): readonly DerivedFault[] {
  const closed = [...knownNames(ground.operation, 'request')].flatMap(([path, names]) =>
    spans(ground, hasJsonBody).map((span) =>
      takes(
        ground,
        {
          kind: 'accepts-extra-member',
          about: path || '/',
          ...span,
          summary: `A request with a member that nothing documents in ${path || 'its top level'} is taken.`,
        },
        ({ request }) => {
          const object = atPointer(bodyOf(request), path);
          return isJsonObject(object) && Object.keys(object).some((name) => !names.has(name));
        },
      ),
    ),
  );
  const anything = spans(ground, hasJsonBody).map((span) =>
    takes(
      ground,
      { kind: 'accepts-anything', ...span, summary: 'A request is taken whose body is no JSON object.' },
      ({ request }) => !isJsonObject(bodyOf(request)),
    ),
  );
  return [...anything, ...closed];
}

function memberFaults(ground: Ground, schemas: SchemaStore): readonly DerivedFault[] {
  const { operation } = ground;
  const all = new Map(operation.revisions.flatMap(membersIn).map((placed) => [pathText(placed.path), placed] as const));
  return [...all.values()].flatMap((placed) => {
    const pointer = pathText(placed.path);
    const standsAs = (required: boolean) => (revision: Revision) =>
      find(revision, pointer)?.member.required === required;
    const early = spans(ground, (revision) => hasJsonBody(revision) && !find(revision, pointer)).map((span) =>
      takes(
        ground,
        {
          kind: 'accepts-member-early',
          about: pointer,
          ...span,
          summary: `A request with ${pointer} is taken at a microversion that does not know it.`,
        },
        ({ request }) => atPointer(bodyOf(request), pointer) !== undefined,
      ),
    );
    const missing = spans(ground, standsAs(true)).map((span) =>
      takes(
        ground,
        { kind: 'ignores-missing-member', about: pointer, ...span, summary: `A request without ${pointer} is taken.` },
        ({ request }) => isJsonObject(bodyOf(request)) && atPointer(bodyOf(request), pointer) === undefined,
      ),
    );
    const wrong = spans(ground, (revision) => find(revision, pointer) !== undefined).map((span) =>
      takes(
        ground,
        {
          kind: 'accepts-wrong-type',
          about: pointer,
          ...span,
          summary: `A request is taken whose ${pointer} is not of its documented form.`,
        },
        (asked) => isWrong(asked, pointer, schemas),
      ),
    );
    const refused = spans(ground, (revision) => find(revision, pointer) !== undefined).map(({ range }) =>
      derive(ground, {
        kind: 'refuses-member',
        about: pointer,
        range,
        summary: `A request with ${pointer} is refused.`,
        answer: (asked) => (atPointer(bodyOf(asked.request), pointer) === undefined ? undefined : badRequest(asked)),
      }),
    );
    return [...early, ...missing, ...wrong, ...refused];
  });
}

/** A member is there and is what the schema of the request does not let pass. */
function isWrong({ request, operation, microversion }: Asked, pointer: string, schemas: SchemaStore): boolean {
  const body = bodyOf(request);
  const content = schemas.request(operation, microversion);
  if (content?.kind !== 'json' || body === undefined || atPointer(body, pointer) === undefined) return false;
  return matchBody(content.schema, body).some(
    (mismatch) => mismatch.pointer === pointer || isInside(mismatch.pointer, pointer),
  );
}

function isInside(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}/`);
}

function hasJsonBody({ request }: Revision): boolean {
  return request.body.kind === 'json';
}

function membersIn({ request }: Revision): readonly PlacedMember[] {
  return request.body.kind === 'json' ? membersOf(request.body.shape) : [];
}

function find(revision: Revision, pointer: string): PlacedMember | undefined {
  return membersIn(revision).find(({ path }) => pathText(path) === pointer);
}
