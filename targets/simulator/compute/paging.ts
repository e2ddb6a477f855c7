/**
 * Slices of lists by limit and offset.
 */

import { UnexpectedError } from '../kernel/refusal.ts';
import type { Property } from '../kernel/shape.ts';
import type { ComputeCall } from './call.ts';

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
