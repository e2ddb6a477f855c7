/**
 * Faults in the content and the paging of a list of attachments.
 */

import type { AskedSlice, Listing } from '../compute/volume-attachments/listing.ts';
import type { Mapping } from '../compute/state.ts';
import type { Fault } from './fault.ts';
import { isObject, type Json } from '../kernel/http.ts';
import type { Property } from '../kernel/shape.ts';
import { attachments } from './of-attachments.ts';

type Rows = readonly Mapping[];

export const listingFaults: readonly Fault[] = [
  rows('list-forgets', 'A list omits the volume that was attached last.', (all) => all.slice(0, -1)),
  rows('list-repeats', 'A list has an attachment twice if it has a tag.', (all) =>
    all.flatMap((row) => (row.tag === null ? [row] : [row, row])),
  ),
  rows('list-omits-root', 'A list omits the volume that the server was booted from.', (all) =>
    all.filter(({ bootIndex }) => bootIndex !== 0),
  ),
  listing('list-leaks-other-servers', 'A list has the volumes of all servers of the project.', () => ({
    rows: ({ projectId }, { cloud }) =>
      [...cloud.compute.servers.values()].filter((one) => one.projectId === projectId).flatMap((one) => one.mappings),
  })),
  slices('list-ignores-limit', 'A list applies the offset and ignores the limit.', (all, asked, slice) =>
    slice(all, { ...asked, limit: undefined }),
  ),
  slices('list-ignores-offset', 'A list applies the limit and ignores the offset.', (all, asked, slice) =>
    slice(all, { ...asked, offset: undefined }),
  ),
  slices('list-wraps-offset', 'A list starts over when its offset is beyond the end.', (all, asked, slice) =>
    slice(all, { ...asked, offset: all.length === 0 ? 0 : (asked.offset ?? 0) % all.length }),
  ),
  slices('list-pages-unstably', 'The order of a list changes from page to page.', (all, asked, slice) =>
    slice((asked.offset ?? 0) % 2 === 0 ? all : all.toReversed(), asked),
  ),
  slices('list-takes-zero-literally', 'A list with a limit of 0 is empty.', (all, asked, slice) =>
    asked.limit === 0 ? [] : slice(all, asked),
  ),
  attachments('list-refuses-great-limit', 'A limit of more than nine digits is refused.', ({ shapes }) => {
    const { properties } = shapes.listQuery;
    const limit: Property = { ...properties?.limit, maxLength: 9 };
    return { shapes: { ...shapes, listQuery: { ...shapes.listQuery, properties: { ...properties, limit } } } };
  }),
  {
    id: 'compute:list-links-next-page',
    summary: 'A list with a limit has a link to the next page.',
    kind: 'tamper',
    operations: ['compute/list-volume-attachments'],
    tamper: (next) => async (request, cloud) => {
      const response = await next(request, cloud);
      const body = response.status === 200 ? (JSON.parse(response.body) as Json) : undefined;
      if (!isObject(body) || !request.query.includes('limit=')) return response;
      const query = new URLSearchParams(request.query);
      query.set('offset', String(Number(query.get('offset') ?? 0) + Number(query.get('limit'))));
      const href = `${request.origin}/compute${request.path}?${query.toString()}`;
      const linked = { ...body, volumeAttachments_links: [{ rel: 'next', href }] };
      return { ...response, body: JSON.stringify(linked) };
    },
  },
];

function listing(name: string, summary: string, change: (rules: Listing) => Partial<Listing>): Fault {
  return attachments(name, summary, (rules) => ({ listing: { ...rules.listing, ...change(rules.listing) } }));
}

function rows(name: string, summary: string, change: (all: Rows) => Rows): Fault {
  return listing(name, summary, (rules) => ({ rows: (server, call) => change(rules.rows(server, call)) }));
}

function slices(
  name: string,
  summary: string,
  cut: (all: Rows, asked: AskedSlice, slice: Listing['slice']) => Rows,
): Fault {
  return listing(name, summary, ({ slice }) => ({ slice: (all, asked) => cut(all, asked, slice) }));
}
