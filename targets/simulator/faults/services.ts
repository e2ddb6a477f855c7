/**
 * Deviations of a whole service: who sees what, and what is told around the bodies.
 */

import type { Fault } from './fault.ts';

export const serviceFaults: readonly Fault[] = [
  {
    id: 'compute:servers-leak',
    summary: 'Every project sees the servers of every other.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, compute: { ...behaviour.compute, sees: () => true } }),
  },
  {
    id: 'compute:hides-version',
    summary: 'Answers do not say which microversion they follow.',
    kind: 'tamper',
    tamper: (next) => async (request, cloud) => {
      const response = await next(request, cloud);
      const told = Object.entries(response.headers).filter(([name]) => !/api-version$/i.test(name));
      return request.service === 'compute' ? { ...response, headers: Object.fromEntries(told) } : response;
    },
  },
  {
    id: 'identity:tokens-never-expire',
    summary: 'A token is good for ever.',
    equivalent: 'A run is over before the token that it got expires.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, identity: { ...behaviour.identity, tokensExpire: false } }),
  },
  {
    id: 'identity:tokens-survive-revocation',
    summary: 'A revoked token is still good.',
    equivalent: 'Services may keep a token in mind for minutes after it was revoked; nothing is promised before.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, identity: { ...behaviour.identity, tokensRevocable: false } }),
  },
];
