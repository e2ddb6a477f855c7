/** Unknown query parameters are refused from 2.102 on, also by operations that never read their query. */
import type { DeclaredOperation, Resources } from '../../../src/clauses/define-operation.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { compareMicroversions, microversion } from '../../../src/microversion.ts';
import { expectRefused, outermostOnly, sendRefused } from './refusal.ts';
import { goodBehaviour } from './sections.ts';

/** The first microversion at which they are refused. */
const first = '2.102';

export function unknownQuery(operation: DeclaredOperation): readonly WrittenClause[] {
  // An operation that reads its query states which parameters it has.
  if (operation.wrongQuery || operation.statesUnknownQuery || endsBefore(operation)) return [];
  return [
    {
      id: `${operation.id}#refuses-unknown-query-parameters-at-last`,
      statement: `${operation.noun} with an unknown query parameter SHOULD be answered with 400 from 2.102 on.`,
      quotes: [goodBehaviour('From microversion 2.102 on every operation refuses an unknown query parameter.')],
      range: `${first}-`,
      cases: 'once',
      errata: ['query-is-not-looked-at'],
      killedBy: [`${operation.id}:drop-check:query`],
      check: async (ctx) => {
        const target = await operation.rejected(ctx);
        const on = (own: Resources): Resources => (operation.reads ? own : outermostOnly(ctx, operation, own));
        return expectRefused(await sendRefused(ctx, operation, target, { on, query: 'osc_unknown=1' }), 400);
      },
    },
  ];
}

function endsBefore({ lastVersion }: DeclaredOperation): boolean {
  return lastVersion !== undefined && compareMicroversions(microversion(lastVersion), microversion(first)) < 0;
}
