/** Replies as a whole: other codes, bodies in another envelope, bodies lost or added, headers missing or wrong. */
import type { ReceivedResponse } from '../../client/exchange.ts';
import type { Revision } from '../../contract/model.ts';
import { isJsonObject } from '../../json.ts';
import type { DerivedFault } from '../derived-fault.ts';
import {
  asSuccess,
  derive,
  isSuccess,
  revisionsWhere,
  spans,
  successBody,
  withBody,
  withText,
  type Ground,
} from './make.ts';

export function replyFaults(ground: Ground): readonly DerivedFault[] {
  return [...statusFaults(ground), ...bodyFaults(ground), ...headerFaults(ground)];
}

const neighbours: Readonly<Record<number, number>> = {
  200: 202,
  201: 200,
  202: 200,
  204: 200,
  400: 409,
  401: 403,
  403: 404,
  404: 400,
  409: 400,
};

function statusFaults(ground: Ground): readonly DerivedFault[] {
  const successes = ground.operation.revisions.flatMap((revision) => {
    const { status } = revision.answers[0];
    return [
      answersInstead(ground, revision, 'status-neighbour', status, neighbours[status] ?? status + 1),
      answersInstead(ground, revision, 'status-class', status, 500),
    ];
  });
  const codes = new Set(ground.operation.revisions.flatMap(({ errors }) => errors.map(({ status }) => status)));
  const refusals = [...codes].flatMap((status) =>
    spans(ground, ({ errors }) => errors.some((error) => error.status === status)).flatMap(({ range, revision }) => [
      answersInstead(ground, { ...revision, range }, 'status-neighbour', status, neighbours[status] ?? status + 1),
      derive(ground, {
        kind: 'status-class',
        about: `${status} as success`,
        status,
        range,
        summary: `What is to be answered with ${status} is answered as a success.`,
        change: (_, reply) => (reply.status === status ? asSuccess(revision, reply) : undefined),
      }),
    ]),
  );
  return [...successes, ...refusals];
}

function answersInstead(
  ground: Ground,
  { range }: Pick<Revision, 'range'>,
  kind: string,
  status: number,
  other: number,
): DerivedFault {
  return derive(ground, {
    kind,
    about: `${status} as ${other}`,
    status,
    range,
    summary: `What is to be answered with ${status} is answered with ${other}.`,
    change: (_, reply) => (reply.status === status ? { ...reply, status: other } : undefined),
  });
}

function bodyFaults(ground: Ground): readonly DerivedFault[] {
  const full = revisionsWhere(ground, ({ answers }) => answers[0].body.kind === 'json').flatMap(({ range }) => [
    derive(ground, {
      kind: 'drops-the-body',
      range,
      summary: 'A success has no body.',
      change: (_, reply) => (isSuccess(reply) ? withText(reply, '') : undefined),
    }),
    derive(ground, {
      kind: 'wrong-envelope',
      range,
      summary: 'A success is not wrapped in its envelope.',
      change: (_, reply) => {
        const body = successBody(reply);
        const inner = isJsonObject(body) ? Object.values(body)[0] : undefined;
        return inner === undefined ? undefined : withBody(reply, inner);
      },
    }),
  ]);
  const empty = revisionsWhere(ground, ({ answers }) => answers[0].body.kind === 'none').map(({ range }) =>
    derive(ground, {
      kind: 'adds-a-body',
      range,
      summary: 'A success has a body where none belongs.',
      change: (_, reply) => (isSuccess(reply) ? withBody(reply, { osc: true }) : undefined),
    }),
  );
  return [...full, ...empty];
}

function headerFaults(ground: Ground): readonly DerivedFault[] {
  const { contract, operation } = ground;
  const { microversions } = contract;
  const wrong: readonly (readonly [name: string, value: string])[] = [
    ['x-openstack-request-id', 'req-osc'],
    [`x-${contract.service}-request-id`, 'req-osc'],
    ...(microversions
      ? ([
          [microversions.header.toLowerCase(), `${microversions.serviceName} 1.0`],
          ...(microversions.legacyHeader === undefined
            ? []
            : [[microversions.legacyHeader.toLowerCase(), '1.0'] as const]),
          ['vary', 'Accept'],
        ] as const)
      : []),
    ['content-type', 'text/html'],
  ];
  return operation.revisions.flatMap(({ range, answers }) =>
    wrong
      // The type of an empty body means nothing.
      .filter(([name]) => name !== 'content-type' || answers[0].body.kind === 'json')
      .flatMap(([name, value]) => [
        derive(ground, {
          kind: 'drops-header',
          about: name,
          range,
          summary: `A success lacks the header ${name}.`,
          change: (_, reply) => (isSuccess(reply) && has(reply, name) ? without(reply, name) : undefined),
        }),
        derive(ground, {
          kind: 'wrong-header',
          about: name,
          range,
          summary: `A success has a wrong value in the header ${name}.`,
          change: (_, reply) => {
            if (!isSuccess(reply) || !has(reply, name)) return undefined;
            const rest = without(reply, name);
            return { ...rest, headers: [...rest.headers, [name, value]] };
          },
        }),
      ]),
  );
}

function has({ headers }: ReceivedResponse, name: string): boolean {
  return headers.some(([key]) => key === name);
}

function without(reply: ReceivedResponse, name: string): ReceivedResponse {
  return { ...reply, headers: reply.headers.filter(([key]) => key !== name) };
}
