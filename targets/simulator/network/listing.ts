/**
 * What lists of the network service have in common: text filters, pages, and the projects that they show.
 */

import { query, type QueryRules } from '../kernel/endpoint.ts';
import type { Shape } from '../kernel/shape.ts';
import type { NetworkCall } from './network-endpoint.ts';

const text: Shape = { types: ['string'] };

/** These filters, and those of pages. */
export function textFilters(...names: readonly string[]): QueryRules {
  return query(Object.fromEntries([...names, 'limit', 'marker'].map((name) => [name, text])));
}

export function isOwn({ caller }: NetworkCall, { projectId }: { readonly projectId: string }): boolean {
  return caller.projectId === projectId || caller.roles.has('admin');
}

/** After the marker. */
export function page<Item extends { readonly id: string }>(
  { query: { limit, marker } }: { readonly query: Readonly<Record<string, string>> },
  items: readonly Item[],
): readonly Item[] {
  const start = marker === undefined ? 0 : items.findIndex(({ id }) => id === marker) + 1;
  return items.slice(start, limit === undefined ? undefined : start + Number(limit));
}
