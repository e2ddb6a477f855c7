/**
 * The disks of a server that a list contains, and the page of them that it shows.
 */

import type { ComputeCall } from '../call.ts';
import type { Mapping, Server } from '../state.ts';

export interface Listing {
  /** The candidate disks, in the order of the list. */
  readonly rows: (server: Server, call: ComputeCall) => readonly Mapping[];
  readonly slice: (rows: readonly Mapping[], asked: AskedSlice) => readonly Mapping[];
}

export interface AskedSlice {
  /** Undefined when missing, here and below. */
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  /** Maximum size of a page. */
  readonly most: number;
}

export const listing: Listing = {
  rows: ({ mappings }) => mappings,
  slice: (rows, { limit = 0, offset = 0, most }) => rows.slice(offset, offset + bound(limit, most)),
};

/** Zero, like a missing limit, means the maximum. */
function bound(limit: number, most: number): number {
  return limit === 0 ? most : Math.min(limit, most);
}
