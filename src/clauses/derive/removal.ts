/** The response of releases that no longer have an operation. Its request needs nothing that exists. */
import { faultKey } from '../../contract/questions.ts';
import type { Contract, Operation, Removal } from '../../contract/model.ts';
import { jsonObject } from '../../json.ts';
import type { CallOptions, CheckContext } from '../check-context.ts';
import type { Clause } from '../clause.ts';
import { expectFault, expectResponse } from '../matchers.ts';

/** RFC 5737. */
const documentationAddress = '192.0.2.1';

/** All that follows from the contract: releases before are tested by the references of their time. */
export function removalClause(contract: Contract, operation: Operation, { maximum, status }: Removal): Clause {
  const { id, method, range, revisions, source } = operation;
  const documented = revisions.flatMap(({ errors }) => errors).find((error) => error.status === status);
  const key = faultKey(contract, status);
  return {
    id: `${id}#is-removed`,
    operation: id,
    statement: `A request to a release that no longer has the operation MUST be answered with ${status}.`,
    ...{ kind: 'derived', source: documented?.source ?? source, quotes: [] },
    about: [`status ${status}`],
    ranges: [range],
    cases: 'ends',
    ...{ identities: [], capabilities: [], errata: [] },
    since: { maximum, because: 'Releases before still have the operation.' },
    ...(method === 'GET' && { reads: true }),
    killedBy: ['derived:status-neighbour', 'derived:status-class'],
    check: async (ctx) => {
      const response = await ctx.call(id, requestOf(ctx, operation));
      return expectResponse(response, status, (refusal) => (key === undefined ? [] : expectFault(refusal, key)));
    },
  };
}

/** With ids that identify nothing, and with what tells the operation from others of the same call. */
function requestOf(ctx: CheckContext, { method, path, when, samples }: Operation): CallOptions {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const addresses = new Set(
    (when ?? []).flatMap(({ place, test }) => (test.is === 'ip-address' && place.in === 'path' ? [place.name] : [])),
  );
  const action = path.endsWith('/action') ? samples.find(({ side }) => side === 'request')?.value : undefined;
  return {
    path: Object.fromEntries(names.map((name) => [name, addresses.has(name) ? documentationAddress : ctx.uuid()])),
    ...(method === 'POST' || method === 'PUT' ? { body: jsonObject(action) } : {}),
  };
}
