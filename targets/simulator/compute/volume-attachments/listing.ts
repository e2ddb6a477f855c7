/**
 * Which of a server's disks a list is made of, and which slice of them it shows.
 */

import type { ComputeCall } from '../call.ts';
import type { Mapping, Server } from '../state.ts';

export interface Listing {
  /** The disks that come into question, in the order of the list. */
  readonly rows: (server: Server, call: ComputeCall) => readonly Mapping[];
  readonly slice: (rows: readonly Mapping[], asked: AskedSlice) => readonly Mapping[];
}

export interface AskedSlice {
  /** Undefined when it is not given, here and below. */
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  /** As many as a page holds. */
  readonly most: number;
}

export const listing: Listing = {
  rows: ({ mappings }) => mappings,
  slice: (rows, { limit = 0, offset = 0, most }) => rows.slice(offset, offset + bound(limit, most)),
};

/** Zero, like nothing, means as many as a page holds. */
function bound(limit: number, most: number): number {
  return limit === 0 ? most : Math.min(limit, most);
}
