/** The values of a query string whose form no service checks. */

import type { SimRequest } from './http.ts';

/** The first value of each name. */
export function firstValues({ query }: SimRequest): Readonly<Record<string, string>> {
  return Object.fromEntries([...new URLSearchParams(query)].reverse());
}
