/** Parts of derived faults in requests: accepting what the service refuses, and refusing what it accepts. */
import type { ReceivedResponse, SentRequest } from '../../client/exchange.ts';
import type { Revision } from '../../contract/model.ts';
import { parseJson, type Json } from '../../json.ts';
import type { MicroversionRange } from '../../microversion.ts';
import type { Asked, DerivedFault } from '../derived-fault.ts';
import { asSuccess, derive, refusalOf, type FaultSubject } from './make.ts';

/** Accepts requests that match `fits` and that the service refuses with `status`. */
export function accepts(
  subject: FaultSubject,
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
  return derive(subject, {
    kind,
    ...(about === undefined ? {} : { about }),
    ...(versions ? { versions } : {}),
    range,
    summary,
    change: (asked, response) =>
      response.status === status && fits(asked) ? asSuccess(revision, response) : undefined,
  });
}

export function badRequest(asked: Asked): ReceivedResponse {
  return refusalOf(400, 'badRequest', asked);
}

export function bodyOf({ body }: SentRequest): Json | undefined {
  return body === undefined ? undefined : parseJson(body);
}
