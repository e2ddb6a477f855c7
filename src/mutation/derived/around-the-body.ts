/** Faults in query parameters, tokens, ids and microversions: accepted where they must be refused, and vice versa. */
import type { SentRequest } from '../../client/exchange.ts';
import type { Revision } from '../../contract/model.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { derive, spans, type FaultSubject } from './make.ts';
import { badRequest, accepts } from './taking.ts';

export function queryFaults(subject: FaultSubject): readonly DerivedFault[] {
  const { operation } = subject;
  const names = [...new Set(operation.revisions.flatMap(({ request }) => request.query.map(({ name }) => name)))];
  const refused = names.flatMap((name) =>
    spans(subject, ({ request }) => request.query.some((one) => one.name === name)).map(({ range }) =>
      derive(subject, {
        kind: 'refuses-query',
        about: name,
        range,
        summary: `A request with the query parameter ${name} is refused.`,
        respond: (asked) => (queryNames(asked.request).includes(name) ? badRequest(asked) : undefined),
      }),
    ),
  );
  const checked = names.flatMap((name) =>
    spans(subject, ({ request }) =>
      request.query.some((one) => one.name === name && one.wrongValue === 'rejected'),
    ).map((span) =>
      accepts(
        subject,
        {
          kind: 'accepts-wrong-query',
          about: name,
          ...span,
          summary: `A request whose query parameter ${name} is not of the documented form is accepted.`,
        },
        ({ request }) => queryNames(request).includes(name),
      ),
    ),
  );
  const unknown = (request: SentRequest): boolean => queryNames(request).some((name) => !names.includes(name));
  const rejected = spans(subject, ({ request }) => request.unknownQuery === 'rejected').map((span) =>
    accepts(
      subject,
      { kind: 'accepts-unknown-query', ...span, summary: 'A request with an unknown query parameter is accepted.' },
      ({ request }) => unknown(request),
    ),
  );
  const ignored = spans(subject, ({ request }) => request.unknownQuery === 'ignored').map(({ range }) =>
    derive(subject, {
      kind: 'refuses-unknown-query',
      range,
      summary: 'A request with an unknown query parameter is refused.',
      respond: (asked) => (unknown(asked.request) ? badRequest(asked) : undefined),
    }),
  );
  return [...refused, ...checked, ...rejected, ...ignored];
}

export function generalFaults(subject: FaultSubject): readonly DerivedFault[] {
  const documents = (status: number) => (revision: Revision) =>
    revision.errors.some((error) => error.status === status);
  const anyToken = spans(subject, documents(401)).map((span) =>
    accepts(
      subject,
      { kind: 'accepts-any-token', ...span, status: 401, summary: 'A request without a valid token is accepted.' },
      () => true,
    ),
  );
  const anyId = [...subject.operation.path.matchAll(/\{([^}]+)\}/g)].length
    ? spans(subject, documents(404)).map((span) =>
        accepts(
          subject,
          {
            kind: 'finds-anything',
            ...span,
            status: 404,
            summary: 'A request for a resource that does not exist is accepted.',
          },
          () => true,
        ),
      )
    : [];
  const anyVersion = [400, 406].flatMap((status) =>
    spans(subject, () => true).map((span) =>
      accepts(
        subject,
        {
          kind: 'ignores-version-header',
          about: `${status}`,
          ...span,
          status,
          versions: 'refused',
          summary: `A microversion that must be refused with ${status} is accepted.`,
        },
        () => true,
      ),
    ),
  );
  return [...anyToken, ...anyId, ...anyVersion];
}

function queryNames({ url }: SentRequest): readonly string[] {
  return [...new URL(url).searchParams.keys()];
}
