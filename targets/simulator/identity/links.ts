/**
 * Links to identity resources, as fields of responses.
 */

import type { Field } from '../kernel/fields.ts';
import type { JsonObject, SimRequest } from '../kernel/http.ts';

interface OfRequest {
  readonly call: { readonly request: SimRequest };
}

/** The links of a list, which is never split into pages. */
export const listLinks: Field<OfRequest> = {
  name: 'links',
  value: ({ call: { request } }) => ({
    next: null,
    self: `${request.origin}/identity${request.path}`,
    previous: null,
  }),
};

export function selfLink({ call: { request } }: OfRequest, path: string): JsonObject {
  return { self: `${request.origin}/identity/v3/${path}` };
}
