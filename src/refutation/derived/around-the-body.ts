/** Query parameters, tokens, ids and microversions: taken where they are to be refused, and the other way round. */
import type { SentRequest } from '../../client/exchange.ts';
import type { Revision } from '../../contract/model.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { derive, spans, type Ground } from './make.ts';
import { badRequest, takes } from './taking.ts';

export function queryFaults(ground: Ground): readonly DerivedFault[] {
  const { operation } = ground;
  const names = [...new Set(operation.revisions.flatMap(({ request }) => request.query.map(({ name }) => name)))];
  const refused = names.flatMap((name) =>
    spans(ground, ({ request }) => request.query.some((one) => one.name === name)).map(({ range }) =>
      derive(ground, {
        kind: 'refuses-query',
        about: name,
        range,
        summary: `A request with the query parameter ${name} is refused.`,
        answer: (asked) => (queryNames(asked.request).includes(name) ? badRequest(asked) : undefined),
      }),
    ),
  );
  const checked = names.flatMap((name) =>
    spans(ground, ({ request }) => request.query.some((one) => one.name === name && one.wrongValue === 'rejected')).map(
      (span) =>
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
    ),
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
  return [...refused, ...checked, ...rejected, ...ignored];
}

export function generalFaults(ground: Ground): readonly DerivedFault[] {
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

function queryNames({ url }: SentRequest): readonly string[] {
  return [...new URL(url).searchParams.keys()];
}
