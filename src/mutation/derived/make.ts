/** Builds derived faults: which responses they change, and how. */
import type { ReceivedResponse } from '../../client/exchange.ts';
import { headerValue } from '../../client/exchange.ts';
import type { Contract, Operation, Revision } from '../../contract/model.ts';
import { parseJson, type Json } from '../../json.ts';
import { formatMicroversion, includes, intersect, type MicroversionRange } from '../../microversion.ts';
import type { Asked, DerivedFault } from '../derived-fault.ts';

/** The input for deriving faults. */
export interface FaultSubject {
  readonly contract: Contract;
  readonly operation: Operation;
}

interface Parts {
  /** Without the prefix. */
  readonly kind: string;
  /** The part of the operation that it changes, such as a pointer; used in the id. */
  readonly about?: string;
  readonly range: MicroversionRange;
  readonly summary: string;
  readonly versions?: 'refused';
  readonly status?: number;
  readonly equivalent?: string;
  readonly respond?: (asked: Asked) => ReceivedResponse | undefined;
  readonly change?: (asked: Asked, response: ReceivedResponse) => ReceivedResponse | undefined;
}

/** Limited to the operation and the range. */
export function derive({ operation }: FaultSubject, parts: Parts): DerivedFault {
  const { kind, about, range, summary, versions, status, equivalent, respond, change } = parts;
  const span = `${formatMicroversion(range.first)}-${range.last ? formatMicroversion(range.last) : ''}`;
  const bound = ({ microversion }: Asked): boolean => includes(range, microversion);
  return {
    id: ['derived', kind, operation.id, ...(about === undefined ? [] : [about]), span].join(':'),
    kind: `derived:${kind}`,
    operation: operation.id,
    ...(about === undefined ? {} : { about }),
    summary,
    ...(versions ? { versions } : {}),
    ...(status === undefined ? {} : { status }),
    ...(equivalent === undefined ? {} : { equivalent }),
    ...(respond ? { respond: (asked: Asked) => (bound(asked) ? respond(asked) : undefined) } : {}),
    ...(change
      ? { change: (asked: Asked, response: ReceivedResponse) => (bound(asked) ? change(asked, response) : undefined) }
      : {}),
  };
}

/** The longest ranges of adjacent revisions that satisfy a condition, with the first revision of each. */
export function spans(
  { operation }: FaultSubject,
  isIncluded: (revision: Revision) => boolean,
): readonly { readonly range: MicroversionRange; readonly revision: Revision }[] {
  const found: { range: MicroversionRange; revision: Revision }[] = [];
  let open: { range: MicroversionRange; revision: Revision } | undefined;
  for (const revision of operation.revisions) {
    if (!isIncluded(revision)) {
      open = undefined;
      continue;
    }
    if (open) open.range = { ...revision.range, first: open.range.first };
    else found.push((open = { range: { ...revision.range }, revision }));
  }
  return found;
}

/**
 * The first and the last of each series of adjacent revisions that are alike: what differs between them is tested at both
 * ends, and what is the same is not tested again in between.
 *
 * @param likeness - the same text for revisions that are alike; undefined for those that are left out
 */
export function edges(
  subject: FaultSubject,
  likeness: (revision: Revision) => string | undefined,
): readonly Revision[] {
  const all = subject.operation.revisions.map((revision) => ({ revision, like: likeness(revision) }));
  const own = all.filter(({ like }, at) => {
    const isInside = all[at - 1]?.like === like && all[at + 1]?.like === like;
    return like !== undefined && !isInside;
  });
  return revisionsWhere(subject, (revision) => own.some((one) => one.revision === revision));
}

/** All revisions that satisfy a condition. */
export function revisionsWhere(
  { operation }: FaultSubject,
  isIncluded: (revision: Revision) => boolean,
): readonly Revision[] {
  return operation.revisions.filter((revision) => isIncluded(revision) && intersect(revision.range, operation.range));
}

export function isSuccess({ status }: Pick<ReceivedResponse, 'status'>): boolean {
  return status >= 200 && status < 300;
}

/** The JSON of a success, or undefined. */
export function successBody(response: ReceivedResponse): Json | undefined {
  return isSuccess(response) && response.body !== '' ? parseJson(response.body) : undefined;
}

export function withBody(response: ReceivedResponse, body: Json): ReceivedResponse {
  return withText(response, JSON.stringify(body));
}

export function withText(response: ReceivedResponse, body: string): ReceivedResponse {
  const rest = response.headers.filter(([name]) => name !== 'content-length');
  const typed = body === '' || headerValue(rest, 'content-type') !== undefined;
  return {
    ...response,
    headers: [
      ...rest,
      ...(typed ? [] : ([['content-type', 'application/json']] as const)),
      ['content-length', String(Buffer.byteLength(body))],
    ],
    body,
  };
}

/** Turns a refusal into a success. */
export function asSuccess({ responses }: Pick<Revision, 'responses'>, response: ReceivedResponse): ReceivedResponse {
  const [{ status, body }] = responses;
  return withText({ ...response, status }, body.kind === 'json' ? '{}' : '');
}

/** An error response as the service would send it, with the headers that all its responses have. */
export function refusalOf(status: number, key: string, { microversion }: Asked): ReceivedResponse {
  const body = JSON.stringify({ [key]: { code: status, message: 'Refused.' } });
  const id = 'req-00000000-0000-4000-8000-000000000000';
  const version = formatMicroversion(microversion);
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['content-length', String(Buffer.byteLength(body))],
      ['openstack-api-version', `compute ${version}`],
      ['x-openstack-nova-api-version', version],
      ['vary', 'OpenStack-API-Version, X-OpenStack-Nova-API-Version'],
      ['x-openstack-request-id', id],
      ['x-compute-request-id', id],
    ],
    body,
  };
}
