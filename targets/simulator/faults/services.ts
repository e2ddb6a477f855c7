/**
 * Faults of a whole service: visibility between projects, version headers, tokens.
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
  {
    id: 'identity:tokens-never-expire',
    summary: 'A token never expires.',
    equivalent: 'A run ends before its token expires.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, identity: { ...behaviour.identity, tokensExpire: false } }),
  },
  {
    id: 'identity:tokens-survive-revocation',
    summary: 'A revoked token is still accepted.',
    equivalent: 'Services may cache a token for minutes after its revocation; the API promises nothing before.',
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, identity: { ...behaviour.identity, tokensRevocable: false } }),
  },
];
