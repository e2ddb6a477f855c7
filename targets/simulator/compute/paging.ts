/**
 * Slices of lists by limit and offset.
 */

import type { MicroversionRange } from '../../../src/microversion.ts';
import type { Shown } from '../kernel/endpoint.ts';
import type { Field } from '../kernel/fields.ts';
import type { JsonObject } from '../kernel/http.ts';
import { badRequest, type Refusal, UnexpectedError } from '../kernel/refusal.ts';
import type { Property } from '../kernel/shape.ts';
import type { ComputeCall } from './call.ts';
import { decodedQuery, queryValue } from './query.ts';

/** The query parameters, as lists without links accept them. */
export const pageQuery: Readonly<Record<'limit' | 'offset', Property>> = {
  limit: { types: ['string'], minLength: 1, pattern: '^[0-9]*$' },
  offset: { types: ['string'], minLength: 1, pattern: '^[0-9]*$' },
};

/** Zero, like a missing limit, means the maximum of the service. */
export function slice<Item>(
  { call, query }: { readonly call: ComputeCall; readonly query: Readonly<Record<string, string>> },
  items: readonly Item[],
): readonly Item[] {
  const { maxLimit } = call.cloud.settings;
  const offset = pageNumber(call, query.offset) ?? 0;
  const limit = pageNumber(call, query.limit) ?? 0;
  return items.slice(offset, offset + (limit === 0 ? maxLimit : Math.min(limit, maxLimit)));
}

/** @throws UnexpectedError for digits that are not a number, if such crash the service. */
export function pageNumber({ cloud }: ComputeCall, text: string | undefined): number | undefined {
  const digits = text?.trim();
  if (digits === undefined) return undefined;
  if (/^\d{1,4300}$/.test(digits)) return Number(digits);
  if (cloud.behaviour.compute.oddPageNumbers === 'crash') throw new UnexpectedError('webob.exc.HTTPBadRequest');
  return undefined;
}

/** The greatest number of items of a response to a request with this limit. */
export function limitOf({ cloud }: ComputeCall, asked: string | undefined): number {
  const { maxLimit } = cloud.settings;
  return Math.min(Number(asked ?? maxLimit), maxLimit);
}

/** The link to the page after a full one, beside the items. */
export function nextPage<Item>(
  name: string,
  idOf: (item: Item) => string,
  versions?: MicroversionRange,
): Field<Shown<ComputeCall, readonly Item[]>> {
  return {
    name,
    ...(versions && { range: versions }),
    value: ({ call, item: shown }) => {
      const last = shown.at(-1);
      const isFull = shown.length >= limitOf(call, queryValue(call.request, 'limit'));
      return last && isFull ? [nextLink(call, idOf(last))] : undefined;
    },
  };
}

/** With the query of this page, but for its marker. */
function nextLink({ request }: ComputeCall, marker: string): JsonObject {
  const kept = (decodedQuery(request) ?? []).filter(([name]) => name !== 'marker');
  const query = new URLSearchParams([...kept, ['marker', marker]].map(([name = '', value = '']) => [name, value]));
  return { rel: 'next', href: `${request.origin}/compute${request.path}?${query.toString()}` };
}

/** Refuses a period of changes that ends before it begins. */
export function wrongPeriod({ query }: { readonly query: Readonly<Record<string, string>> }): Refusal | undefined {
  const { 'changes-since': since, 'changes-before': before } = query;
  return since !== undefined && before !== undefined && Date.parse(since) > Date.parse(before)
    ? badRequest('The value of changes-since must be less than or equal to changes-before.')
    : undefined;
}
