/** Faults in whole responses: other status codes, missing, extra or unwrapped bodies, missing or wrong headers. */
import { versionValue } from '../../contract/version-header.ts';
import type { ReceivedResponse } from '../../client/exchange.ts';
import { objectAt } from '../../contract/members.ts';
import type { Revision } from '../../contract/model.ts';
import { isJsonObject } from '../../json.ts';
import type { DerivedFault } from '../derived-fault.ts';
import {
  asSuccess,
  derive,
  isSuccess,
  edges,
  spans,
  successBody,
  withBody,
  withText,
  type FaultSubject,
} from './make.ts';

export function responseFaults(subject: FaultSubject): readonly DerivedFault[] {
  return [...statusFaults(subject), ...bodyFaults(subject), ...headerFaults(subject)];
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

/** Of each documented code: another one, and another class. */
export function statusFaults(subject: FaultSubject): readonly DerivedFault[] {
  const successes = edges(subject, ({ responses }) => String(responses[0].status)).flatMap((revision) => {
    const { status } = revision.responses[0];
    return [
      respondsInstead(subject, revision, 'status-neighbour', status, neighbours[status] ?? status + 1),
      respondsInstead(subject, revision, 'status-class', status, 500),
    ];
  });
  const codes = new Set(subject.operation.revisions.flatMap(({ errors }) => errors.map(({ status }) => status)));
  const refusals = [...codes].flatMap((status) =>
    spans(subject, ({ errors }) => errors.some((error) => error.status === status)).flatMap(({ range, revision }) => [
      respondsInstead(subject, { ...revision, range }, 'status-neighbour', status, neighbours[status] ?? status + 1),
      derive(subject, {
        kind: 'status-class',
        about: `${status} as success`,
        status,
        range,
        summary: `What must be answered with ${status} is answered as a success.`,
        change: (_, response) => (response.status === status ? asSuccess(revision, response) : undefined),
      }),
    ]),
  );
  return [...successes, ...refusals];
}

function respondsInstead(
  subject: FaultSubject,
  { range }: Pick<Revision, 'range'>,
  kind: string,
  status: number,
  other: number,
): DerivedFault {
  return derive(subject, {
    kind,
    about: `${status} as ${other}`,
    status,
    range,
    summary: `What must be answered with ${status} is answered with ${other}.`,
    change: (_, response) => (response.status === status ? { ...response, status: other } : undefined),
  });
}

function bodyFaults(subject: FaultSubject): readonly DerivedFault[] {
  const full = edges(subject, kindOnly('json')).flatMap(({ range, responses: [{ body }] }) => [
    derive(subject, {
      kind: 'drops-the-body',
      range,
      summary: 'A success has no body.',
      change: (_, response) => (isSuccess(response) ? withText(response, '') : undefined),
    }),
    // Any body is one of the documented form where its root is open.
    ...(body.kind === 'json' && objectAt(body.shape, [])?.open === true ? [] : [wrongEnvelope(subject, range)]),
  ]);
  const empty = edges(subject, kindOnly('none')).map(({ range }) =>
    derive(subject, {
      kind: 'adds-a-body',
      range,
      summary: 'A success that must have no body has one.',
      change: (_, response) => (isSuccess(response) ? withBody(response, { osc: true }) : undefined),
    }),
  );
  return [...full, ...empty];
}

function wrongEnvelope(subject: FaultSubject, range: Revision['range']): DerivedFault {
  return derive(subject, {
    kind: 'wrong-envelope',
    range,
    summary: 'A success is not wrapped in its envelope.',
    change: (_, response) => {
      const body = successBody(response);
      const inner = isJsonObject(body) ? Object.values(body)[0] : undefined;
      return inner === undefined ? undefined : withBody(response, inner);
    },
  });
}

function kindOnly(kind: Revision['responses'][0]['body']['kind']): (revision: Revision) => string | undefined {
  return ({ responses }) => (responses[0].body.kind === kind ? kind : undefined);
}

function headerFaults(subject: FaultSubject): readonly DerivedFault[] {
  const { contract } = subject;
  const { microversions } = contract;
  const wrong: readonly (readonly [name: string, value: string])[] = [
    ['x-openstack-request-id', 'req-osc'],
    [`x-${contract.service}-request-id`, 'req-osc'],
    ...(microversions
      ? ([
          [microversions.header.toLowerCase(), versionValue(microversions, '1.0')],
          ...(microversions.legacyHeader === undefined
            ? []
            : [[microversions.legacyHeader.toLowerCase(), '1.0'] as const]),
          ['vary', 'Accept'],
        ] as const)
      : []),
    ['content-type', 'text/html'],
  ];
  return edges(subject, ({ responses }) => responses[0].body.kind).flatMap(({ range, responses }) =>
    wrong
      // The content type of an empty body is not tested.
      .filter(([name]) => name !== 'content-type' || responses[0].body.kind === 'json')
      .flatMap(([name, value]) => [
        derive(subject, {
          kind: 'drops-header',
          about: name,
          range,
          summary: `A success lacks the header ${name}.`,
          change: (_, response) => (isSuccess(response) && has(response, name) ? without(response, name) : undefined),
        }),
        derive(subject, {
          kind: 'wrong-header',
          about: name,
          range,
          summary: `A success has a wrong value in the header ${name}.`,
          change: (_, response) => {
            if (!isSuccess(response) || !has(response, name)) return undefined;
            const rest = without(response, name);
            return { ...rest, headers: [...rest.headers, [name, value]] };
          },
        }),
      ]),
  );
}

function has({ headers }: ReceivedResponse, name: string): boolean {
  return headers.some(([key]) => key === name);
}

function without(response: ReceivedResponse, name: string): ReceivedResponse {
  return { ...response, headers: response.headers.filter(([key]) => key !== name) };
}
