/**
 * Faults in the content and the paging of a list of attachments.
 */

import type { Fault } from '../../../faults/fault.ts';
import type { EndpointRules, Subject } from '../../../kernel/endpoint.ts';
import { isObject, type Json } from '../../../kernel/http.ts';
import type { ComputeCall } from '../../call.ts';
import type { Mapping } from '../../state.ts';
import { defect, operations } from './defect.ts';

type Rows = readonly Mapping[];
type Listed = Subject<ComputeCall, unknown>;
type Page = (subject: Listed, rows: Rows) => Rows;

export const listingDefects: readonly Fault[] = [
  rows('list-forgets', 'A list omits the volume that was attached last.', (all) => all.slice(0, -1)),
  rows('list-repeats', 'A list has an attachment twice if it has a tag.', (all) =>
    all.flatMap((row) => (row.tag === null ? [row] : [row, row])),
  ),
  rows('list-omits-root', 'A list omits the volume that the server was booted from.', (all) =>
    all.filter(({ bootIndex }) => bootIndex !== 0),
  ),
  pages('list-wraps-offset', 'A list starts over when its offset is beyond the end.', (page) => (subject, all) => {
    const count = all.filter(({ volumeId }) => volumeId !== null).length;
    const offset = String(count === 0 ? 0 : Number(subject.query.offset ?? 0) % count);
    return page({ ...subject, query: { ...subject.query, offset } }, all);
  }),
  pages(
    'list-pages-unstably',
    'The order of a list changes from page to page.',
    (page) => (subject, all) => page(subject, Number(subject.query.offset ?? 0) % 2 === 0 ? all : all.toReversed()),
  ),
  pages(
    'list-takes-zero-literally',
    'A list with a limit of 0 is empty.',
    (page) => (subject, all) => (Number(subject.query.limit ?? 1) === 0 ? [] : page(subject, all)),
  ),
  defect('compute:list-refuses-great-limit', ['list'], 'A limit of more than nine digits is refused.', ({ query }) => {
    const { limit = {} } = query.properties;
    return { query: { ...query, properties: { ...query.properties, limit: { ...limit, maxLength: 9 } } } };
  }),
  {
    id: 'compute:list-links-next-page',
    summary: 'A list with a limit has a link to the next page.',
    kind: 'tamper',
    operations: [operations.list],
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

function pages(name: string, summary: string, change: (page: Page) => Page): Fault {
  return defect(`compute:${name}`, ['list'], summary, pagedBy(change));
}

function rows(name: string, summary: string, change: (all: Rows) => Rows): Fault {
  return pages(name, summary, (page) => (subject, all) => page(subject, change(all)));
}

/** Wraps the paging of a list. */
export function pagedBy(change: (page: Page) => Page): (rules: EndpointRules) => Partial<EndpointRules> {
  return ({ listing }) => (listing ? { listing: { ...listing, page: change(listing.page as unknown as Page) } } : {});
}
