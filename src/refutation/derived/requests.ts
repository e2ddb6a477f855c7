/** Requests taken that are to be refused, and refused that are to be taken. */
import type { ReceivedResponse, SentRequest } from '../../client/exchange.ts';
import { knownNames, membersOf, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Revision } from '../../contract/model.ts';
import { atPointer, isJsonObject, parseJson, type Json } from '../../json.ts';
import type { MicroversionRange } from '../../microversion.ts';
import { matchBody } from '../../schema/match.ts';
import { schemaStore, type SchemaStore } from '../../schema/schema-store.ts';
import type { Asked, DerivedFault } from '../derived-fault.ts';
import { asSuccess, derive, refusalOf, spans, type Ground } from './make.ts';

export function requestFaults(ground: Ground): readonly DerivedFault[] {
  const schemas = schemaStore(ground.contract);
  return [...bodyFaults(ground), ...memberFaults(ground, schemas), ...queryFaults(ground), ...generalFaults(ground)];
}

/** Takes what the service refuses with a code, when the request fits. */
function takes(
  ground: Ground,
  {
    kind,
    about,
    range,
    revision,
    summary,
    status = 400,
    versions,
  }: {
    readonly kind: string;
    readonly about?: string;
    readonly range: MicroversionRange;
    readonly revision: Revision;
    readonly summary: string;
    readonly status?: number;
    readonly versions?: 'refused';
  },
  fits: (asked: Asked) => boolean,
): DerivedFault {
  return derive(ground, {
    kind,
    ...(about === undefined ? {} : { about }),
    ...(versions ? { versions } : {}),
    range,
    summary,
    change: (asked, reply) => (reply.status === status && fits(asked) ? asSuccess(revision, reply) : undefined),
  });
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

function queryFaults(ground: Ground): readonly DerivedFault[] {
  const { operation } = ground;
  const names = [...new Set(operation.revisions.flatMap(({ request }) => request.query.map(({ name }) => name)))];
  const known = names.flatMap((name) =>
    spans(ground, ({ request }) => request.query.some((one) => one.name === name)).flatMap((span) => [
      derive(ground, {
        kind: 'refuses-query',
        about: name,
        range: span.range,
        summary: `A request with the query parameter ${name} is refused.`,
        answer: (asked) => (queryNames(asked.request).includes(name) ? badRequest(asked) : undefined),
      }),
      takes(
        ground,
        {
          kind: 'accepts-wrong-query',
          about: name,
          ...span,
          summary: `A request whose query parameter ${name} is not of its form is taken.`,
        },
        ({ request }) => queryNames(request).includes(name),
      ),
    ]),
  );
  const unknown = (request: SentRequest): boolean => queryNames(request).some((name) => !names.includes(name));
  const rejected = spans(ground, ({ request }) => request.unknownQuery === 'rejected').map((span) =>
    takes(
      ground,
      { kind: 'accepts-unknown-query', ...span, summary: 'A request with an unknown query parameter is taken.' },
      ({ request }) => unknown(request),
    ),
  );
  const ignored = spans(ground, ({ request }) => request.unknownQuery === 'ignored').map(({ range }) =>
    derive(ground, {
      kind: 'refuses-unknown-query',
      range,
      summary: 'A request with an unknown query parameter is refused.',
      answer: (asked) => (unknown(asked.request) ? badRequest(asked) : undefined),
    }),
  );
  return [...known, ...rejected, ...ignored];
}

function generalFaults(ground: Ground): readonly DerivedFault[] {
  const documents = (status: number) => (revision: Revision) =>
    revision.errors.some((error) => error.status === status);
  const anyToken = spans(ground, documents(401)).map((span) =>
    takes(
      ground,
      { kind: 'accepts-any-token', ...span, status: 401, summary: 'A request without a valid token is taken.' },
      () => true,
    ),
  );
  const anyId = [...ground.operation.path.matchAll(/\{([^}]+)\}/g)].length
    ? spans(ground, documents(404)).map((span) =>
        takes(
          ground,
          { kind: 'finds-anything', ...span, status: 404, summary: 'A request for what does not exist is taken.' },
          () => true,
        ),
      )
    : [];
  const anyVersion = [400, 406].flatMap((status) =>
    spans(ground, () => true).map((span) =>
      takes(
        ground,
        {
          kind: 'ignores-version-header',
          about: `${status}`,
          ...span,
          status,
          versions: 'refused',
          summary: `A microversion that is to be refused with ${status} is taken.`,
        },
        () => true,
      ),
    ),
  );
  return [...anyToken, ...anyId, ...anyVersion];
}

function badRequest(asked: Asked): ReceivedResponse {
  return refusalOf(400, 'badRequest', asked);
}

function bodyOf({ body }: SentRequest): Json | undefined {
  return body === undefined ? undefined : parseJson(body);
}

function queryNames({ url }: SentRequest): readonly string[] {
  return [...new URL(url).searchParams.keys()];
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
