/** Faults in request validation: requests accepted that must be refused, and refused that must be accepted. */
import type { SentRequest } from '../../client/exchange.ts';
import { placesAt } from '../../contract/body-places.ts';
import { knownNames, membersOf, objectAt, pathKeys, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Revision } from '../../contract/model.ts';
import { decidingPointers } from '../../contract/shared-calls.ts';
import { atPointer, isJsonObject } from '../../json.ts';
import { matchBody } from '../../schema/match.ts';
import { schemaStore, type SchemaStore } from '../../schema/schema-store.ts';
import type { Asked, DerivedFault } from '../derived-fault.ts';
import { generalFaults, queryFaults } from './around-the-body.ts';
import { derive, spans, type FaultSubject } from './make.ts';
import { badRequest, bodyOf, accepts } from './taking.ts';

export function requestFaults(subject: FaultSubject): readonly DerivedFault[] {
  const schemas = schemaStore(subject.contract);
  return [
    ...bodyFaults(subject),
    ...memberFaults(subject, schemas),
    ...queryFaults(subject),
    ...generalFaults(subject),
  ];
}

function bodyFaults(subject: FaultSubject): readonly DerivedFault[] {
  const closed = [...knownNames(subject.operation, 'request')].flatMap(([path, names]) =>
    spans(subject, (revision) => isClosed(revision, path)).map((span) =>
      accepts(
        subject,
        {
          kind: 'accepts-extra-member',
          about: path || '/',
          ...span,
          summary: `A request with an undocumented member in ${path || 'its top level'} is accepted.`,
        },
        ({ request }) => {
          const objects = placesAt(bodyOf(request), pathKeys(path)).map(({ value }) => value);
          return objects.some((object) => isJsonObject(object) && Object.keys(object).some((name) => !names.has(name)));
        },
      ),
    ),
  );
  const anything = spans(subject, (revision) => hasJsonBody(revision) && !decides(subject, '')).map((span) =>
    accepts(
      subject,
      { kind: 'accepts-anything', ...span, summary: 'A request whose body is not a JSON object is accepted.' },
      ({ request }) => !isJsonObject(bodyOf(request)),
    ),
  );
  return [...anything, ...closed];
}

function memberFaults(subject: FaultSubject, schemas: SchemaStore): readonly DerivedFault[] {
  const { operation } = subject;
  const all = new Map(operation.revisions.flatMap(membersIn).map((placed) => [pathText(placed.path), placed] as const));
  // Nothing is said about inferred members.
  const told = [...all.values()].filter(({ member }) => member.confidence !== 'inferred');
  return told.flatMap((placed) => {
    const pointer = pathText(placed.path);
    const isRequired = (required: boolean) => (revision: Revision) =>
      find(revision, pointer)?.member.required === required && !decides(subject, pointer);
    const outer = pathText(placed.path.slice(0, -1));
    const isUnknown = (revision: Revision): boolean => !find(revision, pointer) && isClosed(revision, outer);
    const early = spans(subject, isUnknown).map((span) =>
      accepts(
        subject,
        {
          kind: 'accepts-member-early',
          about: pointer,
          ...span,
          summary: `A request with ${pointer} is accepted at a microversion that does not know it.`,
        },
        ({ request }) => hasMember(request, placed),
      ),
    );
    const missing = spans(subject, isRequired(true)).map((span) =>
      accepts(
        subject,
        {
          kind: 'ignores-missing-member',
          about: pointer,
          ...span,
          summary: `A request without ${pointer} is accepted.`,
        },
        ({ request }) => isJsonObject(bodyOf(request)) && atPointer(bodyOf(request), pointer) === undefined,
      ),
    );
    const isTyped = (revision: Revision): boolean => {
      const found = find(revision, pointer);
      return found !== undefined && !isOpen(found) && !decides(subject, pointer);
    };
    const wrong = spans(subject, isTyped).map((span) =>
      accepts(
        subject,
        {
          kind: 'accepts-wrong-type',
          about: pointer,
          ...span,
          summary: `A request whose ${pointer} is not of the documented form is accepted.`,
        },
        (asked) => isWrong(asked, placed, schemas),
      ),
    );
    const refused = spans(subject, (revision) => find(revision, pointer) !== undefined).map(({ range }) =>
      derive(subject, {
        kind: 'refuses-member',
        about: pointer,
        range,
        summary: `A request with ${pointer} is refused.`,
        respond: (asked) => (hasMember(asked.request, placed) ? badRequest(asked) : undefined),
      }),
    );
    return [...early, ...missing, ...wrong, ...refused];
  });
}

/** A request without the member is one of another operation. */
function decides({ contract, operation }: FaultSubject, pointer: string): boolean {
  return decidingPointers(contract.operations, operation).some((inner) => inner.startsWith(`${pointer}/`));
}

/** Whether the request has an object at a path that allows no further members. */
function isClosed({ request }: Revision, path: string): boolean {
  return request.body.kind === 'json' && objectAt(request.body.shape, pathKeys(path))?.open === false;
}

/** In any item, where the member is one of items. */
function hasMember(request: SentRequest, { path }: PlacedMember): boolean {
  return placesAt(bodyOf(request), path).length > 0;
}

/** Whether a member is present and the request schema rejects it. */
function isWrong({ request, operation, microversion }: Asked, { path }: PlacedMember, schemas: SchemaStore): boolean {
  const body = bodyOf(request);
  const content = schemas.request(operation, microversion);
  const pointers = placesAt(body, path).map(({ pointer }) => pointer);
  if (content?.kind !== 'json' || body === undefined || pointers.length === 0) return false;
  return matchBody(content.schema, body).some((mismatch) =>
    pointers.some((pointer) => mismatch.pointer === pointer || isInside(mismatch.pointer, pointer)),
  );
}

/** Any value is accepted there. */
function isOpen(placed: PlacedMember | undefined): boolean {
  return placed?.member.shape.type === 'any';
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
