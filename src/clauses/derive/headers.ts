/** Headers of a success: request ids, the applied microversion, and the content type. */
import { versionValue } from '../../contract/version-header.ts';
import { formatMicroversion } from '../../microversion.ts';
import type { Clause } from '../clause.ts';
import { expectHeader } from '../matchers.ts';
import type { Finding } from '../verdict.ts';
import { acceptedResponse } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';
import { answering, faultBodies, requestIds } from './general.ts';

const requestId = /^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function deriveHeaders(subject: Subject): readonly Clause[] {
  return [...requestIdClauses(subject), ...microversionClauses(subject), ...typeClauses(subject)];
}

function requestIdClauses(subject: Subject): readonly Clause[] {
  const { contract, operation } = subject;
  const { requestIds: names = [] } = contract;
  return names.map((name) =>
    deriveClause(subject, {
      id: `reply-has-${name}`,
      statement: `The reply MUST have the header ${name}, with req- and a UUID.`,
      quotes: [
        requestIds('Each reply below ``/v2.1`` carries ``x-openstack-request-id`` and ``x-compute-request-id``.'),
        requestIds('Both hold the same value, which is ``req-`` followed by a UUID.'),
      ],
      about: [],
      ranges: [operation.range],
      needs: 'accepted',
      killedBy: ['derived:drops-header', 'derived:wrong-header'],
      check: (recipe) => async (ctx) =>
        expectHeader(await acceptedResponse(ctx, recipe), name, 'req- and a UUID', (value) => requestId.test(value)),
    }),
  );
}

function microversionClauses(subject: Subject): readonly Clause[] {
  const { contract, operation } = subject;
  const { microversions } = contract;
  if (!microversions) return [];
  const { header, legacyHeader } = microversions;
  const names = legacyHeader === undefined ? [header] : [header, legacyHeader];
  const named = names.map((name) =>
    deriveClause(subject, {
      id: `reply-has-${name.toLowerCase()}`,
      statement: `The reply MUST name the microversion that was asked for in ${name}.`,
      quotes: [
        answering(
          'A reply names the microversion that was applied in ``OpenStack-API-Version`` and in ``X-OpenStack-Nova-API-Version``.',
        ),
      ],
      about: [],
      ranges: [operation.range],
      needs: 'accepted',
      killedBy: ['derived:drops-header', 'derived:wrong-header'],
      check: (recipe) => async (ctx) => {
        const version = formatMicroversion(ctx.microversion);
        const expected = name === header ? versionValue(microversions, version) : version;
        return expectHeader(await acceptedResponse(ctx, recipe), name.toLowerCase(), expected);
      },
    }),
  );
  const vary = deriveClause(subject, {
    id: 'reply-varies-by-microversion',
    statement: `The reply MUST list ${names.join(' and ')} in Vary.`,
    quotes: [answering('The reply header ``Vary`` lists both names.')],
    about: [],
    ranges: [operation.range],
    needs: 'accepted',
    killedBy: ['derived:drops-header', 'derived:wrong-header'],
    check: (recipe) => async (ctx) => {
      const response = await acceptedResponse(ctx, recipe);
      return names.flatMap((name): readonly Finding[] =>
        expectHeader(response, 'vary', `a list with ${name}`, (value) => listHas(value, name)),
      );
    },
  });
  return [...named, vary];
}

function listHas(value: string, name: string): boolean {
  return value.split(',').some((item) => item.trim().toLowerCase() === name.toLowerCase());
}

function typeClauses(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const ranges = rangesWhere(operation, ({ responses }) => responses[0].body.kind === 'json');
  if (!ranges) return [];
  return [
    deriveClause(subject, {
      id: 'reply-is-json',
      statement: 'The reply MUST have the content type application/json.',
      quotes: [
        faultBodies(
          'The ``Content-Type`` of a body is ``application/json``, with parameters or without, or is left out.',
        ),
      ],
      about: [],
      ranges,
      needs: 'accepted',
      killedBy: ['derived:drops-header', 'derived:wrong-header'],
      check: (recipe) => async (ctx) =>
        expectHeader(
          await acceptedResponse(ctx, recipe),
          'content-type',
          'application/json',
          (value) => value.split(';')[0]?.trim().toLowerCase() === 'application/json',
        ),
    }),
  ];
}
