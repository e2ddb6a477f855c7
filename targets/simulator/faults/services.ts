/**
 * Faults of a whole service: visibility between projects, version headers.
 */

import type { Fault } from './fault.ts';

export const serviceFaults: readonly Fault[] = [
  {
    id: 'compute:servers-leak',
    summary: 'Every project sees the servers of all projects.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, compute: { ...behaviour.compute, sees: () => true } }),
  },
  {
    id: 'compute:hides-version',
    summary: 'Responses do not state their microversion.',
    kind: 'tamper',
    tamper: (next) => async (request, cloud) => {
      const response = await next(request, cloud);
      const kept = Object.entries(response.headers).filter(([name]) => !/api-version$/i.test(name));
      return request.service === 'compute' ? { ...response, headers: Object.fromEntries(kept) } : response;
    },
  },
];
